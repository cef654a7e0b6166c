import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { Finding } from '#shared/contract/check';
import {
  type CheckedLibrary,
  change,
  inLibrary,
  makeLibrary,
  rewrite,
  writeShard,
} from '../../test/checked-library';
import { contentOf, opened, removeFolders, temporaryFolder, write } from '../../test/storage-fixtures';
import { placesOf } from '../storage/backup/places';
import { takeInto } from '../storage/backup/restore-backup';
import { nodeFileSystem } from '../storage/fs-port';
import { checkLibrary } from './check-library';

afterEach(removeFolders);

/** Later than what an import under way may have put there. */
const later = (): Date => new Date(Date.now() + 3_600_000);
const check = (path: string) => checkLibrary({ path, now: later });
const codesOf = (findings: readonly Finding[]): string[] =>
  findings.map(({ code, entry }) => (entry === undefined ? code : `${code} ${entry}`));

/** A file of records in which the article does not belong. */
const wrongFile = ({ files }: CheckedLibrary): string =>
  files.article === 'articles/00.json' ? 'articles/01.json' : 'articles/00.json';

const firstArticle = async (library: CheckedLibrary): Promise<unknown> => {
  let found: unknown;
  await rewrite(inLibrary(library, library.files.article), (payload) => {
    found = (payload['articles'] as unknown[])[0];
    return payload;
  });
  return found;
};

interface Case {
  readonly name: string;
  readonly damage: (library: CheckedLibrary) => Promise<unknown>;
  /** Findings as `code` or `code entry`. */
  readonly found: (library: CheckedLibrary) => readonly string[];
  readonly outcome?: 'fine' | 'not-checked';
}

