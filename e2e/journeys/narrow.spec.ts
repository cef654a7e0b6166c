import { expect, test } from '../drivers/fixtures';

test('a note is written in a window that is too narrow for the panel', async ({ app, reader }) => {
  await app.page.setViewportSize({ width: 800, height: 600 });
  await reader.open(/homing ability/);
  await expect(reader.panel).toBeHidden();
  await reader.select('Mesenchymal stem cells');
  await reader.toolbar.waitFor();
  await app.page.keyboard.press('n');
  await expect(reader.panel.getByRole('textbox').first()).toBeFocused();
  await app.page.keyboard.type('Seen on the ward');
  await app.page.keyboard.press('Control+Enter');
  await expect(reader.panel).toContainText('Seen on the ward');
});
