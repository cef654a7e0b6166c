import { defineConfig } from '@playwright/test';
import { findChromium, sandboxFlags } from './scripts/lib/chromium.mjs';
import { findElectron } from './scripts/lib/electron.mjs';
import { root } from './scripts/lib/root.mjs';

/** HEPATICA_CHROMIUM names it when `npm test` runs; else the same search finds it, and else Playwright its own. */
const executablePath = findChromium();
// For the drivers: the package itself must never be asked where its program is, since that starts a download.
const electron = findElectron(root);
if (electron !== undefined) process.env['HEPATICA_ELECTRON'] ??= electron;

/** Journeys of the browser host itself, which the desktop app does not have. */
const HOST_ONLY = ['**/host-*.spec.ts', '**/start.spec.ts'];

/** One set of journeys, two hosts; e2e/drivers/fixtures.ts starts the host that the project is named for. */
export default defineConfig({
  testDir: 'e2e/journeys',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    // Recording every journey makes each a third slower: ask for it when one fails.
    trace: process.env['HEPATICA_TRACE'] === undefined ? 'off' : 'retain-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        ...sandboxFlags(),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [{ name: 'browser' }, { name: 'electron', testIgnore: HOST_ONLY }],
});
