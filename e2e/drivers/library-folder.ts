import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test as base, type Page } from '@playwright/test';
import { type HostProcess, startHostProcess } from './host-process';

type HostOptions = Omit<NonNullable<Parameters<typeof startHostProcess>[0]>, 'folder'>;

/** A library folder over which hosts start and end, and whose files are changed between them. */
export interface LibraryFolder {
  /** Holds the library and the folders of the machines. */
  readonly folder: string;
  readonly path: string;
  /** A host over it, with a page that shows it in this language. */
  start(options?: HostOptions & { readonly locale?: string }): Promise<{ host: HostProcess; page: Page }>;
  /** All files but the lock, with their bytes as text that can be compared. */
  files(): Promise<Record<string, string>>;
  /** The names of the shards of a table, as paths in the library. */
  shards(table: 'articles' | 'annotations'): Promise<string[]>;
  edit(file: string, change: (bytes: Buffer) => Buffer): Promise<void>;
}

const openPage = async (browser: Browser, { launchUrl }: HostProcess, locale: string): Promise<Page> => {
  const context = await browser.newContext({ locale, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(launchUrl);
  await page.waitForURL((url) => url.pathname === '/');
  return page;
};

/** `test` with a library in which the app has run once, so that it holds the sample and is known. */
export const test = base.extend<{ library: LibraryFolder }>({
  library: async ({ browser }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'hepatica-library-'));
    const path = join(folder, 'library');
    const hosts: HostProcess[] = [];
    const pages: Page[] = [];
    const first = await startHostProcess({ folder });
    await first.stop();
    await use({
      folder,
      path,
      async start({ locale = 'en-US', ...options } = {}) {
        const host = await startHostProcess({ folder, ...options });
        hosts.push(host);
        const page = await openPage(browser, host, locale);
        pages.push(page);
        return { host, page };
      },
      async files() {
        if (!existsSync(path)) return {};
        const entries = await readdir(path, { recursive: true, withFileTypes: true });
        const names = entries
          .filter((each) => each.isFile() && each.name !== 'lock')
          .map((each) => join(each.parentPath, each.name).slice(path.length + 1));
        const contents = names.sort().map(async (name) => [name, await readFile(join(path, name), 'latin1')]);
        return Object.fromEntries(await Promise.all(contents));
      },
      async shards(table) {
        const names = await readdir(join(path, table));
        return names.sort().map((name) => `${table}/${name}`);
      },
      async edit(file, change) {
        await writeFile(join(path, file), change(await readFile(join(path, file))));
      },
    });
    await Promise.all(pages.map((page) => page.context().close()));
    await Promise.all(hosts.map((host) => host.stop()));
    await rm(folder, { recursive: true, force: true });
  },
});
