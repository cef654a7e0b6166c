import { expect, type Locator } from '@playwright/test';
import type { RunningApp } from './fixtures';

export type Tab = 'Inbox' | 'To read' | 'Reading' | 'Read';

/** What a reader does on the reading list, by the names that the page shows. */
export class ReadingListPage {
  readonly #app: RunningApp;

  constructor(app: RunningApp) {
    this.#app = app;
  }

  get page() {
    return this.#app.page;
  }

  get items(): Locator {
    return this.page.getByRole('tabpanel').locator('li[aria-posinset]');
  }

  item(title: string): Locator {
    return this.items.filter({ hasText: title });
  }

  handle(title: string): Locator {
    return this.page.getByRole('button', { name: `Move ${title}` });
  }

  tab(name: Tab): Locator {
    // The name has the count after it.
    return this.page.getByRole('tab', { name: new RegExp(`^${name}\\s*\\d*$`) });
  }

  /** Goes there from anywhere. */
  async show(tab: Tab): Promise<void> {
    const sidebar = this.page.getByRole('navigation', { name: 'Library navigation' });
    await sidebar.getByRole('button', { name: new RegExp(`^${tab}\\s*\\d*$`) }).click();
    await expect(this.tab(tab)).toHaveAttribute('aria-selected', 'true');
  }

  async titles(): Promise<string[]> {
    return this.items.evaluateAll((items) =>
      items
        .sort((a, b) => Number(a.ariaPosInSet) - Number(b.ariaPosInSet))
        .map((item) => item.querySelector('[dir=auto][lang]')?.textContent ?? ''),
    );
  }

  /** Takes a row by its handle to another height in the list: in rows from its top, so 0 is before the first. */
  async drag(title: string, gap: number): Promise<void> {
    const { mouse } = this.page;
    const handle = await this.handle(title).boundingBox();
    const list = await this.page.getByRole('tabpanel').locator('ul').boundingBox();
    const row = await this.items.first().boundingBox();
    if (handle === null || list === null || row === null) throw new Error('the list is not in view');
    const x = handle.x + handle.width / 2;
    const to = list.y + gap * row.height;
    await mouse.move(x, handle.y + handle.height / 2);
    await mouse.down();
    await mouse.move(x + 30, to, { steps: 8 });
  }

  async drop(): Promise<void> {
    await this.page.mouse.up();
  }
}
