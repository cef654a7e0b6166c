import { expect, test } from '../drivers/fixtures';
import { LibraryPage } from '../drivers/library-page';
import type { SeedArticle } from '../drivers/seed';

const article = (title: string, fields: NonNullable<SeedArticle['fields']>): SeedArticle => ({
  title,
  fields,
});
const added = (day: number) => `2026-01-0${day}T03:04:05.000Z`;
const year = (value: number) => ({ 'date-parts': [[value]] });

/** Each key puts them in an order of its own. */
const articles = [
  article('Delta antigen', {
    added: added(4),
    issued: year(2021),
    'container-title': 'Gut',
    reading: { status: 'read', priority: 2, order: 'a0' },
  }),
  article('Alpha-fetoprotein', {
    added: added(2),
    issued: year(2024),
    'container-title': 'Journal of Hepatology',
    reading: { status: 'to-read', priority: 3, order: 'a0' },
    tags: ['carcinoma'],
  }),
  article('Cirrhosis', {
    added: added(1),
    issued: year(2022),
    'container-title': 'Hepatology',
    reading: { status: 'inbox', priority: 1, order: 'a0' },
    tags: ['carcinoma', 'fibrosis'],
  }),
  article('Bilirubin', { added: added(3), issued: year(2023), 'container-title': 'BMJ' }),
];

test.describe('a new library', () => {
  test('shows the sample and its five stubs, which can be deleted like any other', async ({ app }) => {
    const library = new LibraryPage(app);
    await expect(library.rows).toHaveCount(6);
    await expect(library.rows.first()).toContainText('homing ability');
    await expect(library.rows.filter({ hasText: 'Title and teaser only' })).toHaveCount(5);
    await library.list.focus();
    await app.page.keyboard.press('Control+A');
    await app.page.keyboard.press('Delete');
    await expect(app.page.getByText('Your library is empty')).toBeVisible();
    await library.goTo('Trash');
    await expect(library.rows).toHaveCount(6);
    await app.restart();
    await expect(app.page.getByText('Your library is empty')).toBeVisible();
  });
});

