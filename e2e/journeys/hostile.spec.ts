import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../drivers/fixtures';
import { waysIn } from '../drivers/import-page';
import type { ReaderPage } from '../drivers/reader-page';
import { SearchPage } from '../drivers/search-page';
import { type Watch, watch } from '../drivers/watch';

/** For a machine without the long list. */
const FEW = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)//',
  '</title><script src=//example.org/x.js></script>',
  '<iframe srcdoc="<script>parent.alert(1)</script>">',
  '<style>@import "//example.org/x.css";</style>',
  '[click](javascript:alert(1)) ![image](//example.org/x.png)',
  '</iframe></textarea><body onload=print()><form action=javascript:prompt(1)>',
];
const LIST = join(import.meta.dirname, '../../../shared/data/hostile/xss/payloads.txt');
const payloads = existsSync(LIST) ? readFileSync(LIST, 'utf8').split('\n').filter(Boolean) : FEW;
if (payloads === FEW) console.log(`hostile.spec.ts: ${FEW.length} strings only, for there is no ${LIST}`);

/** A row shows at least so much of a title. */
const ROW_TITLE = 200;
const PER_ARTICLE = Math.min(84, Math.ceil(payloads.length / 2));
const batches = Array.from({ length: Math.ceil(payloads.length / PER_ARTICLE) }, (_, n) =>
  payloads.slice(n * PER_ARTICLE, (n + 1) * PER_ARTICLE),
);

// Its recorder runs scripts of its own in every frame, which the sandbox refuses.
test.use({ trace: 'off' });

/** So high that a long list is looked through in a few steps. */
const HIGH = { width: 1280, height: 4000 };

const nothingHappened = async (seen: Watch): Promise<void> => {
  expect(await seen.elements()).toEqual([]);
  expect(seen.executions).toEqual([]);
  expect(seen.requests).toEqual([]);
  expect(seen.refusals).toEqual([]);
};

/** The page again, watched from its first byte. */
const watched = async (page: Page): Promise<Watch> => {
  const seen = await watch(page);
  await page.setViewportSize(HIGH);
  await page.reload();
  await page.getByRole('listbox').first().waitFor();
  return seen;
};

/** Scrolls a list of which only a part is in the page from top to end, and gathers what its items show in `part`. */
const gather = (scroller: Locator, item: string, part: string): Promise<string[]> =>
  scroller.evaluate(
    async (element, { item, part }) => {
      const texts = new Set<string>();
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const parts = () => [...element.querySelectorAll(item)].map((each) => each.querySelector(part));
      for (let top = 0; top <= element.scrollHeight; top += element.clientHeight * 0.9) {
        element.scrollTop = top;
        await frame();
        // Rows are fetched, and notes are formatted, after they come into sight.
        for (let frames = 0; frames < 300; frames += 1) {
          await frame();
          if (parts().every((each) => each !== null)) break;
        }
        for (const each of parts()) texts.add(each?.textContent ?? '');
      }
      return [...texts];
    },
    { item, part },
  );

/** Opens an article by its place in the library list. */
const openAt = async (reader: ReaderPage, place: number): Promise<void> => {
  const { keyboard } = reader.page;
  await keyboard.press('Control+1');
  await reader.page.getByRole('listbox', { name: 'Articles' }).focus();
  await keyboard.press('Home');
  for (let down = 0; down < place; down += 1) await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await reader.shown.waitFor();
};

test.describe('one article for each string', () => {
  test.use({
    seed: {
      articles: payloads.map((payload) => ({
        title: payload,
        fields: {
          abstract: payload,
          author: [{ family: payload, given: payload }],
          'container-title': payload,
          keyword: [payload],
          tags: [payload],
        },
      })),
    },
  });

  test('the library list and search show them as text', async ({ app }) => {
    test.setTimeout(240_000);
    const { page } = app;
    const seen = await watched(page);
    // All tags stand in the sidebar once they are asked for. It is closed then: to find anything by its name, all names
    // are worked out.
    await page.getByRole('button', { name: /^Show all .* tags$/ }).click();
    expect(await page.locator('nav section').last().locator('li').count()).toBe(new Set(payloads).size);
    await nothingHappened(seen);
    await page.getByRole('button', { name: 'Show or hide the sidebar' }).click();
    const list = page.getByRole('listbox', { name: 'Articles' });
    const titles = await gather(list, '[role=option]', '[title]');
    const begun = (texts: readonly string[]) => new Set(texts.map((text) => text.slice(0, ROW_TITLE)));
    expect(begun(titles)).toEqual(begun(payloads));
    await nothingHappened(seen);

    const search = new SearchPage(app);
    for (const words of [
      'alert',
      'script',
      'onerror',
      'svg onload',
      'iframe',
      'javascript',
      'prompt',
      'img src',
    ]) {
      await search.find(words);
      await expect(search.results.first()).toBeVisible();
      await expect(search.results.locator('mark').first()).toBeVisible();
      expect(await search.results.locator('*:not(span, mark)').count()).toBe(0);
    }
    await nothingHappened(seen);
  });
});

