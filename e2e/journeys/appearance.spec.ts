import type { Page } from '@playwright/test';
import { expect, test } from '../drivers/fixtures';
import type { ReaderPage } from '../drivers/reader-page';
import { SettingsDialog } from '../drivers/settings-dialog';

test.use({
  seed: {
    articles: [
      {
        title: 'Portal hypertension',
        fields: { abstract: 'Beta blockers reduce the pressure. '.repeat(40).trim() },
      },
    ],
  },
});

const THEMES = ['light', 'sepia', 'dark'] as const;

/** Background and words of the page, as they are painted. */
const coloursOf = (page: Page) =>
  page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.body);
    return `${backgroundColor} ${color}`;
  });

/** The same of the reading frame, of which the background may be that of its root. */
const frameColours = (reader: ReaderPage) =>
  reader.text.evaluate((main) => {
    const { body, documentElement: root } = main.ownerDocument;
    const clear = 'rgba(0, 0, 0, 0)';
    const own = getComputedStyle(body).backgroundColor;
    const background = own === clear ? getComputedStyle(root).backgroundColor : own;
    return `${background} ${getComputedStyle(main).color}`;
  });

const shown = (page: Page) => page.locator('html').getAttribute('data-theme');

test('each theme has colours of its own in page and article, and is remembered', async ({ app, reader }) => {
  const settings = new SettingsDialog(app);
  await reader.open('Portal hypertension');
  const [pages, frames] = [new Set<string>(), new Set<string>()];
  for (const theme of THEMES) {
    await settings.open();
    await settings.choose('Theme', theme[0]?.toUpperCase() + theme.slice(1));
    await expect.poll(() => shown(app.page)).toBe(theme);
    await expect(reader.frame.locator('html')).toHaveAttribute('data-theme', theme);
    await settings.close();
    pages.add(await coloursOf(app.page));
    frames.add(await frameColours(reader));
  }
  expect([pages.size, frames.size]).toEqual([3, 3]);
  await app.restart();
  await expect.poll(() => shown(app.page)).toBe('dark');
  expect(pages).toContain(await coloursOf(app.page));
});

test('the theme follows the system while it changes, unless one was chosen', async ({ app, reader }) => {
  const settings = new SettingsDialog(app);
  await app.page.emulateMedia({ colorScheme: 'light' });
  await reader.open('Portal hypertension');
  for (const colorScheme of ['dark', 'light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme });
    await expect.poll(() => shown(app.page)).toBe(colorScheme);
    await expect(reader.frame.locator('html')).toHaveAttribute('data-theme', colorScheme);
  }
  await settings.open();
  await settings.choose('Theme', 'Sepia');
  await expect.poll(() => shown(app.page)).toBe('sepia');
  await app.page.emulateMedia({ colorScheme: 'light' });
  expect(await shown(app.page)).toBe('sepia');
  await settings.choose('Theme', 'Follow the system');
  await expect.poll(() => shown(app.page)).toBe('light');
});

/** How a paragraph of the abstract is set. */
const typographyOf = (reader: ReaderPage) =>
  reader.frame
    .getByText('Beta blockers')
    .first()
    .evaluate((element) => {
      const { fontSize, lineHeight, fontFamily } = getComputedStyle(element);
      return {
        size: Number.parseFloat(fontSize),
        lineHeight: Number.parseFloat(lineHeight) / Number.parseFloat(fontSize),
        isSerif: !fontFamily.includes('sans-serif') && !fontFamily.includes('system-ui'),
        width: Math.round(element.getBoundingClientRect().width),
      };
    });

test('the typography of an article is set as the reader wants it, and remembered', async ({
  app,
  reader,
}) => {
  const settings = new SettingsDialog(app);
  await reader.open('Portal hypertension');
  const before = await typographyOf(reader);
  expect(before).toMatchObject({ size: 18, isSerif: true });
  expect(before.lineHeight).toBeCloseTo(1.6);
  await settings.open();
  await settings.choose('Typeface', 'Sans serif');
  await settings.setAmount('Text size', 22);
  await settings.setAmount('Line height', 2);
  await expect.poll(async () => (await typographyOf(reader)).lineHeight).toBeCloseTo(2);
  await expect.poll(() => typographyOf(reader)).toMatchObject({ size: 22, isSerif: false });
  const wide = (await typographyOf(reader)).width;
  await settings.setAmount('Line length', 45);
  await expect.poll(async () => (await typographyOf(reader)).width).toBeLessThan(wide);
  await settings.close();
  await app.page.keyboard.press('Control+=');
  await expect.poll(() => typographyOf(reader)).toMatchObject({ size: 23 });
  await app.page.keyboard.press('Control+-');
  await app.page.keyboard.press('Control+-');
  await expect.poll(() => typographyOf(reader)).toMatchObject({ size: 21 });
  const chosen = await typographyOf(reader);
  await app.restart();
  await reader.open('Portal hypertension');
  await expect.poll(() => typographyOf(reader)).toEqual(chosen);
});

test('a line holds 60 to 75 characters, as it is set at first', async ({ app, reader }) => {
  await reader.open('Portal hypertension');
  await app.page.keyboard.press('Escape');
  const characters = await reader.frame
    .getByText('Beta blockers')
    .first()
    .evaluate((element) => {
      const words = element.ownerDocument.createRange();
      words.selectNodeContents(element);
      const lines = new Set([...words.getClientRects()].map(({ top }) => Math.round(top)));
      return (element.textContent ?? '').length / lines.size;
    });
  expect(characters).toBeGreaterThanOrEqual(60);
  expect(characters).toBeLessThanOrEqual(75);
});

test('the language changes to Chinese and back, and is remembered', async ({ app, reader }) => {
  const settings = new SettingsDialog(app);
  const html = () => app.page.locator('html');
  await expect(html()).toHaveAttribute('lang', 'en');
  await settings.open();
  await settings.choose('Language', '简体中文');
  await expect(app.page.getByRole('heading', { level: 2, name: '设置' })).toBeVisible();
  await settings.close();
  await expect(html()).toHaveAttribute('lang', 'zh-CN');
  await expect(app.page.getByRole('heading', { level: 1, name: '文献库' })).toBeVisible();
  await expect(app.page.getByText('1 篇文献', { exact: true })).toBeVisible();
  await app.restart();
  await expect(app.page.getByRole('heading', { level: 1, name: '文献库' })).toBeVisible();
  await app.page.keyboard.press('?');
  await expect(app.page.getByRole('dialog').getByText('转到阅读列表')).toBeVisible();
  await app.page.keyboard.press('Escape');
  await settings.open();
  await settings.choose('语言', 'English');
  await settings.close();
  await reader.open('Portal hypertension');
  await expect(html()).toHaveAttribute('lang', 'en');
});

test('a system in Chinese is spoken to in Chinese', async ({ app, browser }) => {
  const { origin } = new URL(app.page.url());
  const context = await browser.newContext({
    locale: 'zh-CN',
    storageState: await app.page.context().storageState(),
  });
  const page = await context.newPage();
  await page.goto(origin);
  await expect(page.getByRole('heading', { level: 1, name: '文献库' })).toBeVisible();
  await context.close();
});
