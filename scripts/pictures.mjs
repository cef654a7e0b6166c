/** `npm run pictures`: takes the README's screenshots of the built app, on a library of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium, sandboxFlags } from './lib/chromium.mjs';
import { root } from './lib/root.mjs';

const folder = mkdtempSync(join(tmpdir(), 'hepatica-pictures-'));
const host = fork(
  join(root, 'out', 'main', 'host.js'),
  [`--library=${folder}/library`, `--user-data=${folder}/user`],
  {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  },
);
const [ready] = /** @type {[{ launchUrl: string }]} */ (await once(host, 'message'));
const executablePath = findChromium();
const browser = await chromium.launch({
  args: ['--disable-gpu', ...sandboxFlags()],
  ...(executablePath === undefined ? {} : { executablePath }),
});

/** @param {import('@playwright/test').Page} page @param {string} name */
const take = (page, name) => page.screenshot({ path: join(root, 'docs', 'pictures', `${name}.png`) });

/** Marks the first place of the words in the open article, as a reader with a mouse does. */
const mark = async (
  /** @type {import('@playwright/test').Page} */ page,
  /** @type {string} */ words,
  /** @type {string} */ key,
) => {
  await page
    .frameLocator('iframe')
    .locator('main')
    .evaluate((main, wanted) => {
      const walker = main.ownerDocument.createTreeWalker(main, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const at = node.textContent?.indexOf(wanted) ?? -1;
        if (at < 0) continue;
        main.ownerDocument.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
        return;
      }
      throw new Error(`the article does not say: ${wanted}`);
    }, words);
  await page.getByRole('toolbar', { name: 'Mark the selected passage' }).waitFor();
  await page.keyboard.press(key);
};

const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
await page.goto(ready.launchUrl);
const list = page.getByRole('listbox', { name: 'Articles' });
await list.focus();
await page.keyboard.press('ArrowDown');
await page.keyboard.press('Alt+2');
await page.getByText('To read', { exact: true }).last().waitFor();
await take(page, 'library');

await page.keyboard.press('Home');
await page.keyboard.press('Enter');
await page.locator('iframe[data-shown="true"]').waitFor();
await mark(page, 'only a small number of MSCs can reach the liver', '1');
await page.getByRole('region', { name: 'Annotations' }).locator('blockquote').first().waitFor();
await mark(page, 'trapped in the pulmonary capillaries', '3');
await page.getByRole('region', { name: 'Annotations' }).locator('blockquote').nth(1).waitFor();
await page.mouse.move(5, 790);
await page.waitForTimeout(400);
await take(page, 'reader');

await browser.close();
host.send({ type: 'shutdown' });
await once(host, 'exit');
rmSync(folder, { recursive: true, force: true });
