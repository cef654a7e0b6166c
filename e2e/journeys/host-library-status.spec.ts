import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { axeComplaints } from '../drivers/axe';
import { waysIn } from '../drivers/import-page';
import { type LibraryFolder, test } from '../drivers/library-folder';

const SAMPLE = /Influencing factors for the homing ability/;

const isShown = (page: Page) => expect(page.getByRole('listbox').getByText(SAMPLE)).toBeVisible();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const buttons = (page: Page) => page.getByRole('main').getByRole('button');

const newer = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replace('"schema":1', '"schema":2'), 'latin1');
const halved = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);

interface Refusal {
  readonly name: string;
  /** Changes the folder; what it answers with puts the folder right again. */
  readonly prepare: (library: LibraryFolder) => Promise<() => Promise<unknown>>;
  readonly heading: string;
  readonly says: RegExp;
  readonly ways: readonly string[];
}

const edited =
  (
    find: (library: LibraryFolder) => string | Promise<string>,
    change: (bytes: Buffer) => Buffer,
  ): Refusal['prepare'] =>
  async (library) => {
    const file = await find(library);
    const good = readFileSync(join(library.path, file));
    await library.edit(file, change);
    return () => library.edit(file, () => good);
  };

const movedAway: Refusal['prepare'] = async ({ path, folder }) => {
  await rename(path, join(folder, 'elsewhere'));
  return () => rename(join(folder, 'elsewhere'), path);
};

/** In the library's place stands a folder with these files. */
const replacedBy =
  (...names: readonly string[]): Refusal['prepare'] =>
  async (library) => {
    const putBack = await movedAway(library);
    await mkdir(library.path);
    for (const name of names) await writeFile(join(library.path, name), 'Dear colleague');
    return async () => {
      await rm(library.path, { recursive: true });
      await putBack();
    };
  };

const refusals: readonly Refusal[] = [
  {
    name: 'a folder that was there and is missing',
    prepare: movedAway,
    heading: 'The library folder is not there',
    says: /library cannot be found.*drive may not be plugged in/,
    ways: ['Try again', 'Make a new library here'],
  },
  {
    name: 'a folder that held a library and is empty',
    prepare: replacedBy(),
    heading: 'The library folder is empty',
    says: /holds nothing now. It is not taken for a new library/,
    ways: ['Try again', 'Make a new library here'],
  },
  {
    name: 'a folder with other things in it',
    prepare: replacedBy('letter.txt'),
    heading: 'This folder is not a library',
    says: /holds other files and no library/,
    ways: ['Try again'],
  },
  {
    name: 'a newer library.json',
    prepare: edited(() => 'library.json', newer),
    heading: 'This library was written by a newer version',
    says: /library\.json in .*has format 2; this version reads formats up to 1/,
    ways: ['Try again', 'Check library…'],
  },
  {
    name: 'a newer shard',
    prepare: edited(async (library) => (await library.shards('articles'))[0] ?? '', newer),
    heading: 'This library was written by a newer version',
    says: /articles\/[0-9a-f]{2}\.json in .*has format 2; this version reads formats up to 1/,
    ways: ['Try again', 'Check library…'],
  },
  {
    name: 'a damaged library.json',
    prepare: edited(() => 'library.json', halved),
    heading: 'The library cannot be read',
    says: /library\.json in .*The file was left as it is/,
    ways: ['Try again', 'Check library…'],
  },
  {
    name: 'an empty library.json',
    prepare: edited(
      () => 'library.json',
      () => Buffer.alloc(0),
    ),
    heading: 'The library cannot be read',
    says: /library\.json in .*The file was left as it is/,
    ways: ['Try again', 'Check library…'],
  },
  {
    name: 'a library without library.json',
    prepare: async ({ path }) => {
      await rename(join(path, 'library.json'), `${path}.json`);
      return () => rename(`${path}.json`, join(path, 'library.json'));
    },
    heading: 'The library cannot be read',
    says: /library\.json in .*the file is missing/,
    ways: ['Try again', 'Check library…'],
  },
];

