import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { axeComplaints } from '../drivers/axe';
import { type LibraryFolder, test } from '../drivers/library-folder';

const SAMPLE = /Influencing factors for the homing ability/;
const rows = (page: Page) => page.getByRole('listbox', { name: 'Articles' }).getByRole('option');
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Backups' });
const press = (page: Page, name: string | RegExp) => dialog(page).getByRole('button', { name }).click();

const openBackups = async (page: Page): Promise<void> => {
  await expect(page.getByRole('listbox', { name: 'Articles' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox').and(page.locator(':focus'))).toBeVisible();
  await page.keyboard.type('Backups');
  await expect(page.getByRole('option', { name: 'Backups…' })).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
};

const backUp = async (page: Page): Promise<void> => {
  await openBackups(page);
  await press(page, 'Back up now');
  await expect(dialog(page).getByRole('listitem')).toHaveCount(1);
};

test('an article that was deleted comes back from a backup, and the restore can be undone', async ({
  library,
}) => {
  const { page } = await library.start();
  await expect(rows(page)).toHaveCount(6);
  await backUp(page);
  await expect(dialog(page).getByRole('listitem')).toContainText('6 articles, 0 annotations, 0 collections');
  await expect(dialog(page).getByRole('listitem')).toContainText('in the library and outside it');
  expect(await axeComplaints(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await rows(page).filter({ hasText: SAMPLE }).click();
  await page.keyboard.press('Delete');
  await expect(rows(page)).toHaveCount(5);
  await openBackups(page);
  await press(page, /^Restore .*…$/);
  await expect(dialog(page).getByRole('row', { name: 'Articles 1 0 0' })).toBeVisible();
  expect(await axeComplaints(page)).toEqual([]);
  await press(page, 'Restore this backup');
  await expect(dialog(page)).toBeHidden();
  await expect(rows(page)).toHaveCount(6);
  await expect(page.getByText(/^The library is as it was on/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(rows(page)).toHaveCount(5);
  await openBackups(page);
  await expect(dialog(page).getByRole('listitem')).toHaveCount(2);
  await expect(dialog(page).getByRole('listitem').first()).toContainText('Before a restore');
});

const losses: readonly (readonly [string, RegExp, (library: LibraryFolder) => Promise<unknown>])[] = [
  ['that has gone', /^The library folder is not there$/, ({ path }) => rm(path, { recursive: true })],
  [
    'whose library.json is damaged and whose articles are gone',
    /^The library cannot be read$/,
    async ({ path }) => {
      await writeFile(join(path, 'library.json'), 'rubbish');
      await rm(join(path, 'articles'), { recursive: true });
    },
  ],
];

for (const [what, heading, lose] of losses)
  test(`a library ${what} is brought back by the screen alone`, async ({ library }) => {
    const first = await library.start();
    await expect(rows(first.page)).toHaveCount(6);
    await backUp(first.page);
    await first.host.stop();
    await lose(library);
    const { page, host } = await library.start();
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await page.getByRole('button', { name: 'Restore from a backup…' }).click();
    await press(page, /^Restore .*…$/);
    await press(page, 'Restore this backup');
    await expect(rows(page)).toHaveCount(6);
    await expect(rows(page).filter({ hasText: SAMPLE })).toHaveCount(1);
    await host.stop();
    const quarantine = join(library.path, 'quarantine');
    const kept = existsSync(quarantine) ? await readdir(quarantine) : [];
    const contents = await Promise.all(kept.map((name) => readFile(join(quarantine, name), 'utf8')));
    if (heading.source.includes('read')) expect(contents).toContain('rubbish');
    const again = await library.start();
    await expect(rows(again.page)).toHaveCount(6);
    await expect(again.page.getByText(/could not be read/)).toHaveCount(0);
  });

test('no second copy is made where it is not wanted', async ({ library }) => {
  const { page } = await library.start();
  await openBackups(page);
  await dialog(page)
    .getByRole('checkbox', { name: /Keep a second copy outside/ })
    .click();
  await expect(dialog(page).getByRole('checkbox', { name: /Keep a second copy outside/ })).not.toBeChecked();
  await press(page, 'Back up now');
  const item = dialog(page).getByRole('listitem');
  await expect(item).toContainText('in the library');
  await expect(item).not.toContainText('outside');
});
