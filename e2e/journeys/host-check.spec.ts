import { copyFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { axeComplaints } from '../drivers/axe';
import { test } from '../drivers/library-folder';

const checkLibrary = async (page: Page): Promise<void> => {
  await expect(page.getByRole('heading', { level: 1, name: 'Library' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('Check library');
  await page.keyboard.press('Enter');
};

test('the reader checks the library, sees what is wrong, and has it put right', async ({ library }) => {
  // A record in a second file, as a copy by hand leaves it, and a file of something else.
  const [shard = ''] = await library.shards('articles');
  const other = shard === 'articles/00.json' ? 'articles/01.json' : 'articles/00.json';
  await copyFile(join(library.path, shard), join(library.path, other));
  await writeFile(join(library.path, 'letter.txt'), 'Dear');
  const { page } = await library.start();
  await checkLibrary(page);
  const dialog = page.getByRole('dialog', { name: 'Check library' });
  await expect(dialog.getByRole('status')).toContainText(/\d+ problems? (was|were) found/);
  const found = dialog.getByRole('region', { name: 'What was found' });
  await expect(found.getByRole('listitem').filter({ hasText: 'letter.txt is not part' })).toBeVisible();
  await expect(found.getByText(`belongs in ${shard}`).first()).toBeVisible();
  expect(await axeComplaints(page)).toEqual([]);

  await dialog.getByRole('button', { name: 'Repair' }).click();
  await expect(page.getByText('were put into their own file')).toBeVisible();
  await expect(dialog.getByRole('status')).toContainText('The library is in order.');
  await expect(found.getByRole('listitem')).toHaveCount(1);
  await rename(join(library.path, 'letter.txt'), join(library.folder, 'letter.txt'));
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await expect(found).toBeHidden();
  await expect(dialog.getByRole('status')).toContainText('The library is in order.');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a library that is open for reading is checked, and not repaired', async ({ library }) => {
  const [shard = ''] = await library.shards('articles');
  const other = shard === 'articles/00.json' ? 'articles/01.json' : 'articles/00.json';
  await copyFile(join(library.path, shard), join(library.path, other));
  await library.start();
  const { page } = await library.start();
  await page.getByRole('button', { name: 'Open for reading only' }).click();
  await checkLibrary(page);
  const dialog = page.getByRole('dialog', { name: 'Check library' });
  await expect(dialog.getByRole('status')).toContainText('found');
  await expect(dialog.getByRole('button', { name: 'Check again' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Repair' })).toHaveCount(0);
});

test('a library that does not open says which file is to blame', async ({ library }) => {
  await library.edit('library.json', (bytes) => bytes.subarray(0, 40));
  const { page } = await library.start();
  await page.getByRole('button', { name: 'Check library…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Check library' });
  const found = dialog.getByRole('region', { name: 'What was found' });
  await expect(found.getByText('library.json is damaged: the file is cut short')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Repair' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
