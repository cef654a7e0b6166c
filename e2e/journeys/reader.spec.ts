import { expect, test } from '../drivers/fixtures';
import type { SeedArticle } from '../drivers/seed';

const SECTIONS = 60;
const sentence = (section: number, index: number): string =>
  `In section ${section}, finding ${index} was seen in ${(section * 37 + index * 11) % 97} of 120 patients with cirrhosis. `;
const body = Array.from({ length: SECTIONS }, (_, section) => [
  { level: 1, text: section === 3 ? '结果' : `Section ${section}` },
  ...[0, 1, 2].map((paragraph) => ({
    level: 0,
    text:
      section === 3
        ? '慢性乙型肝炎患者应用恩替卡韦治疗后，血清HBV DNA水平明显下降。'
        : [0, 1, 2, 3].map((index) => sentence(section, paragraph * 4 + index)).join(''),
  })),
]).flat();
const allSentences = Array.from({ length: SECTIONS }, (_, section) =>
  section === 3 ? [] : Array.from({ length: 12 }, (_, index) => sentence(section, index).trim()),
).flat();

const LONG = /^A long article$/;

const hostile = '<img src="http://127.0.0.1:9/x" onerror="parent.stolen=1"><script>parent.stolen=1</script>';

const articles: SeedArticle[] = [
  { title: 'A long article', body, fields: { abstract: 'Short.', DOI: '10.1000/long', language: 'en' } },
  {
    title: 'A long article, much marked',
    body,
    marks: allSentences.slice(0, 500).map((words) => ({ words })),
  },
  {
    title: `Hostile ${hostile}`,
    fields: {
      abstract: `Before ${hostile} after`,
      author: [{ literal: hostile }],
      vernacularTitle: hostile,
      keyword: [hostile],
      otherIds: [{ scheme: hostile, value: hostile }],
      URL: 'javascript:parent.stolen=1',
    },
    marks: [
      { words: 'after', note: `${hostile} ![x](http://127.0.0.1:9/y) [l](javascript:parent.stolen=1)` },
    ],
  },
];

test.describe('the sample', () => {
  test('shows what is known of it, its related articles, and takes it along the reading list', async ({
    app,
    reader,
  }) => {
    await reader.open(/Influencing factors for the homing ability/);
    const { frame } = reader;
    await expect(frame.getByRole('heading', { level: 1 })).toContainText('homing ability');
    await expect(frame.getByText('Yuxin LIU, Liaoyun ZHANG')).toBeVisible();
    await expect(frame.getByText('Journal of Clinical Hepatology 2025; 41(3)')).toBeVisible();
    await expect(frame.locator('.related li')).toHaveCount(5);
    await frame.getByRole('button', { name: /^Put on the reading list: Role and mechanism/ }).click();
    await expect(frame.getByText('On the reading list: To read')).toBeVisible();
    await frame.getByRole('button', { name: 'Mark as read' }).click();
    await expect(app.page.getByRole('combobox', { name: 'Reading list' })).toHaveValue('read');
    await expect(frame.locator('.end').getByText('Read', { exact: true })).toBeVisible();

    await frame.getByRole('button', { name: 'Role and mechanism of caffeic acid' }).first().click();
    await expect(frame.getByText('Only a stub')).toBeVisible();
    // It was to read, and is opened now.
    await expect(app.page.getByRole('combobox', { name: 'Reading list' })).toHaveValue('reading');
  });
});

