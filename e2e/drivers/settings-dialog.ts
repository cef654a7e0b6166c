import { expect, type Locator } from '@playwright/test';
import type { RunningApp } from './fixtures';

/** The settings, by the names of the controls in whichever language the page speaks. */
export class SettingsDialog {
  readonly #app: RunningApp;

  constructor(app: RunningApp) {
    this.#app = app;
  }

  get page() {
    return this.#app.page;
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** From anywhere, also from inside an article. */
  async open(): Promise<void> {
    await this.page.keyboard.press('Control+,');
    await expect(this.dialog).toBeVisible();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.dialog).toBeHidden();
  }

  async choose(name: string, option: string): Promise<void> {
    await this.dialog.getByRole('combobox', { name }).selectOption({ label: option });
  }

  async setAmount(name: string, value: number): Promise<void> {
    await this.dialog.getByRole('slider', { name }).fill(String(value));
  }
}