test.describe('the list', () => {
  test.use({ seed: { articles } });

  const [a, b, c, d] = ['Alpha-fetoprotein', 'Bilirubin', 'Cirrhosis', 'Delta antigen'];
  for (const { key, order, first, turned } of [
    { key: 'Date added', order: [d, b, a, c], first: 'Descending', turned: [c, a, b, d] },
    { key: 'Year', order: [a, b, c, d], first: 'Descending', turned: [d, c, b, a] },
    { key: 'Title', order: [a, b, c, d], first: 'Ascending', turned: [d, c, b, a] },
    { key: 'Journal', order: [b, d, c, a], first: 'Ascending', turned: [a, c, d, b] },
    // What has no status comes last either way round.
    { key: 'Reading status', order: [c, a, d, b], first: 'Ascending', turned: [d, a, c, b] },
    // The two of one priority by the date on which they were added.
    { key: 'Priority', order: [c, b, d, a], first: 'Ascending', turned: [a, d, b, c] },
  ])
    test(`is sorted by ${key}, either way round`, async ({ app }) => {
      const library = new LibraryPage(app);
      await library.sortBy(key);
      await expect.poll(() => library.titles()).toEqual(order);
      await expect(app.page.getByRole('button', { name: `${first}:` })).toBeVisible();
      await library.turnSort();
      await expect.poll(() => library.titles()).toEqual(turned);
    });

  test('is filtered by status and tag, also together', async ({ app }) => {
    const library = new LibraryPage(app);
    const status = app.page.getByRole('combobox', { name: 'Filter by status' });
    await library.goTo('carcinoma');
    await expect.poll(() => library.titles()).toEqual([a, c]);
    await status.selectOption('To read');
    await expect.poll(() => library.titles()).toEqual([a]);
    await expect(app.page.getByText('1 article', { exact: true })).toBeVisible();
    await app.page.getByRole('button', { name: 'Remove filter: Tag: carcinoma' }).click();
    await expect(library.rows).toHaveCount(1);
    await status.selectOption('Reading');
    await expect(app.page.getByText('No article fits these filters')).toBeVisible();
    await app.page.getByRole('button', { name: 'Show all articles' }).click();
    await expect(library.rows).toHaveCount(4);
  });

  test('is walked through and selected from with the keyboard', async ({ app, reader }) => {
    const library = new LibraryPage(app);
    const { keyboard } = app.page;
    await library.sortBy('Title');
    await expect.poll(() => library.titles()).toEqual([a, b, c, d]);
    await library.focusFirst();
    for (const [key, title] of [
      ['ArrowDown', b],
      ['End', d],
      ['ArrowDown', d],
      ['ArrowUp', c],
      ['Home', a],
      ['PageDown', d],
      ['PageUp', a],
    ] as const) {
      await keyboard.press(key);
      await expect.poll(() => library.focusedTitle(), key).toBe(title);
    }
    await expect(library.selected).toHaveCount(0);
    for (const [key, titles] of [
      ['Space', [a]],
      ['Shift+ArrowDown', [a, b]],
      ['Shift+ArrowDown', [a, b, c]],
      ['Shift+ArrowUp', [a, b]],
      ['Shift+End', [a, b, c, d]],
      ['Escape', []],
      ['Control+A', [a, b, c, d]],
      ['Escape', []],
    ] as const) {
      await keyboard.press(key);
      await expect.poll(() => library.selectedTitles(), key).toEqual(titles);
    }
    await keyboard.press('Home');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await reader.isOpen();
    await expect(reader.frame.getByRole('heading', { level: 1, name: b })).toBeVisible();
  });

  test('keeps the keyboard near the row that was deleted', async ({ app }) => {
    const library = new LibraryPage(app);
    const { keyboard } = app.page;
    await library.sortBy('Title');
    await expect.poll(() => library.titles()).toEqual([a, b, c, d]);
    await library.focusFirst();
    await keyboard.press('ArrowDown');
    await keyboard.press('Delete');
    await expect.poll(() => library.titles()).toEqual([a, c, d]);
    await expect(library.list).toBeFocused();
    await expect.poll(() => library.focusedTitle()).toBe(c);
    await keyboard.press('End');
    await keyboard.press('Delete');
    await expect.poll(() => library.titles()).toEqual([a, c]);
    await expect.poll(() => library.focusedTitle()).toBe(c);
  });

  test('selects a range and single rows with the mouse', async ({ app }) => {
    const library = new LibraryPage(app);
    await library.sortBy('Title');
    await expect.poll(() => library.titles()).toEqual([a, b, c, d]);
    await library.row(b).click();
    await library.row(d).click({ modifiers: ['Shift'] });
    await expect.poll(() => library.selectedTitles()).toEqual([b, c, d]);
    await library.row(c).click({ modifiers: ['ControlOrMeta'] });
    await expect.poll(() => library.selectedTitles()).toEqual([b, d]);
    await library.bulk.getByRole('button', { name: 'Clear the selection' }).click();
    await expect(library.selected).toHaveCount(0);
  });

  test('opens by a double click the row that was under the pointer', async ({ app, reader }) => {
    const library = new LibraryPage(app);
    await library.sortBy('Title');
    await expect.poll(() => library.titles()).toEqual([a, b, c, d]);
    const box = await library.row(c).boundingBox();
    if (box === null) throw new Error('the row is not in view');
    // Two clicks with a pause, in which the page may move what lies under the pointer.
    const [x, y] = [box.x + 60, box.y + box.height / 2];
    await app.page.mouse.click(x, y);
    await expect(library.bulk).toBeVisible();
    await app.page.mouse.click(x, y, { clickCount: 2 });
    await reader.isOpen();
    await expect(reader.frame.getByRole('heading', { level: 1, name: c })).toBeVisible();
  });
});

