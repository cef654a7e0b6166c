import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { RunningApp } from './fixtures';

const sample = readFileSync(join(import.meta.dirname, '../../resources/sample/europub-768460.txt'), 'utf8');

/** The sample as a page of another article, which a new library does not know. */
export const sampleAs = (title: string): string =>
  sample
    .replace(/^.*Influencing factors for the homing ability.*$/m, title)
    .replace('Yuxin LIU', 'Anna BERG');

/** The ways in come with a part of the page that is loaded after the list. */
export const waysIn = (page: Page): Promise<void> =>
  page.locator('input[type=file]').waitFor({ state: 'attached' });

/** The preview of what is brought in. */
export class ImportPage {
  readonly #app: RunningApp;

  constructor(app: RunningApp) {
    this.#app = app;
  }

  get page() {
    return this.#app.page;
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { name: 'Add articles', level: 1 });
  }

  field(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  /** The text is on the clipboard, as if copied elsewhere, and Ctrl+V is pressed. */
  async paste(text: string): Promise<void> {
    await waysIn(this.page);
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.page.keyboard.press('Control+V');
  }
}
