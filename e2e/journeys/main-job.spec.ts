import { expect, type RunningApp, test } from '../drivers/fixtures';
import { ImportPage, sampleAs } from '../drivers/import-page';
import type { ReaderPage } from '../drivers/reader-page';
import { SearchPage } from '../drivers/search-page';

const TITLE = 'How transplanted cells find an injured liver';

/** Counts what a pointer does in the page, so that a mouse used by mistake fails the journey. */
const watchPointer = ({ page }: RunningApp): Promise<void> =>
  page.evaluate(() => {
    document.body.dataset['pointed'] = '0';
    addEventListener('pointerdown', () => {
      document.body.dataset['pointed'] = '1';
    });
  });
const expectNoPointer = ({ page }: RunningApp) =>
  expect(page.locator('body')).toHaveAttribute('data-pointed', '0');

/** Pastes, looks at the preview and saves. */
const bringIn = async (app: RunningApp, reader: ReaderPage): Promise<void> => {
  const importing = new ImportPage(app);
  await importing.paste(sampleAs(TITLE));
  await expect(importing.heading).toBeFocused();
  await expect(importing.field('Title')).toHaveValue(TITLE);
  await expect(importing.field('Authors')).toHaveValue('BERG, Anna\nZHANG, Liaoyun');
  await app.page.keyboard.press('Control+Enter');
  await reader.isOpen();
  await expect(reader.frame.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
};

/** Highlights the second and third word of the text, and gives the three after them a note. */
const mark = async ({ page }: RunningApp, reader: ReaderPage): Promise<void> => {
  const { keyboard } = page;
  await expect(page.locator('iframe')).toBeFocused();
  await keyboard.press('F7');
  await expect(page.getByText('Keyboard selection:')).toBeVisible();
  await keyboard.press('Control+ArrowRight');
  for (let word = 0; word < 2; word += 1) await keyboard.press('Control+Shift+ArrowRight');
  await expect(reader.toolbar).toBeVisible();
  await keyboard.press('1');
  await expect.poll(() => reader.painted('Finding')).toEqual(['stem cells']);
  for (let word = 0; word < 3; word += 1) await keyboard.press('Control+Shift+ArrowRight');
  await keyboard.press('n');
  await expect(reader.panel.getByRole('textbox', { name: 'Note, in Markdown' })).toBeFocused();
  await keyboard.type('Ask the **transplant** unit');
  await keyboard.press('Control+Enter');
  await expect(reader.panel.getByText('Ask the transplant unit')).toBeVisible();
  await keyboard.press('Escape');
};

const status = ({ page }: RunningApp) =>
  page.getByRole('main').getByRole('combobox', { name: 'Reading list' });

/** Finds the article by these words and opens it where they stand. */
const findAndOpen = async (app: RunningApp, reader: ReaderPage, words: string, marked: string) => {
  const search = new SearchPage(app);
  await search.find(words);
  await expect(search.results.first()).toContainText(TITLE);
  await expect(search.results.first().locator('mark').first()).toHaveText(marked);
  await app.page.keyboard.press('Enter');
  await reader.isOpen();
  await expect(reader.frame.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
};

test('the whole main job, with the keyboard alone', async ({ app, reader }) => {
  await watchPointer(app);
  await bringIn(app, reader);
  await mark(app, reader);

  await app.page.keyboard.press('Alt+2');
  await expect(status(app)).toHaveValue('to-read');
  await app.page.keyboard.press('Control+2');
  await expect(app.page.getByRole('tab', { name: 'To read' })).toHaveAttribute('aria-selected', 'true');
  await expect(app.page.getByRole('main').getByRole('listitem').filter({ hasText: TITLE })).toBeVisible();

  // Of the abstract; what is found is painted in the text.
  await findAndOpen(app, reader, 'paracrine', 'paracrine');
  await expect.poll(() => reader.ranges('find-current')).toBe(1);
  await expect(status(app)).toHaveValue('reading');
  await app.page.keyboard.press('Control+1');
  await findAndOpen(app, reader, 'transplant unit', 'transplant');
  await expect.poll(() => reader.ranges('active')).toBe(1);
  await expectNoPointer(app);

  await app.restart();
  await watchPointer(app);
  await reader.openByKeyboard(new RegExp(TITLE));
  await expect.poll(() => reader.painted('Finding')).toHaveLength(2);
  await expect(reader.annotations.first()).toHaveText('stem cells');
  await expect(reader.panel.getByText('Ask the transplant unit')).toBeVisible();
  await expect(status(app)).toHaveValue('reading');
  await app.page.keyboard.press('Control+1');
  await findAndOpen(app, reader, 'transplant unit', 'transplant');
  await expectNoPointer(app);
});