test.describe('a long article', () => {
  test.use({ seed: { articles } });

  test('keeps the place to the paragraph, over a restart', async ({ app, reader }) => {
    await reader.open(LONG);
    await app.page.keyboard.press('Control+Shift+O');
    await reader.scrollTo(sentence(30, 4).trim());
    await expect(app.page.getByRole('button', { name: 'Section 30' })).toHaveAttribute(
      'aria-current',
      'location',
    );
    const before = await reader.topBlock();
    expect(before).toMatch(/^b\d+$/);
    await app.page.waitForTimeout(700);
    await app.restart();
    await reader.open(LONG);
    expect(await reader.topBlock()).toBe(before);
    await expect(app.page.getByRole('progressbar', { name: 'Read so far' })).not.toHaveAttribute(
      'value',
      '1',
    );
  });

  test('goes to a heading from the contents, and sets Chinese as Chinese', async ({ app, reader }) => {
    await reader.open(LONG);
    await app.page.keyboard.press('Control+Shift+O');
    await app.page.getByRole('button', { name: '结果' }).click();
    await expect(app.page.getByRole('button', { name: '结果' })).toHaveAttribute('aria-current', 'location');
    const chinese = reader.text.getByText('慢性乙型肝炎').first();
    await expect(chinese).toHaveAttribute('lang', 'zh');
    await expect(chinese).toBeInViewport();
  });

  test('finds words without regard to case, counts them and steps through them', async ({ app, reader }) => {
    const { keyboard } = app.page;
    await reader.open(LONG);
    await keyboard.press('Control+f');
    const field = app.page.getByRole('searchbox', { name: 'Find in this article' });
    await expect(field).toBeFocused();
    await keyboard.type('SECTION 31, finding');
    await expect(app.page.getByText('1 of 12', { exact: true })).toBeVisible();
    await keyboard.press('Enter');
    await expect(app.page.getByText('2 of 12', { exact: true })).toBeVisible();
    await keyboard.press('Shift+Enter');
    await keyboard.press('Shift+Enter');
    await expect(app.page.getByText('12 of 12', { exact: true })).toBeVisible();
    expect([await reader.ranges('find'), await reader.ranges('find-current')]).toEqual([12, 1]);
    await expect(reader.text.getByText('In section 31, finding 11').first()).toBeInViewport();
    await field.fill('no such words');
    await expect(app.page.getByText('Not found')).toBeVisible();
    await keyboard.press('Escape');
    await expect(field).toBeHidden();
    expect(await reader.ranges('find')).toBe(0);
    await expect(app.page.locator('iframe')).toBeFocused();
  });

  test('is set as the reader chose, at once and after a restart', async ({ app, reader }) => {
    const look = () =>
      reader.text.evaluate((root) => {
        const style = root.ownerDocument.defaultView?.getComputedStyle(root.ownerDocument.documentElement);
        return { background: style?.backgroundColor, size: style?.fontSize };
      });
    await reader.open(LONG);
    const before = await look();
    await app.page.keyboard.press('Control+=');
    await expect.poll(look).toEqual({ ...before, size: '19px' });
    await app.page.keyboard.press('Control+k');
    await expect(app.page.getByRole('dialog')).toBeVisible();
    await app.page.keyboard.type('dark');
    await app.page.keyboard.press('Enter');
    await expect.poll(async () => (await look()).background).toBe('rgb(27, 27, 32)');
    await app.restart();
    await reader.open(LONG);
    expect(await look()).toEqual({ background: 'rgb(27, 27, 32)', size: '19px' });
  });

  test('paints 500 marks at once, and a new one in the next frame', async ({ app, reader }) => {
    await app.page.evaluate(() => {
      const long: number[] = [];
      Object.assign(window, { longTasks: long });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) long.push(Math.round(entry.duration));
      }).observe({ type: 'longtask' });
    });
    await reader.open('A long article, much marked');
    await expect.poll(async () => (await reader.painted('Finding')).length).toBe(500);
    const tasks = await app.page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
    console.info('long tasks while opening an article with 500 annotations (ms):', tasks);

    await reader.scrollTo('慢性乙型肝炎患者');
    await reader.select('慢性乙型肝炎患者');
    const frames = await reader.framesUntilPainted('1', 501);
    console.info('frames until a new mark among 500 is painted:', frames);
    expect(frames).toBeLessThanOrEqual(3);
  });
});

test.describe('hostile content', () => {
  test.use({ seed: { articles } });

  test('is shown as the text that it is: nothing runs, nothing is fetched', async ({ app, reader }) => {
    const requests: string[] = [];
    app.page.on('request', (request) => requests.push(request.url()));
    await reader.open('Hostile');
    await expect(reader.frame.getByRole('heading', { level: 1 })).toContainText('<script>parent.stolen=1');
    await expect(reader.text).toContainText('onerror="parent.stolen=1"');
    await expect(reader.panel.getByText('<img src=').first()).toBeVisible();
    for (const place of [reader.frame, reader.panel]) await expect(place.locator('a[href]')).toHaveCount(0);
    for (const place of [reader.frame.locator('img, script'), reader.panel.locator('img, script')])
      await expect(place).toHaveCount(0);
    expect(await app.page.evaluate(() => 'stolen' in window)).toBe(false);
    expect(app.page.context().pages()).toHaveLength(1);
    expect(requests.filter((url) => url.includes(':9/'))).toEqual([]);
    await reader.isOpen();
  });
});
