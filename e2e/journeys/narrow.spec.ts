import { expect, test } from '../drivers/fixtures';
import { LibraryPage } from '../drivers/library-page';

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

test.describe('with many articles', () => {
  const articles = Array.from({ length: 30 }, (_, index) => ({ title: `Article ${index + 10}` }));
  test.use({ seed: { articles } });

  test('what was done is said below the list, of which the last row stays in sight', async ({ app }) => {
    await app.page.setViewportSize({ width: 800, height: 600 });
    const library = new LibraryPage(app);
    await library.focusFirst();
    await app.page.keyboard.press('Delete');
    const toast = library.toasts.getByText('One article was moved to the Trash.');
    await expect(toast).toBeVisible();
    await app.page.keyboard.press('End');
    const last = library.list.locator('[aria-setsize="29"][aria-posinset="29"]');
    await expect(last).toBeInViewport({ ratio: 1 });
    const bottomOf = async () => {
      const box = await last.boundingBox();
      return box === null ? Number.POSITIVE_INFINITY : box.y + box.height;
    };
    const top = async () => (await library.toasts.boundingBox())?.y ?? 0;
    await expect(async () => expect(await bottomOf()).toBeLessThanOrEqual(await top())).toPass();
  });
});
