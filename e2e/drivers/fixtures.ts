import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test as base, _electron as electron, expect, type Page } from '@playwright/test';
import { ReaderPage } from './reader-page';
import type { SeedArticle } from './seed';

/** The app over one library folder, in whichever host the project stands for. */
export interface RunningApp {
  /** The page as it is now: another one after `restart`. */
  readonly page: Page;
  /** Of this test alone. */
  readonly library: string;
  /** Ends the app as a user would, and starts it again on the same library. */
  restart(): Promise<void>;
}

interface Started {
  readonly page: Page;
  stop(): Promise<void>;
}
type Start = (library: string, userData: string) => Promise<Started>;

const readyOf = async (child: ChildProcess): Promise<{ launchUrl: string }> => {
  const ended = once(child, 'exit').then(() =>
    Promise.reject(new Error('the host ended before it was ready')),
  );
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ launchUrl: string }];
  return message;
};

const inBrowser =
  (browser: Browser): Start =>
  async (library, userData) => {
    const entry = join('out', 'main', 'host.js');
    const child = fork(entry, [`--library=${library}`, `--user-data=${userData}`], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const { launchUrl } = await readyOf(child);
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await page.goto(launchUrl);
    await page.waitForURL((url) => url.pathname === '/');
    await page.getByRole('main').waitFor();
    return {
      page,
      stop: async () => {
        await context.close();
        const ended = once(child, 'exit');
        child.send({ type: 'shutdown' });
        await ended;
      },
    };
  };

const inElectron: Start = async (library, userData) => {
  const { HEPATICA_ELECTRON: executablePath } = process.env;
  const app = await electron.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [join('out', 'main', 'index.js'), `--library=${library}`, `--user-data=${userData}`],
  });
  return { page: await app.firstWindow(), stop: () => app.close() };
};

interface Fixtures {
  /** What the library begins with; without articles it is a new one, with the sample. */
  readonly seed: { readonly articles: readonly SeedArticle[] };
  /** A fresh library with the sample article, as at the first start. */
  readonly app: RunningApp;
  readonly reader: ReaderPage;
}

/** `test` of every journey. The page must not throw, whatever the journey does. */
export const test = base.extend<Fixtures>({
  seed: [{ articles: [] }, { option: true }],
  app: async ({ browser, seed }, use, testInfo) => {
    const start = testInfo.project.name === 'electron' ? inElectron : inBrowser(browser);
    const folder = await mkdtemp(join(tmpdir(), 'hepatica-journey-'));
    const library = join(folder, 'library');
    const errors: string[] = [];
    const begin = async (): Promise<Started> => {
      const started = await start(library, join(folder, 'user'));
      started.page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
      return started;
    };
    if (seed.articles.length > 0) {
      // Only then the store itself is loaded into the test.
      const { seedLibrary } = await import('./seed');
      await seedLibrary(library, join(folder, 'user'), seed.articles);
    }
    let running = await begin();
    await use({
      library,
      get page() {
        return running.page;
      },
      restart: async () => {
        await running.stop();
        running = await begin();
      },
    });
    await running.stop();
    await rm(folder, { recursive: true, force: true });
    expect(errors).toEqual([]);
  },
  reader: async ({ app }, use) => use(new ReaderPage(app)),
});

export { expect };
