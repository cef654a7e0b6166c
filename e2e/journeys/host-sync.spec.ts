import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { startHostProcess } from '../drivers/host-process';
import { test } from '../drivers/library-folder';

test('a copy that a sync program leaves is taken in while the library is open, and told', async ({
  library,
  browser,
}) => {
  // The same library on another machine, where an article is put on the reading list.
  const elsewhere = `${library.folder}-elsewhere`;
  await cp(library.path, join(elsewhere, 'library'), { recursive: true });
  const other = await startHostProcess({ folder: elsewhere, machine: 'laptop' });
  const page = await browser.newPage();
  await page.goto(other.launchUrl);
  await page.getByRole('listbox').getByRole('option').first().click();
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('listbox').getByText('To read')).toHaveCount(1);
  await page.context().close();
  await other.stop();

  const here = await library.start();
  await expect(here.page.getByRole('listbox').getByRole('option')).toHaveCount(6);
  const copies: string[] = [];
  for (const file of await library.shards('articles')) {
    const theirs = await readFile(join(elsewhere, 'library', file));
    if (theirs.equals(await readFile(join(library.path, file)))) continue;
    copies.push(file.replace('.json', '.sync-conflict-20260304-101112-ABCDEFG.json'));
    await cp(join(elsewhere, 'library', file), join(library.path, copies.at(-1) ?? ''));
  }
  expect(copies).toHaveLength(1);
  const told = here.page.getByRole('status').filter({ hasText: 'A sync program had left a second copy' });
  await expect(told).toBeVisible({ timeout: 20_000 });
  await expect(here.page.getByRole('listbox').getByText('To read')).toHaveCount(1);
  await told.locator('summary').click();
  await expect(told).toContainText(`${copies[0]}: taken in. The copy is kept as quarantine/`);
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await expect(told).toHaveCount(0);
  await here.host.stop();
  const again = await library.start();
  await expect(again.page.getByRole('listbox').getByText('To read')).toHaveCount(1);
});