for (const { name, prepare, heading, says, ways } of refusals)
  test(`refuses ${name}, changes nothing, and opens it once it is put right`, async ({ library }) => {
    const putRight = await prepare(library);
    const before = await library.files();
    const { page } = await library.start();
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expect(page.getByRole('alert')).toContainText(says);
    await expect(page.getByRole('alert')).toContainText('Nothing in the folder was changed.');
    await expect(buttons(page)).toHaveText([...ways]);
    await press(page, 'Try again');
    await expect(page.getByText(/^Tried again at .*, with the same result\.$/)).toBeVisible();
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    expect(await library.files()).toEqual(before);
    await putRight();
    await press(page, 'Try again');
    await isShown(page);
  });

test('makes a new library in place of one that has gone, when asked to', async ({ library }) => {
  await movedAway(library);
  const { page } = await library.start();
  await press(page, 'Make a new library here');
  await isShown(page);
  expect(Object.keys(await library.files())).toContain('library.json');
});

/** Another user than root, whom no permission stops. */
const NOBODY = 65_534;

test('opens a folder that cannot be written to for reading only', async ({ library }) => {
  test.skip(process.platform === 'win32', 'a folder has no such permission on Windows');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) execFileSync('chown', ['-R', String(NOBODY), library.folder]);
  const folders = [
    library.path,
    ...(await readdir(library.path, { withFileTypes: true }))
      .filter((each) => each.isDirectory())
      .map((each) => join(library.path, each.name)),
  ];
  const before = await library.files();
  for (const each of folders) await chmod(each, 0o555);
  try {
    const { page } = await library.start(isRoot ? { uid: NOBODY } : {});
    await expect(
      page.getByRole('heading', { name: 'The library folder cannot be written to' }),
    ).toBeVisible();
    await expect(page.getByRole('alert')).toContainText(`${library.path}: access was denied.`);
    await expect(page.getByRole('alert')).not.toContainText('lock');
    await expect(buttons(page)).toHaveText(['Try again', 'Open for reading only']);
    await press(page, 'Open for reading only');
    await isShown(page);
    await expect(page.getByText('This library is open for reading only.')).toBeVisible();
    expect(await library.files()).toEqual(before);
    for (const each of folders) await chmod(each, 0o755);
    await press(page, 'Open for writing');
    await expect(page.getByRole('button', { name: 'Add article' })).toBeVisible();
  } finally {
    for (const each of folders) await chmod(each, 0o755);
  }
});