test.describe('many strings to an article', () => {
  test.use({
    seed: {
      articles: batches.map((batch, number) => ({
        title: `${number} ${batch.join(' ')}`,
        fields: {
          abstract: batch.map((payload, n) => `Passage ${n}: ${payload}`).join('\n'),
          author: batch.map((literal) => ({ literal, affiliation: [literal] })),
          'container-title': batch[0] ?? '',
          URL: batch[1] ?? '',
          DOI: batch[2] ?? '',
          keyword: [...batch],
        },
        marks: batch.map((payload, n) => ({ words: `Passage ${n}:`, note: payload, tags: [payload] })),
      })),
    },
  });

  test('the reader and the annotations show them as text', async ({ app, reader }) => {
    test.setTimeout(240_000);
    const { page } = app;
    const seen = await watched(page);
    let passages = 0;
    for (const number of batches.keys()) {
      await openAt(reader, number);
      await reader.annotations.first().waitFor();
      passages += (await gather(reader.panel, 'li[data-index]', 'blockquote')).length;
      await nothingHappened(seen);
    }
    expect(passages).toBe(payloads.length);
  });
});

test('the import preview shows them as text, and what is saved from it too', async ({ app, reader }) => {
  test.setTimeout(240_000);
  const { page } = app;
  const seen = await watched(page);
  await waysIn(page);
  const pages = batches.map((batch, number) => {
    const text = batch.join('\n');
    const shaped = [
      `${number} ${batch[0]}`,
      `Journal Title: ${batch[1]} - Year 2025, Vol 41, Issue 3`,
      'Abstract',
      batch.join(' '),
      'Authors and Affiliations',
      batch.slice(0, 20).join(', '),
    ].join('\n');
    return {
      name: `${batch[0]}.txt`,
      mimeType: 'text/plain',
      buffer: Buffer.from(number % 2 ? text : shaped),
    };
  });
  await page.locator('input[type=file]').setInputFiles(pages);
  await expect(page.getByText(`1 of ${pages.length}`)).toBeVisible();
  for (const number of pages.keys()) {
    await expect(page.getByText(`${number + 1} of ${pages.length}`)).toBeVisible();
    const source = page.getByRole('region', { name: 'Source text' }).locator('section');
    expect((await gather(source, 'li[data-index]', 'bdi')).length).toBeGreaterThan(3);
    expect(await seen.elements()).toEqual([]);
    if (number + 1 < pages.length) await page.getByRole('button', { name: 'Next text' }).click();
  }
  await page.getByRole('button', { name: `Save all ${pages.length}` }).click();
  await expect(page.getByText(/articles added or filled in/)).toBeVisible();
  // The last two: one with fields, one that was not recognised.
  for (const place of [0, 1]) {
    await openAt(reader, place);
    await nothingHappened(seen);
  }
});

test('the watch sees what it watches for', async ({ page }) => {
  const seen = await watch(page);
  await page.route('**/unguarded', (route) => route.fulfill({ contentType: 'text/html', body: '<p>' }));
  await page.goto('http://app.test/unguarded');
  expect(seen.executions).toEqual(['led to http://app.test/unguarded']);
  await page.setContent(payloads.slice(0, 60).join('\n') + FEW.join('\n'));
  await expect.poll(() => seen.executions.join()).toContain('alert 1');
  await expect.poll(() => seen.executions).toContain('print');
  await expect.poll(() => seen.requests.length).toBeGreaterThan(0);
  expect((await seen.elements()).length).toBeGreaterThan(FEW.length);
  // And where only a policy keeps it from running.
  const headers = { 'Content-Security-Policy': "default-src 'none'" };
  await page.route('**/guarded', (route) =>
    route.fulfill({ contentType: 'text/html', headers, body: FEW.join('\n') }),
  );
  const before = seen.executions.length;
  await page.goto('http://app.test/guarded');
  await expect.poll(() => seen.refusals.length).toBeGreaterThan(0);
  expect(seen.executions.slice(before)).toEqual(['led to http://app.test/guarded']);
});
