import type { Locator, Page } from '@playwright/test';
import { type Command, type CommandId, commands } from '#shared/commands/commands';
import { catalogueOf } from '#shared/messages/catalogue';
import { expect, test } from '../drivers/fixtures';
import { waysIn } from '../drivers/import-page';
import { LibraryPage } from '../drivers/library-page';

const articles = [{ title: 'Autoimmune hepatitis' }, { title: 'Budd-Chiari syndrome' }];
test.use({ seed: { articles } });

const labels = catalogueOf('en')['commands'] ?? {};
const labelOf = (id: string): string => String(labels[id]);
const withShortcut = (commands as readonly Command[]).flatMap(({ id, shortcut, when }) =>
  shortcut === undefined ? [] : [{ id, shortcut, when }],
);
const keysOf = (shortcut: string): string => shortcut.replace('Mod', 'Control');

const paletteOf = (page: Page): { input: Locator; options: Locator } => ({
  input: page.getByRole('combobox', { name: 'Type a command' }),
  options: page.getByRole('dialog').getByRole('option'),
});

test('the palette finds a command by a few letters and runs it', async ({ app }) => {
  const { input, options } = paletteOf(app.page);
  const { keyboard } = app.page;
  await new LibraryPage(app).focusFirst();
  await keyboard.press('Control+k');
  await expect(input).toBeFocused();
  await keyboard.type('drk');
  await expect(options).toHaveText(['Dark theme']);
  await keyboard.press('Enter');
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(app.page.getByRole('dialog')).toBeHidden();

  await keyboard.press('Control+k');
  // What was run last comes first.
  await expect(options.first()).toHaveText('Dark theme');
  await keyboard.type('theme');
  await expect(options).toHaveCount(4);
  await keyboard.press('ArrowDown');
  const second = (await options.nth(1).textContent()) ?? '';
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  const theme = /^(Light|Sepia)/.exec(second)?.[1]?.toLowerCase() ?? 'light';
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme);
});

test('the palette offers what applies, says so when nothing fits, and gives the keyboard back', async ({
  app,
  reader,
}) => {
  const library = new LibraryPage(app);
  const { input, options } = paletteOf(app.page);
  await library.focusFirst();
  await app.page.keyboard.press('Control+k');
  await expect(options.filter({ hasText: 'Mark as to read' })).toHaveCount(1);
  await expect(options.filter({ hasText: 'Find in article' })).toHaveCount(0);
  await expect(options.filter({ hasText: 'Highlight' })).toHaveCount(0);
  await input.fill('xyzzy');
  await expect(app.page.getByText('No command of that name')).toBeVisible();
  await app.page.keyboard.press('Enter');
  await app.page.keyboard.press('Escape');
  await expect(library.list).toBeFocused();

  await app.page.keyboard.press('Control+k');
  await options.filter({ hasText: /^Mark as read(?!ing)/ }).click();
  await expect(library.rows.first().getByText('Read', { exact: true })).toBeVisible();

  await reader.open('Autoimmune hepatitis');
  await app.page.keyboard.press('Control+k');
  await expect(options.filter({ hasText: 'Find in article' })).toHaveCount(1);
});

