import type { Page } from '@playwright/test';
import { axeComplaints } from '../drivers/axe';
import { expect, test } from '../drivers/fixtures';
import type { ReaderPage } from '../drivers/reader-page';

interface Screen {
  readonly name: string;
  /** Leads there from the library. */
  readonly show: (page: Page, reader: ReaderPage) => Promise<void>;
}

const press = (keys: string) => (page: Page) => page.keyboard.press(keys);

const screens: readonly Screen[] = [
  { name: 'library', show: async () => {} },
  {
    name: 'library with a selection',
    show: async (page) => {
      await page.getByRole('listbox').focus();
      await page.keyboard.press('Control+a');
      await page.getByRole('toolbar').waitFor();
    },
  },
  {
    name: 'an article with marks',
    show: async (_page, reader) => {
      await reader.open(/homing ability/);
      await reader.select('Mesenchymal stem cells');
      await reader.highlight('Finding');
      await expect(reader.annotations).toHaveCount(1);
    },
  },
  { name: 'a stub', show: (_page, reader) => reader.open(/caffeic acid/) },
  { name: 'reading list, empty', show: press('Control+2') },
  {
    name: 'reading list',
    show: async (page) => {
      await page.keyboard.press('Control+2');
      await page.getByRole('tab', { name: 'Inbox' }).click();
      await page.getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'Trash',
    show: async (page) => page.getByRole('navigation').getByRole('button', { name: 'Trash' }).click(),
  },
  {
    name: 'search results',
    show: async (page) => {
      await page.getByRole('combobox', { name: 'Search the library' }).fill('homing');
      await page.getByRole('listbox', { name: /result/i }).waitFor();
    },
  },
  { name: 'settings', show: press('Control+,') },
  { name: 'command palette', show: press('Control+k') },
  { name: 'shortcut help', show: press('?') },
  {
    name: 'article details',
    show: async (page) => {
      await page.getByRole('listbox').focus();
      await page.keyboard.press('e');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'tags',
    show: async (page) => {
      await page.getByRole('listbox').focus();
      await page.keyboard.press('t');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'import preview',
    show: async (page) => {
      await page.evaluate(() =>
        navigator.clipboard.writeText('A new title\nJournal of Hepatology 2024;80(1):1-9'),
      );
      await page.keyboard.press('Control+v');
      await page.getByRole('heading', { name: 'Add articles' }).waitFor();
    },
  },
];

for (const theme of ['light', 'sepia', 'dark'] as const)
  test.describe(`in the ${theme} theme`, () => {
    for (const { name, show } of screens)
      test(name, async ({ app, reader }) => {
        await app.page.getByRole('listbox').waitFor();
        await app.page.keyboard.press('Control+k');
        await app.page.getByRole('combobox', { name: 'Type a command' }).fill(`${theme} theme`);
        await app.page.keyboard.press('Enter');
        await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme);
        await show(app.page, reader);
        // Colours fade in; half way they would be measured wrongly.
        await app.page.waitForTimeout(300);
        expect(await axeComplaints(app.page)).toEqual([]);
      });
  });

test('the check sees into the reading frame', async ({ app, reader }) => {
  await reader.open(/homing ability/);
  await reader.text.evaluate((text) => {
    const picture = text.ownerDocument.createElement('img');
    picture.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
    text.append(picture);
  });
  expect((await axeComplaints(app.page)).join()).toContain('image-alt');
});