test.describe('several articles at once', () => {
  test.use({ seed: { articles } });
  const two = ['Bilirubin', 'Cirrhosis'] as const;

  test('take a status, undone in one step', async ({ app }) => {
    const library = new LibraryPage(app);
    await library.select(...two);
    await library.setStatus('Reading');
    for (const title of two) await expect(library.row(title).getByText('Reading')).toBeVisible();
    await library.undo('reading status');
    await expect(library.row('Cirrhosis').getByText('Inbox')).toBeVisible();
    await expect(library.list.getByText('Reading')).toHaveCount(0);
  });

  test('take a tag, undone in one step', async ({ app }) => {
    const library = new LibraryPage(app);
    await library.select(...two);
    await library.addTag('bile');
    for (const title of two)
      await expect(library.row(title).getByText('bile', { exact: true })).toBeVisible();
    await expect(library.sidebar.getByRole('button', { name: /^bile\s*2$/ })).toBeVisible();
    await library.undo('tags');
    await expect(library.sidebar.getByRole('button', { name: /^bile/ })).toHaveCount(0);
    await expect(library.row('Cirrhosis').getByText('fibrosis')).toBeVisible();
  });

  test('say that they are in the Trash when they are read, and come back from there', async ({
    app,
    reader,
  }) => {
    const library = new LibraryPage(app);
    await library.select('Bilirubin');
    await library.toTrash();
    await library.goTo('Trash');
    await library.row('Bilirubin').dblclick();
    await reader.isOpen();
    await expect(reader.panel).toContainText('This article is in the Trash. Restore it to mark it.');
    await reader.panel.getByRole('button', { name: 'Restore' }).click();
    await expect(reader.panel).not.toContainText('Trash');
    await expect(app.page.getByRole('combobox', { name: 'Reading list' })).toBeEnabled();
  });

  test('go to the Trash, come back by the toast or one by one, and go for good', async ({ app }) => {
    const library = new LibraryPage(app);
    await library.select(...two);
    await library.toTrash();
    await expect(library.toasts.getByText('2 articles were moved to the Trash.')).toBeVisible();
    await expect(library.rows).toHaveCount(2);
    await library.toasts.getByRole('button', { name: 'Undo' }).click();
    await expect(library.rows).toHaveCount(4);

    await library.select(...two);
    await app.page.keyboard.press('Delete');
    await expect(library.rows).toHaveCount(2);
    await library.goTo('Trash');
    await library.select('Bilirubin');
    await library.bulk.getByRole('button', { name: 'Restore' }).click();
    await expect.poll(() => library.titles()).toEqual(['Cirrhosis']);
    await library.select('Cirrhosis');
    await library.bulk.getByRole('button', { name: 'Delete for good' }).click();
    await library.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(library.rows).toHaveCount(1);
    await app.page.keyboard.press('Delete');
    await library.dialog.getByRole('button', { name: 'Delete for good' }).click();
    await expect(app.page.getByText('The Trash is empty')).toBeVisible();

    await app.restart();
    await expect
      .poll(async () => (await library.titles()).sort())
      .toEqual(['Alpha-fetoprotein', 'Bilirubin', 'Delta antigen']);
  });
});

test.describe('the details of an article', () => {
  test.use({ seed: { articles } });

  test('are edited, undone, done again, and there after a restart', async ({ app }) => {
    const library = new LibraryPage(app);
    const field = (name: string) => library.dialog.getByRole('textbox', { name, exact: true });
    await library.select('Bilirubin');
    await library.bulk.getByRole('button', { name: 'Details…' }).click();
    await field('Title').fill('Bilirubin in the newborn');
    await field('Authors').fill('LIU, Yuxin\nHepatology Group');
    await field('Journal').fill('');
    await field('Year').fill('2019');
    await library.dialog.getByRole('button', { name: 'Save' }).click();
    const row = library.row('Bilirubin');
    await expect(row).toContainText('Bilirubin in the newborn');
    await expect(row).toContainText('Yuxin LIU, Hepatology Group · 2019');
    await library.undo('editing details');
    await expect(row).toContainText('BMJ, 2023');
    await expect(row).not.toContainText('newborn');
    await app.page.keyboard.press('Control+Shift+Z');
    await expect(row).toContainText('newborn');
    await app.restart();
    await expect(library.row('Bilirubin')).toContainText('Yuxin LIU, Hepatology Group · 2019');
  });

  test('are kept, and the problem is said, when the title was emptied', async ({ app }) => {
    const library = new LibraryPage(app);
    await library.select('Bilirubin');
    await app.page.keyboard.press('e');
    await library.dialog.getByRole('textbox', { name: 'Title', exact: true }).fill(' ');
    await library.dialog.getByRole('button', { name: 'Save' }).click();
    await expect(library.toasts.getByText('An article needs a title.')).toBeVisible();
    await expect(library.row('Bilirubin')).toBeVisible();
    await expect(library.dialog).toBeVisible();
  });
});

test.describe('more tags than anybody reads', () => {
  const articles = ['a', 'b', 'c'].map((title) => ({
    title,
    fields: { tags: Array.from({ length: 40 }, (_, index) => `${title}${index + 10}`) },
  }));
  test.use({ seed: { articles } });

  test('are shown when they are asked for, and the one that is chosen always', async ({ app }) => {
    const { sidebar } = new LibraryPage(app);
    const tags = sidebar.getByRole('region', { name: 'Tags' }).getByRole('listitem');
    await expect(tags).toHaveCount(50);
    await sidebar.getByRole('button', { name: 'Show all 120 tags' }).click();
    await expect(tags).toHaveCount(120);
    await sidebar.getByRole('button', { name: /^c49/ }).click();
    await sidebar.getByRole('button', { name: 'Show fewer tags' }).click();
    await expect(tags).toHaveCount(51);
    await expect(tags.getByRole('button', { name: /^c49/ })).toHaveAttribute('aria-current', 'page');
  });
});
