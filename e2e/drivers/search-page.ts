import { expect, type Locator } from '@playwright/test';
import type { RunningApp } from './fixtures';

/** The search box of the app and what it finds. The focus stays in the box, as for a reader. */
export class SearchPage {
  readonly #app: RunningApp;

  constructor(app: RunningApp) {
    this.#app = app;
  }

  get page() {
    return this.#app.page;
  }

  get box(): Locator {
    return this.page.getByRole('combobox', { name: 'Search the library' });
  }

  get results(): Locator {
    return this.page.getByRole('listbox', { name: 'Search results' }).getByRole('option');
  }

  /** Types the words in place of those that are there, and waits for the answer to all of them. */
  async find(words: string): Promise<void> {
    await this.box.waitFor();
    await this.page.keyboard.press('Control+Shift+F');
    await expect(this.box).toBeFocused();
    await this.page.keyboard.type(words);
    await expect(this.page.locator(`[data-answers=${JSON.stringify(words)}]`)).toBeVisible();
  }
}