test('a damaged shard is put away as it is, named, and taken back once it can be read', async ({
  library,
}) => {
  const [file = ''] = await library.shards('articles');
  const good = readFileSync(join(library.path, file));
  await library.edit(file, halved);
  const damaged = readFileSync(join(library.path, file));
  const { page, host } = await library.start();
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(5);
  const banner = page.getByRole('alert').filter({ hasText: 'One file of the library could not be read' });
  await banner.getByText('The rest is here').click();
  await expect(banner).toContainText(file);
  const [, keptAs = ''] = /Kept unchanged as (.*)\.$/m.exec((await banner.innerText()).trim()) ?? [];
  expect(keptAs).toMatch(/^quarantine\//);
  expect(readFileSync(join(library.path, keptAs)).equals(damaged)).toBe(true);

  await press(page, 'Files put aside…');
  const dialog = page.getByRole('dialog', { name: 'Files put aside' });
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  expect(await axeComplaints(page)).toEqual([]);
  const tryAgain = dialog.getByRole('button', { name: `Try again: ${file}` });
  await tryAgain.click();
  await expect(dialog.getByRole('status')).toContainText('still cannot be read');
  const saving = page.waitForEvent('download');
  await dialog.getByRole('link', { name: `Save a copy…: ${file}` }).click();
  expect(readFileSync(await (await saving).path()).equals(damaged)).toBe(true);
  await library.edit(keptAs, () => good);
  await tryAgain.click();
  await expect(dialog.getByRole('status')).toContainText('One record was taken back');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(6);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(5);
  await library.edit(keptAs, () => damaged);
  await host.stop();
  const again = await library.start();
  await expect(again.page.getByRole('listbox').getByRole('option')).toHaveCount(5);
  expect(readFileSync(join(library.path, keptAs)).equals(damaged)).toBe(true);
});

test('in Chinese, what was found and why is said in Chinese', async ({ library }) => {
  const [file = ''] = await library.shards('articles');
  await library.edit(file, halved);
  const { page } = await library.start({ locale: 'zh-CN' });
  const banner = page.getByRole('alert');
  await banner.locator('summary').click();
  await expect(banner).toContainText(`${file}：文件不完整，或不属于此文献库`);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog');
  await palette.getByRole('combobox').fill('settings');
  await expect(palette.getByRole('option')).toHaveText([/^设置…/]);
});

test.describe('two hosts', () => {
  test('cannot write one library: the second may read, and write after the first', async ({ library }) => {
    const first = await library.start();
    await isShown(first.page);
    const { page } = await library.start();
    await expect(page.getByRole('heading', { name: 'The library is in use' })).toBeVisible();
    await expect(page.getByRole('alert')).toContainText(`process ${first.host.pid} on `);
    await expect(buttons(page)).toHaveText(['Try again', 'Open for reading only']);

    const before = await library.files();
    await press(page, 'Open for reading only');
    await isShown(page);
    await expect(page.getByText('This library is open for reading only.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add article' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'New collection' })).toHaveCount(0);
    await expect(page.getByRole('banner').getByRole('status')).toHaveText('Read only');
    await page.getByRole('listbox').focus();
    await waysIn(page);
    await page.evaluate(() => navigator.clipboard.writeText('An article'));
    await page.keyboard.press('Control+v');
    await expect(page.getByText('nothing can be added to it')).toBeVisible();
    for (const key of ['Delete', 'Alt+2', 't']) await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('Enter');
    await expect(page.locator('iframe[data-shown="true"]')).toBeVisible();
    await expect(page.getByRole('main').getByRole('combobox', { name: 'Reading list' })).toBeDisabled();
    expect(await library.files()).toEqual(before);

    await press(page, 'Open for writing');
    await expect(page.getByText('This library is open for reading only.')).toContainText(
      `Another Hepatica (process ${first.host.pid} on `,
    );
    await expect(page.locator('iframe[data-shown="true"]')).toBeVisible();
    await first.host.stop();
    await press(page, 'Open for writing');
    await expect(page.getByRole('button', { name: 'Add article' })).toBeVisible();
    await expect(page.getByText('This library is open for reading only.')).toHaveCount(0);
  });

  test('on two machines: one may take over, and the other then only reads', async ({ library }) => {
    const first = await library.start();
    await isShown(first.page);
    const { page } = await library.start({ machine: 'laptop' });
    await expect(page.getByRole('alert')).toContainText('Writing from two machines at once would lose work');
    await press(page, 'Open for reading only');
    await isShown(page);
    await press(page, 'Open for writing');
    await expect(page.getByText('This library is open for reading only.')).toContainText('would lose work');
    await press(page, 'Take over');
    await isShown(page);
    await expect(page.getByRole('button', { name: 'Add article' })).toBeVisible();

    await first.page.getByRole('listbox').focus();
    await first.page.keyboard.press('Alt+4');
    await expect(first.page.getByText('Another instance has taken over this library')).toBeVisible();
    await expect(first.page.getByRole('button', { name: 'Add article' })).toHaveCount(0);
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Alt+2');
    await expect(page.getByRole('listbox').getByText('To read')).toBeVisible();
    // The page shows the change before it is on disk, where files come and go meanwhile.
    await expect(async () => {
      const written = Object.values(await library.files()).join();
      expect(written).toContain('"status":"to-read"');
      expect(written).not.toContain('"status":"read"');
    }).toPass();
  });
});
