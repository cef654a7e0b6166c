import type { Page } from '@playwright/test';
import { catalogueOf } from '#shared/messages/catalogue';
import type { MessageTree } from '#shared/messages/define';
import { expect, test } from '../drivers/fixtures';
import { sampleAs, waysIn } from '../drivers/import-page';

const leaves = (tree: MessageTree, path = ''): [key: string, text: string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  );
const messagesOf = (language: 'en' | 'zh-CN') =>
  new Map(Object.entries(catalogueOf(language)).flatMap(([feature, tree]) => leaves(tree, `${feature}.`)));
const chinese = messagesOf('zh-CN');

/** What must not be shown: every English message as a pattern, but those that are the same in both languages. */
const english = [...messagesOf('en')]
  .filter(([key, text]) => chinese.get(key) !== text && text.replaceAll(/\{\{.*?\}\}|\P{L}/gu, '').length > 3)
  .map(([, text]) => {
    const parts = text.split(/\{\{.*?\}\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 's');
  });

/** What the page and its frames show or say, piece by piece, without what the articles themselves say. */
const shown = async (page: Page): Promise<string[]> => {
  const pieces = await Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(() => {
        const NAMES = ['aria-label', 'placeholder', 'title', 'alt', 'aria-valuetext', 'aria-description'];
        const texts: string[] = [document.title];
        for (const element of document.querySelectorAll('body *')) {
          // Keys are called what is printed on them, and a pasted text stays what it is.
          if (element.matches('script, style, kbd, bdi')) continue;
          for (const name of NAMES) texts.push(element.getAttribute(name) ?? '');
          if (!element.checkVisibility() && !element.matches('option, [role=status]')) continue;
          for (const node of element.childNodes) if (node instanceof Text) texts.push(node.data);
          // Words that stand in several nodes.
          if (element.childElementCount === 0) texts.push(element.textContent ?? '');
        }
        return texts;
      }),
    ),
  );
  return [...new Set(pieces.flat().map((text) => text.trim()))].filter((text) => text !== '');
};

const englishOn = async (page: Page): Promise<string[]> =>
  (await shown(page)).filter((text) => english.some((pattern) => pattern.test(text)));

interface Screen {
  readonly name: string;
  readonly show: (page: Page) => Promise<unknown>;
  /** In sight when the screen is there. */
  readonly has: string;
}

const list = (page: Page) => page.getByRole('listbox', { name: '文献' });
const openFirst = async (page: Page) => {
  await page.keyboard.press('Control+1');
  await list(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.locator('iframe[data-shown="true"]').waitFor();
};
const press =
  (...keys: readonly string[]) =>
  async (page: Page) => {
    for (const key of keys) await page.keyboard.press(key);
  };

/** In this order; each can be reached from the one before. */
const screens: readonly Screen[] = [
  { name: 'library', show: async () => {}, has: '按状态筛选' },
  {
    name: 'selection',
    show: async (page) => {
      await list(page).focus();
      await press('Control+a')(page);
    },
    has: '对所选文献的操作',
  },
  {
    name: 'details',
    show: async (page) => {
      await press('Escape')(page);
      await list(page).focus();
      await press('e')(page);
    },
    has: '原文标题',
  },
  {
    name: 'tags',
    show: async (page) => {
      await press('Escape')(page);
      await list(page).focus();
      await press('t')(page);
    },
    has: '添加标签',
  },
  { name: 'reading list', show: press('Escape', 'Control+2'), has: '阅读状态' },
  {
    name: 'Trash',
    show: (page) => page.getByRole('navigation').getByRole('button', { name: '回收站' }).click(),
    has: '回收站是空的',
  },
  {
    name: 'search',
    show: async (page) => {
      await press('Control+Shift+f')(page);
      await page.keyboard.type('homing');
    },
    has: '搜索结果',
  },
  {
    name: 'search, nothing found',
    show: async (page) => {
      await press('Control+a')(page);
      await page.keyboard.type('xylophone');
    },
    has: '没有找到相关文献。',
  },
  {
    name: 'reader',
    show: async (page) => {
      await press('Escape', 'Escape')(page);
      await openFirst(page);
    },
    has: '阅读进度',
  },
  { name: 'keyboard selection', show: press('F7', 'Control+Shift+ArrowRight'), has: '标注所选文字' },
  { name: 'note', show: press('n'), has: '笔记（Markdown）' },
  { name: 'annotations', show: press('Control+Enter'), has: '删除标注' },
  { name: 'find', show: press('Escape', 'Control+f'), has: '在本文中查找' },
  { name: 'contents', show: press('Escape', 'Control+Shift+o'), has: '目录' },
  { name: 'palette', show: press('Control+k'), has: '输入命令' },
  { name: 'help', show: press('Escape', 'Control+1', '?'), has: '单字母快捷键在光标不在输入框中时有效。' },
  { name: 'settings', show: press('Escape', 'Control+,'), has: '每行长度' },
  {
    name: 'import',
    show: async (page) => {
      await press('Escape')(page);
      await waysIn(page);
      await page.evaluate((text) => navigator.clipboard.writeText(text), sampleAs('A title'));
      await press('Control+v')(page);
    },
    has: '识别出的字段',
  },
  { name: 'after saving', show: press('Control+Enter'), has: '撤销' },
];

const walk = async (page: Page): Promise<void> => {
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  for (const { name, show, has } of screens)
    await test.step(name, async () => {
      await show(page);
      await expect(async () => expect((await shown(page)).join('\n')).toContain(has)).toPass();
      expect(await englishOn(page), name).toEqual([]);
    });
};

test.describe('the system speaks Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('and so does every screen', async ({ app }) => walk(app.page));
});

test('Chinese is chosen in the settings: every screen speaks it, after a restart too, and English again', async ({
  app,
}) => {
  await expect.poll(async () => (await englishOn(app.page)).length).toBeGreaterThan(10);
  await app.page.keyboard.press('Control+,');
  await app.page.getByRole('combobox', { name: 'Language' }).selectOption('简体中文');
  await expect(app.page.getByRole('dialog', { name: '设置' })).toBeVisible();
  await app.page.keyboard.press('Escape');
  await walk(app.page);
  await app.restart();
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(list(app.page)).toBeVisible();
  await app.page.keyboard.press('Control+,');
  await app.page.getByRole('combobox', { name: '语言' }).selectOption('English');
  await expect(app.page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});
