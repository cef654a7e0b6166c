import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type RunningApp, test } from '../drivers/fixtures';
import { LibraryPage } from '../drivers/library-page';
import { ReadingListPage } from '../drivers/reading-list-page';
import type { SeedArticle } from '../drivers/seed';

const titles = ['Ascites', 'Budesonide', 'Cholestasis', 'Deferasirox'] as const;
const [a, b, c, d] = titles;
const articles: readonly SeedArticle[] = [
  ...titles.map((title, index) => ({
    title,
    fields: {
      abstract: `A short text about ${title}.`,
      reading: { status: 'to-read' as const, priority: 2 as const, order: `a${index}` },
    },
  })),
  { title: 'Elastography' },
];
test.use({ seed: { articles } });

const listOf = async (app: RunningApp): Promise<ReadingListPage> => {
  const list = new ReadingListPage(app);
  await list.show('To read');
  await expect.poll(() => list.titles()).toEqual([a, b, c, d]);
  return list;
};

interface Shard {
  readonly payload: { readonly articles: readonly { readonly value: { readonly title: string } }[] };
}

/** The records of the articles as they are on disk, after the app has ended, by title. */
const recordsOf = async (library: string): Promise<Map<string, string>> => {
  const folder = join(library, 'articles');
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  const records = texts.flatMap((text) => (JSON.parse(text) as Shard).payload.articles);
  return new Map(records.map((record) => [record.value.title, JSON.stringify(record)]));
};

test('is put in order with the mouse, by the handles, and keeps it', async ({ app }) => {
  const list = await listOf(app);
  await list.drag(d, 0);
  await expect(list.item(d)).toHaveAttribute('data-dragged', 'true');
  await list.drop();
  await expect.poll(() => list.titles()).toEqual([d, a, b, c]);
  await list.drag(a, 3.1);
  await list.drop();
  await expect.poll(() => list.titles()).toEqual([d, b, a, c]);
  await test.step('Esc gives up', async () => {
    await list.drag(c, 0);
    await app.page.keyboard.press('Escape');
    await list.drop();
    await expect(list.item(c)).toHaveAttribute('data-dragged', 'false');
    expect(await list.titles()).toEqual([d, b, a, c]);
  });
  await new LibraryPage(app).undo('order of the reading list');
  await expect.poll(() => list.titles()).toEqual([d, a, b, c]);
  await app.restart();
  await list.show('To read');
  await expect.poll(() => list.titles()).toEqual([d, a, b, c]);
});

test('is put in order with the keyboard, which stays on the article', async ({ app }) => {
  const list = await listOf(app);
  const { keyboard } = app.page;
  await list.handle(b).focus();
  for (const [key, order] of [
    ['Alt+ArrowDown', [a, c, b, d]],
    ['Alt+ArrowDown', [a, c, d, b]],
    ['Alt+ArrowDown', [a, c, d, b]],
    ['Alt+ArrowUp', [a, c, b, d]],
    ['Alt+ArrowUp', [a, b, c, d]],
    ['Alt+ArrowUp', [b, a, c, d]],
    ['Alt+ArrowUp', [b, a, c, d]],
  ] as const) {
    await keyboard.press(key);
    await expect.poll(() => list.titles()).toEqual(order);
    await expect(list.handle(b)).toBeFocused();
  }
  await expect(app.page.getByText('Budesonide: now 1 of 4')).toBeAttached();
  await app.restart();
  await list.show('To read');
  await expect.poll(() => list.titles()).toEqual([b, a, c, d]);
});

test('stays in order while choices are opened with Alt and an arrow', async ({ app }) => {
  const list = await listOf(app);
  const row = list.item(b);
  for (const control of [row.getByRole('combobox', { name: 'Priority' }), row.getByLabel('Read by')]) {
    await control.focus();
    await app.page.keyboard.press('Alt+ArrowDown');
    await app.page.keyboard.press('Escape');
  }
  // A move that the keys above had begun would be shown at once, and be said.
  await list.handle(b).focus();
  await app.page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => list.titles()).toEqual([b, a, c, d]);
});

