import { expect, type Locator } from '@playwright/test';
import type { RunningApp } from './fixtures';

const titlesOf = (rows: Locator): Promise<string[]> =>
  rows.evaluateAll((options) =>
    options
      .sort((a, b) => Number(a.ariaPosInSet) - Number(b.ariaPosInSet))
      .map((row) => row.querySelector('[title]')?.textContent ?? ''),
  );

/** What a reader does with the list, the sidebar and their dialogs, by the names that the page shows. */
export class LibraryPage {
  readonly #app: RunningApp;

  constructor(app: RunningApp) {
    this.#app = app;
  }

  get page() {
    return this.#app.page;
  }

  get list(): Locator {
    return this.page.getByRole('listbox', { name: 'Articles' });
  }

  get rows(): Locator {
    return this.list.getByRole('option');
  }

  /** The rows that are selected. */
  get selected(): Locator {
    return this.list.getByRole('option', { selected: true });
  }

  get sidebar(): Locator {
    return this.page.getByRole('navigation', { name: 'Library navigation' });
  }

  get bulk(): Locator {
    return this.page.getByRole('toolbar', { name: 'Actions for the selected articles' });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  get toasts(): Locator {
    return this.page.getByRole('region', { name: 'Notifications' });
  }

  get tree(): Locator {
    return this.page.getByRole('tree', { name: 'Collections' });
  }

  row(title: string): Locator {
    return this.rows.filter({ hasText: title });
  }

  collection(name: string): Locator {
    return this.tree.getByRole('treeitem').filter({ hasText: name });
  }

  /** The titles of the list in its order; for lists that are short enough to be in the page as a whole. */
  async titles(): Promise<string[]> {
    return titlesOf(this.rows);
  }

  /** The titles of the rows that are selected, in the list's order. */
  async selectedTitles(): Promise<string[]> {
    return titlesOf(this.selected);
  }

  /** The title of the row that the keyboard is on. */
  async focusedTitle(): Promise<string | undefined> {
    const id = await this.list.getAttribute('aria-activedescendant');
    if (id === null) return undefined;
    return (await this.page.locator(`[id="${id}"] [title]`).textContent()) ?? undefined;
  }

  /** Puts the keyboard on the first row. */
  async focusFirst(): Promise<void> {
    await this.list.focus();
    await this.page.keyboard.press('Home');
  }

  async sortBy(key: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Sort by' }).selectOption({ label: key });
  }

  async turnSort(): Promise<void> {
    await this.page.getByRole('button', { name: /^(Ascending|Descending):/ }).click();
  }

  async goTo(place: string): Promise<void> {
    await this.sidebar.getByRole('button', { name: new RegExp(`^${place}`) }).click();
  }

  /** Selects these with the mouse, adding each to those before. */
  async select(...titles: readonly string[]): Promise<void> {
    for (const [index, title] of titles.entries())
      await this.row(title).click(index === 0 ? {} : { modifiers: ['ControlOrMeta'] });
    await expect(this.selected).toHaveCount(titles.length);
  }

  async setStatus(status: string): Promise<void> {
    await this.bulk.getByRole('button', { name: 'Reading status' }).click();
    await this.page.getByRole('menuitem', { name: status, exact: true }).click();
  }

  /** Adds a tag to what is selected. */
  async addTag(tag: string): Promise<void> {
    await this.bulk.getByRole('button', { name: 'Tags…' }).click();
    await this.dialog.getByRole('combobox', { name: 'Add a tag' }).fill(tag);
    await this.page.keyboard.press('Enter');
    await expect(this.dialog.getByRole('button', { name: `Remove tag ${tag}` })).toBeVisible();
    await this.dialog.getByRole('button', { name: 'Done' }).click();
  }

  async toTrash(): Promise<void> {
    await this.bulk.getByRole('button', { name: 'Move to Trash' }).click();
  }

  /** Undoes from the keyboard, and waits until the page says what was undone. */
  async undo(step: string): Promise<void> {
    // A list shows a change before it is on disk; the dialog that made it, which has the keyboard, closes after.
    await expect(this.dialog).toBeHidden();
    await this.page.keyboard.press('Control+Z');
    await expect(this.toasts.getByText(`Undone: ${step}`).last()).toBeVisible();
  }

  async createCollection(name: string): Promise<void> {
    await this.sidebar.getByRole('button', { name: 'New collection', exact: true }).click();
    await this.nameCollection(name, 'Create');
    await expect(this.collection(name)).toBeVisible();
  }

  /** An action of the collection that is shown. */
  async collectionAction(action: string): Promise<void> {
    await this.sidebar.getByRole('button', { name: 'Actions for this collection' }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  /** Fills in the dialog that asks for a name. */
  async nameCollection(name: string, button: 'Create' | 'Save'): Promise<void> {
    await this.dialog.getByRole('textbox', { name: 'Name of the collection' }).fill(name);
    await this.dialog.getByRole('button', { name: button }).click();
    await expect(this.dialog).toBeHidden();
  }

  /** The tree as it is shown: level and name of each line. */
  async treeLines(): Promise<string[]> {
    return this.tree
      .getByRole('treeitem')
      .evaluateAll((items) =>
        items.map((item) => `${item.ariaLevel} ${item.querySelector('[dir]')?.textContent ?? ''}`),
      );
  }
}
