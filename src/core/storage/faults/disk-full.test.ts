import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LONG, tell } from '../../../test/fault-scenarios';
import {
  articleWrite,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../../test/storage-fixtures';
import type { DocumentStore } from '../types';

/** How many pages are left at most. */
const PAGES = LONG ? 257 : 12;

/** A small disk of its own, or why there is none. */
const mounted = await temporaryFolder().then((base) => {
  const disk = placesIn(base).path;
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${LONG ? 8 : 2}m`, 'tmpfs', disk], { stdio: 'ignore' });
    return { base, disk };
  } catch {
    console.log('skipped: a full disk needs the right to mount a tmpfs');
    return undefined;
  }
});

afterAll(async () => {
  if (mounted !== undefined) execFileSync('umount', [mounted.disk]);
  await removeFolders();
});

const titlesOf = (store: DocumentStore): string[] =>
  [...store.all('articles')].map((stored) => stored.value?.title ?? '').toSorted();

describe.skipIf(mounted === undefined)('a disk that is really full', () => {
  it('loses nothing, with any number of pages left, and goes on when there is room', async () => {
    const { base, disk } = mounted ?? { base: '', disk: '' };
    const filler = join(disk, '.filler');
    let titles: string[] = [];
    let refused = 0;
    for (let pages = 0; pages < PAGES; pages++) {
      const { store } = await opened(base, { checkpointDelay: 10 });
      expect(titlesOf(store), `${pages} pages left`).toEqual(titles);
      expect(store.damage).toEqual([]);
      const { bavail, bsize } = await statfs(disk);
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail - pages) * bsize));
      for (let count = 0; count < 4; count++) {
        const title = `pages ${pages}, article ${count}`;
        await write(store, articleWrite(title)).catch((error: unknown) => {
          refused++;
          expect(error).toMatchObject({ problem: { code: 'not-saved', detail: 'disk-full' } });
        });
        titles.push(title);
      }
      await rm(filler);
      await expect
        .poll(
          () =>
            store.flush().then(
              () => true,
              () => false,
            ),
          { timeout: 8000 },
        )
        .toBe(true);
      titles = titles.toSorted();
      expect(titlesOf(store)).toEqual(titles);
      await store.close();
    }
    expect(refused).toBeGreaterThan(0);
    tell('R5', `numbers of pages left on a real disk; ${refused} writes refused, then saved`, PAGES);
    expect((await readdir(disk, { recursive: true })).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }, 1_200_000);
});