test('changes one record for a move', async ({ app }) => {
  // A first end and start, so that what the second one changes is the move alone.
  await app.restart();
  const before = await recordsOf(app.library);
  expect(before.size).toBe(5);
  const list = await listOf(app);
  await list.handle(d).focus();
  await app.page.keyboard.press('Alt+ArrowUp');
  await app.page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => list.titles()).toEqual([a, d, b, c]);
  await app.restart();
  const after = await recordsOf(app.library);
  expect([...after.keys()].filter((title) => after.get(title) !== before.get(title))).toEqual([d]);
});

test('takes priority, due date and status, and counts', async ({ app }) => {
  const list = await listOf(app);
  const library = new LibraryPage(app);
  const row = list.item(b);
  await row.getByRole('combobox', { name: 'Priority' }).selectOption('High');
  await expect(row.getByText('Priority: High')).toBeVisible();
  // The control still has the keyboard.
  await row.getByRole('combobox', { name: 'Priority' }).focus();
  await library.undo('priority');
  await expect(row.getByText('Priority: High')).toHaveCount(0);
  await app.page.keyboard.press('Control+Shift+Z');
  await expect(row.getByText('Priority: High')).toBeVisible();
  await row.getByLabel('Read by').fill('2020-02-29');
  await expect(row.getByText(/^\d+ days overdue$/)).toBeVisible();
  const today = await app.page.evaluate(() => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
      .map((part) => String(part).padStart(2, '0'))
      .join('-');
  });
  await row.getByLabel('Read by').fill(today);
  await expect(row.getByText('due today')).toBeVisible();
  await expect(list.tab('To read')).toHaveText('To read4');
  await list.item(c).getByRole('combobox', { name: 'Status' }).selectOption('Read');
  await expect.poll(() => list.titles()).toEqual([a, b, d]);
  await expect(list.tab('To read')).toHaveText('To read3');
  await expect(list.tab('Read')).toHaveText('Read1');
  await list.item(d).getByRole('combobox', { name: 'Status' }).selectOption('Take off the list');
  await expect.poll(() => list.titles()).toEqual([a, b]);
  await library.undo('reading status');
  await library.undo('reading status');
  await expect.poll(() => list.titles()).toEqual([a, b, c, d]);
  await app.restart();
  await list.show('To read');
  await expect(list.item(b).getByText('Priority: High')).toBeVisible();
  await expect(list.item(b).getByText('due today')).toBeVisible();
  await list.item(b).getByLabel('Read by').fill('');
  await expect(list.item(b).getByText('due today')).toHaveCount(0);
});

test('sends an article on as it is opened, and read', async ({ app, reader }) => {
  const list = await listOf(app);
  await list
    .item(b)
    .getByRole('button', { name: /^Budesonide/ })
    .click();
  await reader.isOpen();
  await reader.frame.getByRole('button', { name: 'Mark as read' }).click();
  await expect(reader.frame.getByText('Mark as read')).toHaveCount(0);
  await list.show('Read');
  await expect.poll(() => list.titles()).toEqual([b]);
  await list.show('To read');
  await expect.poll(() => list.titles()).toEqual([a, c, d]);
  await list
    .item(c)
    .getByRole('button', { name: /^Cholestasis/ })
    .click();
  await reader.isOpen();
  await app.restart();
  await list.show('Reading');
  await expect.poll(() => list.titles()).toEqual([c]);
});

test('leaves an article that is not to be read where it is when it is opened', async ({ app, reader }) => {
  await reader.open('Elastography');
  const list = new ReadingListPage(app);
  await list.show('Reading');
  await expect(app.page.getByText('Nothing started')).toBeVisible();
});

test('takes an article from the library by its key, at the end', async ({ app }) => {
  const library = new LibraryPage(app);
  await library.select('Elastography');
  await app.page.keyboard.press('Alt+2');
  await expect(library.row('Elastography').getByText('To read')).toBeVisible();
  const list = new ReadingListPage(app);
  await list.show('To read');
  await expect.poll(() => list.titles()).toEqual([a, b, c, d, 'Elastography']);
});
