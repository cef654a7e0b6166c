import { expect, type Page } from '@playwright/test';
import { test } from '../drivers/library-folder';
import { ReaderPage } from '../drivers/reader-page';

const SAMPLE = /Influencing factors for the homing ability/;

const saveState = (page: Page) => page.getByRole('banner').getByRole('status');
const noteField = (page: Page) => page.getByRole('textbox', { name: 'Note, in Markdown' });

test('a host that goes and another that comes: the old page says so and keeps its words', async ({
  library,
}) => {
  const { host, page } = await library.start();
  const reader = new ReaderPage({ page, library: library.path, restart: () => Promise.reject() });
  await reader.open(SAMPLE);
  await reader.select('promising cellular therapy');
  await page.keyboard.press('n');
  await expect(noteField(page)).toBeFocused();
  await page.keyboard.type('stored');
  await expect(reader.panel.getByText('Saved', { exact: true })).toBeVisible();

  await host.stop();
  const banner = page.getByRole('alert');
  await expect(banner).toContainText('Reconnecting…');
  await expect(saveState(page)).toHaveText('Not connected');
  await noteField(page).press('End');
  await noteField(page).pressSequentially(', and not stored');
  await expect(reader.panel.getByText('Not saved yet')).toBeVisible({ timeout: 20_000 });

  await library.start({ port: Number(new URL(host.address).port) });
  await expect(banner.filter({ hasText: 'Hepatica was started anew' })).toBeVisible();
  await expect(banner.filter({ hasText: 'Reconnecting' })).toHaveCount(0);
  await expect(saveState(page)).toHaveText('Not connected');
  await expect(noteField(page)).toHaveValue('stored, and not stored');
  await reader.panel.getByRole('button', { name: 'Done' }).click();
  await reader.panel.getByRole('button', { name: 'Edit note' }).click();
  await expect(noteField(page)).toHaveValue('stored, and not stored');

  let asked = 0;
  page.on('dialog', (dialog) => {
    asked += 1;
    void dialog.accept();
  });
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toBe(1);
});
