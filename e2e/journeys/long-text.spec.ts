import { blockId } from '#shared/text/blocks';
import { expect, test } from '../drivers/fixtures';

const LINES = 98_000;
const line = (at: number): string => `Line ${at} of this text says that the liver is well.`;
const lines = Array.from({ length: LINES }, (_, at) => line(at));

/** Longer than a text of this size takes on a slow machine, by far less than it took as one flow. */
const OPENED = 15_000;

test.use({
  seed: {
    articles: [
      {
        title: 'Five megabytes of text',
        body: [{ level: 0, text: lines.join('\n') }],
        marks: [{ words: line(70_000) }],
      },
    ],
  },
});

test('opens 5 MB of text, finds, goes to an annotation, and comes back to the place', async ({
  app,
  reader,
}) => {
  test.slow();
  const { page } = app;
  const { keyboard } = page;
  const started = Date.now();
  await reader.open('Five megabytes of text');
  const took = Date.now() - started;
  console.log(`5 MB of text: open after ${took} ms`);
  expect(took).toBeLessThan(OPENED);
  await expect(reader.text.locator(`#${blockId(0)}`)).toBeInViewport();

  await keyboard.press('Control+f');
  await keyboard.type('Line 43210 of');
  await expect(page.getByText('1 of 1', { exact: true })).toBeVisible();
  await expect(reader.text.locator(`#${blockId(43_210)}`)).toBeInViewport();
  await keyboard.press('Escape');

  await reader.annotations.first().click();
  await expect(reader.text.locator(`#${blockId(70_000)}`)).toBeInViewport();

  // The place is kept to the line, though nothing above it is laid out when the text comes again.
  const top = (): Promise<number> =>
    reader.text.evaluate((root) => {
      const { innerHeight } = root.ownerDocument.defaultView ?? window;
      const seen = (block: Element) => {
        const { top: above, bottom } = block.getBoundingClientRect();
        return bottom > 16 && above < innerHeight;
      };
      return 69_000 + [...root.querySelectorAll('p')].slice(69_000, 71_000).findIndex(seen);
    });
  const before = await top();
  expect(Math.abs(before - 70_000)).toBeLessThan(20);
  await page.waitForTimeout(1000);
  await app.restart();
  await reader.open('Five megabytes of text');
  await app.page.waitForTimeout(500);
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
});