test('the help lists every shortcut of the commands', async ({ app }) => {
  await new LibraryPage(app).list.focus();
  await app.page.keyboard.press('?');
  const dialog = app.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog).toBeVisible();
  const lines = await dialog
    .locator('dl > div')
    .evaluateAll((rows) =>
      rows.map((row) => [row.querySelector('dt')?.textContent, row.querySelector('dd')?.textContent]),
    );
  const show = (shortcut: string): string =>
    keysOf(shortcut)
      .replace('Control', 'Ctrl')
      .replace('ArrowLeft', '←')
      .replace(/(^|\+)([a-z])$/, (_keys, before: string, key: string) => before + key.toUpperCase());
  for (const { id, shortcut } of withShortcut) expect(lines).toContainEqual([labelOf(id), show(shortcut)]);
  await app.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

const inLibrary = withShortcut.filter(
  ({ when }) => !when.includes('article-open') && !when.includes('text-selected'),
);

/** What is seen when the key was pressed; the keyboard is on the first of the articles. */
const seen: Partial<Record<CommandId, (library: LibraryPage) => Promise<void>>> = {
  'paste-article': ({ page }) => expect(page.getByRole('heading', { name: 'Add articles' })).toBeVisible(),
  settings: ({ page }) => expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible(),
  undo: ({ toasts }) => expect(toasts.getByText('Undone: reading status')).toBeVisible(),
  redo: ({ toasts }) => expect(toasts.getByText('Done again: reading status')).toBeVisible(),
  search: ({ page }) => expect(page.getByRole('combobox', { name: 'Search the library' })).toBeFocused(),
  'command-palette': ({ page }) => expect(paletteOf(page).input).toBeFocused(),
  'go-library': ({ page }) => expect(page.getByRole('heading', { level: 1, name: 'Library' })).toBeVisible(),
  'go-reading-list': ({ page }) =>
    expect(page.getByRole('heading', { level: 1, name: 'Reading list' })).toBeVisible(),
  'go-back': ({ page }) => expect(page.getByRole('heading', { level: 1, name: 'Library' })).toBeVisible(),
  'mark-inbox': ({ rows }) => expect(rows.first().getByText('Inbox')).toBeVisible(),
  'mark-to-read': ({ rows }) => expect(rows.first().getByText('To read')).toBeVisible(),
  'mark-reading': ({ rows }) => expect(rows.first().getByText('Reading')).toBeVisible(),
  'mark-read': ({ rows }) => expect(rows.first().getByText('Read', { exact: true })).toBeVisible(),
  'mark-none': ({ rows }) => expect(rows.first().getByText('Inbox')).toHaveCount(0),
  'edit-tags': ({ page }) => expect(page.getByRole('dialog', { name: 'Tags' })).toBeVisible(),
  'edit-collections': ({ page }) => expect(page.getByRole('dialog', { name: 'Collections' })).toBeVisible(),
  'edit-article': ({ page }) =>
    expect(page.getByRole('dialog', { name: 'Edit article details…' })).toBeVisible(),
  trash: ({ toasts }) => expect(toasts.getByText('One article was moved to the Trash.')).toBeVisible(),
  'shortcut-help': ({ page }) =>
    expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible(),
};

/** What has to come before, so that the command has something to do. */
const before: Partial<Record<CommandId, (library: LibraryPage) => Promise<void>>> = {
  'paste-article': async ({ page }) => {
    await waysIn(page);
    await page.evaluate(() => navigator.clipboard.writeText('A title\nJ Hepatol 2024;80(1):1-9'));
  },
  undo: async ({ page, rows }) => {
    await page.keyboard.press('Alt+1');
    await expect(rows.first().getByText('Inbox')).toBeVisible();
  },
  redo: async (library) => {
    await before.undo?.(library);
    await library.undo('reading status');
  },
  'go-library': (library) => library.goTo('Trash'),
  'go-back': (library) => library.goTo('Trash'),
  'mark-none': async ({ page, rows }) => {
    await page.keyboard.press('Alt+1');
    await expect(rows.first().getByText('Inbox')).toBeVisible();
  },
};

for (const { id, shortcut } of inLibrary)
  test(`${shortcut} in the library: ${labelOf(id)}`, async ({ app }) => {
    const library = new LibraryPage(app);
    await expect(library.rows).toHaveCount(2);
    await library.focusFirst();
    if (id === 'open-files') {
      await waysIn(app.page);
      const chooser = app.page.waitForEvent('filechooser');
      await app.page.keyboard.press(keysOf(shortcut));
      expect((await chooser).isMultiple()).toBe(true);
      return;
    }
    await before[id as CommandId]?.(library);
    await app.page.keyboard.press(keysOf(shortcut));
    const look = seen[id as CommandId];
    if (look === undefined) throw new Error(`say what is seen after ${id}`);
    await look(library);
  });

test('Ctrl+Z and Ctrl+Shift+Z go back and forth through the steps', async ({ app }) => {
  const library = new LibraryPage(app);
  const { keyboard } = app.page;
  const status = library.rows.first().locator('[data-status]');
  await library.focusFirst();
  for (const [key, word] of [
    ['Alt+1', 'Inbox'],
    ['Alt+2', 'To read'],
    ['Alt+3', 'Reading'],
    ['Control+Z', 'To read'],
    ['Control+Z', 'Inbox'],
    ['Control+Shift+Z', 'To read'],
    ['Control+Z', 'Inbox'],
    ['Alt+4', 'Read'],
    // A new step ends what could have been done again.
    ['Control+Y', 'Read'],
    ['Control+Z', 'Inbox'],
  ] as const) {
    await keyboard.press(key);
    await expect(status, `after ${key}`).toHaveText(word);
  }
  await keyboard.press('Control+Z');
  await expect(status).toHaveCount(0);
});

test('single letters, and undo, belong to a text field while it has the keyboard', async ({ app }) => {
  const library = new LibraryPage(app);
  const { keyboard } = app.page;
  await library.focusFirst();
  await keyboard.press('Alt+1');
  await expect(library.rows.first().getByText('Inbox')).toBeVisible();
  const box = app.page.getByRole('combobox', { name: 'Search the library' });
  await keyboard.press('Control+Shift+F');
  await keyboard.type('tce?n1');
  await expect(box).toHaveValue('tce?n1');
  await expect(app.page.getByRole('dialog')).toHaveCount(0);
  await keyboard.press('Control+Z');
  await expect(box).not.toHaveValue('tce?n1');
  await keyboard.press('Delete');
  await keyboard.press('Escape');
  await expect(library.rows.first().getByText('Inbox')).toBeVisible();
  await expect(library.rows).toHaveCount(2);
});

test('every dialog gives the keyboard back to the list', async ({ app }) => {
  const library = new LibraryPage(app);
  for (const [key, name, first] of [
    ['Control+k', 'Command palette', 'Type a command'],
    ['?', 'Keyboard shortcuts', undefined],
    ['Control+,', 'Settings', 'Language'],
    ['t', 'Tags', 'Add a tag'],
    ['c', 'Collections', undefined],
    ['e', 'Edit article details…', 'Title'],
  ] as const) {
    await library.focusFirst();
    await app.page.keyboard.press(key);
    const dialog = app.page.getByRole('dialog', { name });
    await expect(dialog).toBeVisible();
    if (first !== undefined) await expect(dialog.getByLabel(first, { exact: true })).toBeFocused();
    await app.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(library.list, `after ${name}`).toBeFocused();
  }
});

test('a dialog has the keyboard to itself', async ({ app }) => {
  const library = new LibraryPage(app);
  await library.focusFirst();
  await app.page.keyboard.press('?');
  await expect(library.dialog).toBeVisible();
  for (const key of ['Delete', 'e', 'Control+2', 'Alt+1']) await app.page.keyboard.press(key);
  await app.page.keyboard.press('Escape');
  await expect(library.dialog).toHaveCount(0);
  await expect(library.rows).toHaveCount(2);
  await expect(library.rows.locator('[data-status]')).toHaveCount(0);
});
