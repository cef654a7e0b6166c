import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { startHost } from './host';
import { libraryOf } from './library';
import { median, percentile } from './statistics';

const QUERIES = ['heart failure', 'estrogen', 'randomized trial', 'liver transplantation', 'blood pressure'];

/** Kilobytes, gzipped, of everything that index.html asks for before the app has started. */
export const firstLoad = (): number => {
  const folder = 'out/renderer';
  const html = readFileSync(join(folder, 'index.html'));
  const named = [...html.toString().matchAll(/(?:src|href)="\.?\/(assets\/[^"]+)"/g)].map(
    (found) => found[1]!,
  );
  const bytes = [html, ...named.map((name) => readFileSync(join(folder, name)))];
  return bytes.reduce((sum, each) => sum + gzipSync(each).length, 0) / 1000;
};

/** Kilobytes, gzipped, of the whole page with all that it loads later. */
export const wholePage = (): number =>
  readdirSync('out/renderer/assets').reduce(
    (sum, name) => sum + gzipSync(readFileSync(join('out/renderer/assets', name))).length,
    0,
  ) / 1000;

/** Types each query key by key; for each key, milliseconds until the results have changed for it. */
const typeAndTime = async (page: Page): Promise<number[]> => {
  const box = page.getByRole('combobox', { name: 'Search the library' });
  const times: number[] = [];
  for (const query of QUERIES) {
    await box.fill('');
    for (const key of query) {
      await page.evaluate(() => {
        const shown = (): string =>
          document.querySelector('[data-answers]')?.getAttribute('data-answers') ?? '';
        const box = document.querySelector<HTMLInputElement>('input[role=combobox]')!;
        const state = window as unknown as { answered: Promise<number> };
        state.answered = new Promise((resolve) => {
          box.addEventListener(
            'input',
            () => {
              const start = performance.now();
              const look = (): void => {
                if (shown() === box.value) resolve(performance.now() - start);
                else requestAnimationFrame(look);
              };
              requestAnimationFrame(look);
            },
            { once: true },
          );
        });
      });
      await page.keyboard.type(key);
      if (key === ' ') continue;
      times.push(await page.evaluate(() => (window as unknown as { answered: Promise<number> }).answered));
    }
  }
  return times;
};

/** Milliseconds from the key until the first block of the text is in the reading frame. */
const openArticles = async (page: Page): Promise<number[]> => {
  const times: number[] = [];
  const list = page.getByRole('listbox', { name: 'Articles' });
  for (let index = 0; index < 12; index++) {
    await list.focus();
    for (let step = 0; step < index; step++) await page.keyboard.press('ArrowDown');
    await page.evaluate(() => {
      const state = window as unknown as { opened: Promise<number> };
      state.opened = new Promise((resolve) => {
        window.addEventListener(
          'keydown',
          () => {
            const start = performance.now();
            const look = (): void => {
              const text = document.querySelector('iframe')?.contentDocument?.querySelector('#b0');
              if (text) resolve(performance.now() - start);
              else requestAnimationFrame(look);
            };
            look();
          },
          { once: true, capture: true },
        );
      });
    });
    await page.keyboard.press('Enter');
    times.push(await page.evaluate(() => (window as unknown as { opened: Promise<number> }).opened));
    await page.keyboard.press('Alt+ArrowLeft');
    await list.waitFor();
  }
  return times;
};

export interface PageFigures {
  readonly firstPaint: number;
  readonly searchMedian: number;
  readonly searchP95: number;
  readonly open: number;
}

/** The reader's view of a library of `count` articles, in a real Chromium. */
export const measurePage = async (count: number): Promise<PageFigures> => {
  const { library, userData, remove } = await libraryOf(count);
  const host = await startHost(library, userData);
  const profile = mkdtempSync(join(tmpdir(), 'hepatica-bench-page-'));
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Error('no Chromium found');
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ['--disable-gpu', '--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  try {
    const page = await browser.newPage();
    const start = performance.now();
    await page.goto(host.launchUrl);
    await page.locator('[data-article-id]').first().waitFor();
    const firstPaint = performance.now() - start;
    const opened = await openArticles(page);
    await page.waitForTimeout(6000);
    const typed = await typeAndTime(page);
    return {
      firstPaint,
      searchMedian: median(typed),
      searchP95: percentile(typed, 0.95),
      open: median(opened),
    };
  } finally {
    await browser.close();
    await host.stop();
    rmSync(profile, { recursive: true, force: true });
    remove();
  }
};