const CASES: readonly Case[] = [
  { name: 'nothing', damage: async () => {}, found: () => [], outcome: 'fine' },
  {
    name: 'a shard cut in half',
    damage: (library) => truncate(inLibrary(library, library.files.annotation), 100),
    found: () => ['damaged-file'],
  },
  {
    name: 'a shard with one other letter',
    damage: async (library) => {
      const path = inLibrary(library, library.files.article);
      await writeFile(path, (await readFile(path, 'utf8')).replace('Homing', 'homing'));
    },
    found: ({ annotation }) => ['damaged-file', `lost-article ${annotation.id}`],
  },
  {
    name: 'a shard that has gone',
    damage: (library) => rm(inLibrary(library, library.files.annotation)),
    found: () => ['missing-file'],
  },
  {
    name: 'no library.json',
    damage: (library) => rm(inLibrary(library, 'library.json')),
    found: ({ article }) => ['missing-file', `lost-collection ${article.id}`],
  },
  {
    name: 'a folder in the place of a shard',
    damage: async (library) => {
      await rm(inLibrary(library, library.files.annotation));
      await mkdir(inLibrary(library, library.files.annotation));
    },
    found: () => ['unreadable-file'],
  },
  {
    name: 'a link to itself in the place of a shard',
    damage: async (library) => {
      const path = inLibrary(library, library.files.annotation);
      await rm(path);
      await symlink(path, path);
    },
    found: () => ['unreadable-file'],
  },
  {
    name: 'a file of a newer version',
    damage: (library) =>
      writeFile(inLibrary(library, 'articles/00.json'), '{"format":"hepatica","schema":2,"rows":[]}'),
    found: () => ['newer-file'],
    outcome: 'not-checked',
  },
  {
    name: 'a record that does not pass',
    damage: (library) =>
      rewrite(inLibrary(library, library.files.annotation), (payload) => ({
        ...payload,
        annotations: [
          ...(payload['annotations'] as unknown[]),
          { id: 'bad', version: {}, value: { id: 'bad' } },
        ],
      })),
    found: () => ['bad-record bad'],
  },
  {
    name: 'a record in a wrong file',
    damage: async (library) => {
      const article = await firstArticle(library);
      await writeShard(inLibrary(library, wrongFile(library)), { articles: [article] });
      await rewrite(inLibrary(library, library.files.article), (payload) => ({ ...payload, articles: [] }));
    },
    found: ({ article }) => [`misplaced-record ${article.id}`],
  },
  {
    name: 'a record in two files',
    damage: async (library) =>
      writeShard(inLibrary(library, wrongFile(library)), { articles: [await firstArticle(library)] }),
    found: ({ article }) => [`duplicate-record ${article.id}`, `misplaced-record ${article.id}`],
  },
  {
    name: 'a damaged line of the journal',
    damage: async (library) => {
      await mkdir(inLibrary(library, 'journal'), { recursive: true });
      await writeFile(inLibrary(library, 'journal/000000000009-x.log'), `${'0'.repeat(32)} {"seq":9}\n`);
    },
    found: () => ['journal-line 1'],
  },
  {
    name: 'a torn last line of the journal, which was never acknowledged',
    damage: async (library) => {
      await mkdir(inLibrary(library, 'journal'), { recursive: true });
      await writeFile(inLibrary(library, 'journal/000000000009-x.log'), `${'0'.repeat(32)} {"se`);
    },
    found: () => [],
    outcome: 'fine',
  },
  {
    name: 'an annotation whose article is gone',
    damage: (library) =>
      change(library, ({ store }) =>
        write(store, { table: 'articles', id: library.article.id, value: null }),
      ),
    found: ({ annotation }) => [`lost-article ${annotation.id}`, 'unnamed-content', 'unnamed-content'],
  },
  {
    name: 'an annotation whose text is gone',
    damage: (library) =>
      change(library, ({ store }) =>
        write(store, {
          table: 'articles',
          id: library.article.id,
          value: { ...library.article, documents: library.article.documents.slice(1) },
        }),
      ),
    found: ({ annotation }) => [`lost-text ${annotation.id}`],
  },
  {
    name: 'a collection that is gone',
    damage: (library) =>
      change(library, ({ store }) =>
        write(store, { table: 'collections', id: library.collection.id, value: null }),
      ),
    found: ({ article }) => [`lost-collection ${article.id}`],
  },
  {
    name: 'a collection in one that is gone, and two that lie in each other',
    damage: (library) =>
      change(library, ({ store }) => {
        const make = (id: string, parent: string) => ({
          table: 'collections' as const,
          id: id as never,
          value: { id, parent, name: id, order: 'a1' } as never,
        });
        return write(store, make('A', 'B'), make('B', 'A'), make('C', 'A'), make('D', 'gone'));
      }),
    found: () => ['circular-parents A', 'circular-parents B', 'lost-parent D'],
  },
  {
    name: 'a text that is gone',
    damage: (library) => rm(inLibrary(library, library.files.document)),
    found: ({ article }) => [`missing-content ${article.id}`],
  },
  {
    name: 'a source with other bytes',
    damage: (library) => writeFile(inLibrary(library, library.files.source), 'something else'),
    found: () => ['changed-content'],
  },
  {
    name: 'a text that nobody names',
    damage: (library) => change(library, ({ blobs }) => blobs.put('documents', 'html', Buffer.from('<p>'))),
    found: () => ['unnamed-content'],
    outcome: 'fine',
  },
  {
    name: 'what lies about',
    damage: async (library) => {
      await writeFile(inLibrary(library, '.library.json.12-0123456789abcdef.tmp'), 'half');
      await mkdir(inLibrary(library, 'quarantine'), { recursive: true });
      await writeFile(inLibrary(library, 'quarantine/2026-01-02-x.json'), 'bad');
      await writeFile(inLibrary(library, 'holiday.txt'), 'by the sea');
      const shard = inLibrary(library, library.files.article);
      await copyFile(shard, shard.replace('.json', '.sync-conflict-20260304-101112-ABCDEFG.json'));
    },
    found: () => ['conflict-copy', 'leftover', 'quarantined', 'unknown-file'],
  },
];

