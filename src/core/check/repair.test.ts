import { readFile, rm, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { RepairCounts } from '#shared/contract/check';
import type { Article } from '#shared/model/article';
import {
  type CheckedLibrary,
  change,
  inLibrary,
  makeLibrary,
  rewrite,
  writeShard,
} from '../../test/checked-library';
import {
  contentOf,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import { checkLibrary } from './check-library';
import { repairLibrary } from './repair';

afterEach(removeFolders);

const later = (): Date => new Date(Date.now() + 3_600_000);
const repair = (library: CheckedLibrary, backup: () => Promise<void> = async () => {}) =>
  repairLibrary({ ...placesIn(library.base), backup, now: later });

const wrongFile = ({ files }: CheckedLibrary): string =>
  files.article === 'articles/00.json' ? 'articles/01.json' : 'articles/00.json';

/** Puts a newer copy of the article into a file in which it does not belong. */
const misplace = async (library: CheckedLibrary, edit: Partial<Article>): Promise<void> => {
  let copy: unknown;
  await rewrite(inLibrary(library, library.files.article), (payload) => {
    const [record] = payload['articles'] as { value: Article; version: Record<string, number> }[];
    const version = { ...record!.version, other: 1 };
    copy = { ...record!, version, value: { ...record!.value, ...edit } };
    return payload;
  });
  await writeShard(inLibrary(library, wrongFile(library)), { articles: [copy] });
};

interface Case {
  readonly name: string;
  readonly damage: (library: CheckedLibrary) => Promise<unknown>;
  readonly counts: Partial<RepairCounts>;
}

const collection = (id: string, parent: string) => ({
  table: 'collections' as const,
  id: id as never,
  value: { id, parent, name: id, order: 'a1' } as never,
});

const CASES: readonly Case[] = [
  { name: 'nothing', damage: async () => {}, counts: {} },
  {
    name: 'a record in a wrong file only',
    damage: async (library) => {
      await misplace(library, {});
      await rewrite(inLibrary(library, library.files.article), (payload) => ({ ...payload, articles: [] }));
    },
    counts: { rehomed: 1 },
  },
  { name: 'a record in two files', damage: (library) => misplace(library, {}), counts: { rehomed: 1 } },
  {
    name: 'an article in a collection that is gone, in the Trash',
    damage: (library) =>
      change(library, ({ store }) =>
        write(
          store,
          { table: 'articles', id: library.article.id, value: library.article, trash: true },
          { table: 'collections', id: library.collection.id, value: null },
        ),
      ),
    counts: { unlinked: 1 },
  },
  {
    name: 'a lost parent and a circle of three, which is opened in one place',
    damage: (library) =>
      change(library, ({ store }) =>
        write(
          store,
          collection('A', 'C'),
          collection('B', 'A'),
          collection('C', 'B'),
          collection('D', 'gone'),
        ),
      ),
    counts: { unlinked: 2 },
  },
  {
    name: 'contents that nobody names and that are not what they say',
    damage: async (library) => {
      await change(library, ({ blobs }) => blobs.put('documents', 'html', Buffer.from('<p>')));
      await writeFile(inLibrary(library, library.files.source), 'something else');
    },
    counts: { putAside: 2 },
  },
];

describe('repairLibrary', () => {
  it.each(CASES)('$name', async ({ damage, counts }) => {
    const library = await makeLibrary(await temporaryFolder());
    await damage(library);
    const before = Object.entries(await contentOf(library.path));
    const result = await repair(library);
    expect(result).toEqual({ ok: true, value: { rehomed: 0, unlinked: 0, putAside: 0, ...counts } });
    const { findings } = await checkLibrary({ path: library.path, now: later });
    expect(findings.filter(({ repairable }) => repairable)).toEqual([]);
    const after = new Set(Object.values(await contentOf(library.path)));
    const contents = before.filter(([file]) => /^(documents|sources)/.test(file));
    expect(contents.filter(([, hash]) => !after.has(hash))).toEqual([]);
    const { store } = await opened(library.base);
    expect(store.get('articles', library.article.id)?.value?.title).toBe(library.article.title);
    expect(store.get('annotations', library.annotation.id)?.value).toEqual(library.annotation);
    await store.close();
    expect(await repair(library)).toMatchObject({ value: { rehomed: 0, unlinked: 0, putAside: 0 } });
  });

  it('keeps the newer of two copies of a record, wherever it lies', async () => {
    const library = await makeLibrary(await temporaryFolder());
    await misplace(library, { title: 'The newer title' });
    expect(await repair(library)).toMatchObject({ value: { rehomed: 1 } });
    const { store } = await opened(library.base);
    expect(store.get('articles', library.article.id)?.value?.title).toBe('The newer title');
    await store.close();
  });

  it('makes a backup of the open library first, and repairs nothing without one', async () => {
    const library = await makeLibrary(await temporaryFolder());
    await writeFile(inLibrary(library, library.files.source), 'something else');
    let found: string | undefined;
    const failing = repair(library, async () => {
      found = await readFile(inLibrary(library, library.files.source), 'utf8');
      throw new Error('no space for a backup');
    });
    await expect(failing).rejects.toThrow('no space for a backup');
    expect(found).toBe('something else');
    expect(await readFile(inLibrary(library, library.files.source), 'utf8')).toBe('something else');
    expect((await repair(library)).ok).toBe(true);
  });

  it('does nothing to a library that is open elsewhere', async () => {
    const library = await makeLibrary(await temporaryFolder());
    const { store } = await opened(library.base);
    expect(await repair(library)).toMatchObject({ ok: false, error: { reason: 'locked', pid: process.pid } });
    await store.close();
  });

  it('makes no library where there is none', async () => {
    const library = await makeLibrary(await temporaryFolder());
    await rm(library.path, { recursive: true });
    expect(await repair(library)).toMatchObject({ ok: false, error: { reason: 'missing' } });
    expect(await contentOf(library.base)).not.toHaveProperty('library/library.json');
  });
});