describe('checkLibrary', () => {
  it.each(CASES)('$name', async ({ damage, found, outcome }) => {
    const library = await makeLibrary(await temporaryFolder());
    await damage(library);
    const before = await contentOf(library.path);
    const report = await check(library.path);
    expect(codesOf(report.findings).sort()).toEqual([...found(library)].sort());
    expect(report.outcome).toBe(outcome ?? 'findings');
    expect(await contentOf(library.path)).toEqual(before);
  });

  describe('of backups', () => {
    /** A library with a backup in it; answers with the names in `backups`. */
    const withBackup = async () => {
      const library = await makeLibrary(await temporaryFolder());
      const { path } = library;
      await change(library, async ({ store }) => {
        const { libraryId } = store;
        const { inside } = placesOf({
          fs: nodeFileSystem,
          path,
          userData: '',
          libraryId,
          isWritable: () => true,
        });
        await takeInto([inside], { fs: nodeFileSystem, path, store, reason: 'asked', now: new Date() });
      });
      const manifest = (await readdir(join(path, 'backups'))).find((name) => name.endsWith('.json')) ?? '';
      const [object = ''] = await readdir(join(path, 'backups/objects'));
      return {
        library,
        manifest: join(path, 'backups', manifest),
        object: join(path, 'backups/objects', object),
      };
    };

    it.each([
      ['nothing', async () => {}, []],
      ['an object that has gone', ({ object }) => rm(object), ['damaged-backup']],
      ['an object of other bytes', ({ object }) => writeFile(object, gzipSync('x')), ['damaged-backup']],
      ['an object cut in half', ({ object }) => truncate(object, 20), ['damaged-backup']],
      ['a manifest cut in half', ({ manifest }) => truncate(manifest, 100), ['damaged-backup']],
    ] as [string, (made: Awaited<ReturnType<typeof withBackup>>) => Promise<void>, string[]][])(
      '%s',
      async (_name, damage, codes) => {
        const made = await withBackup();
        await damage(made);
        const { findings } = await check(made.library.path);
        expect(findings.map(({ code }) => code)).toEqual(codes);
      },
    );

    it('lets a backup name what no article does any more', async () => {
      const { library } = await withBackup();
      await change(library, ({ store }) =>
        write(
          store,
          { table: 'annotations', id: library.annotation.id, value: null },
          { table: 'articles', id: library.article.id, value: null },
        ),
      );
      expect((await check(library.path)).findings).toEqual([]);
    });
  });

  it('counts what it read, and reports how far it is', async () => {
    const library = await makeLibrary(await temporaryFolder());
    const seen: number[] = [];
    const report = await checkLibrary({ path: library.path, onProgress: ({ done }) => seen.push(done) });
    expect(report.counts).toMatchObject({ articles: 1, annotations: 1, collections: 1, files: 5 });
    expect(report.counts.bytes).toBeGreaterThan(1000);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('reads what is in the journal only, of a library that is open elsewhere', async () => {
    const library = await makeLibrary(await temporaryFolder());
    const { store } = await opened(library.base, { checkpointDelay: 3_600_000 });
    await write(store, { table: 'collections', id: library.collection.id, value: null });
    const report = await check(library.path);
    expect(codesOf(report.findings)).toEqual([`lost-collection ${library.article.id}`]);
    await store.close();
  });

  it('says nothing of contents that nobody names where not all records could be read', async () => {
    const library = await makeLibrary(await temporaryFolder());
    await truncate(inLibrary(library, library.files.article), 100);
    const { findings } = await check(library.path);
    expect(findings.map(({ code }) => code)).not.toContain('unnamed-content');
  });

  it('takes a content for one of an import under way while it is new', async () => {
    const library = await makeLibrary(await temporaryFolder());
    await change(library, ({ blobs }) => blobs.put('documents', 'html', Buffer.from('<p>')));
    expect((await checkLibrary({ path: library.path })).findings).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('does not wait for a pipe', async () => {
    const library = await makeLibrary(await temporaryFolder());
    for (const file of [library.files.annotation, library.files.source]) {
      await rm(inLibrary(library, file));
      execFileSync('mkfifo', [inLibrary(library, file)]);
    }
    const { findings } = await check(library.path);
    expect(codesOf(findings)).toEqual(['unreadable-file', 'unreadable-file']);
  });

  it.each([
    ['a folder that is not there', async (path: string) => rm(path, { recursive: true })],
    [
      'an empty folder',
      async (path: string) => {
        await rm(path, { recursive: true });
        await mkdir(path);
      },
    ],
    [
      'a folder of other things',
      async (path: string) => {
        await rm(path, { recursive: true });
        await mkdir(path);
        await writeFile(join(path, 'letter.txt'), 'Dear');
      },
    ],
  ])('finds no library in %s', async (_name, damage) => {
    const library = await makeLibrary(await temporaryFolder());
    await damage(library.path);
    const report = await check(library.path);
    expect([report.outcome, codesOf(report.findings)]).toEqual(['not-checked', ['no-library']]);
  });

  it('lists the worst first, and says how many it left out', async () => {
    const library = await makeLibrary(await temporaryFolder());
    await rm(inLibrary(library, library.files.document));
    await writeFile(inLibrary(library, 'a.txt'), '');
    await writeFile(inLibrary(library, 'b.txt'), '');
    const report = await checkLibrary({ path: library.path, most: 2 });
    expect([report.findings.map(({ severity }) => severity), report.more]).toEqual([['error', 'note'], 1]);
  });

  it('ends when it is cancelled', async () => {
    const library = await makeLibrary(await temporaryFolder());
    const controller = new AbortController();
    const running = checkLibrary({
      path: library.path,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  });
});
