import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { Article } from '#shared/model/article';
import { AnnotationId, ArticleId, CollectionId } from '#shared/model/ids';
import { context } from '../../../test/call-context';
import { LONG, SEED, tell, withoutProcess } from '../../../test/fault-scenarios';
import {
  contentOf,
  failure,
  open,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../../test/storage-fixtures';
import { AnnotationIndex } from '../../annotations/by-article';
import { createAnnotations } from '../../annotations/service';
import { createLibrary } from '../../library/service';
import { createReadingList } from '../../reading-list/service';
import { createSettings } from '../../settings/service';
import { unseal } from '../envelope';
import { MemoryDisk } from '../faults/memory-disk';
import { killedStates, powerLossStates } from '../faults/power-loss';
import { sample, seeded } from '../faults/random';
import type { OpenOptions } from '../open';
import { fileOf } from '../shard-set';
import type { DocumentStore, Table } from '../types';
import { formatOf, type Raw } from './format';

afterEach(removeFolders);

const FIXTURES = fileURLToPath(new URL('../../../test/fixtures/libraries', import.meta.url));
const RELEASED = [1];
const TABLES: readonly Table[] = ['articles', 'annotations', 'collections', 'settings'];

type Records = Record<Table, Record<string, Raw>>;

/** A copy of the fixture library, and the records that the version which made it saw in it. */
const copyOf = async (schema: number): Promise<{ base: string; libraryId: string; records: Records }> => {
  const base = await temporaryFolder();
  const from = join(FIXTURES, `schema-${schema}`);
  await cp(join(from, 'library'), placesIn(base).path, { recursive: true });
  const expected: unknown = JSON.parse(await readFile(join(from, 'expected.json'), 'utf8'));
  return { base, ...(expected as { libraryId: string; records: Records }) };
};

const recordsIn = (store: DocumentStore): Records =>
  Object.fromEntries(
    TABLES.map((table) => [table, Object.fromEntries([...store.all(table)].map((each) => [each.id, each]))]),
  ) as unknown as Records;

/** All files but the lock, whose beat changes while the library is open. */
const filesIn = async (base: string): Promise<Record<string, string>> => {
  const { lock: _lock, ...files } = await contentOf(placesIn(base).path);
  return files;
};

it('has a fixture of every released schema', async () => {
  const folders = (await readdir(FIXTURES)).filter((name) => name.startsWith('schema-'));
  expect(folders.sort()).toEqual(RELEASED.map((schema) => `schema-${schema}`));
});

describe.each(RELEASED)('the library of schema %d', (schema) => {
  it('holds what its README says', async () => {
    const { records } = await copyOf(schema);
    const { articles, annotations, collections, settings } = records;
    const full = articles['article-full']?.['value'] as Raw;
    expect(Object.keys(full)).toEqual(expect.arrayContaining(Object.keys(Article.shape)));
    const counts = [articles, annotations, collections, settings].map((each) => Object.keys(each).length);
    expect(counts).toEqual([8, 6, 3, 1]);
    const gone = (table: Record<string, Raw>) =>
      Object.values(table).filter(({ value }) => value === null).length;
    expect([articles, annotations, collections].map(gone)).toEqual([1, 1, 1]);
    expect(articles['article-trashed']).toMatchObject({ deletedAt: expect.any(String), laterMember: {} });
    expect(Object.keys(annotations['annotation-method']?.['version'] as Raw)).toHaveLength(2);
  });

  it('opens with every field as it was, and is not changed by being opened again', async () => {
    const { base, libraryId, records } = await copyOf(schema);
    const first = await opened(base);
    expect([first.store.libraryId, first.store.damage]).toEqual([libraryId, []]);
    expect(recordsIn(first.store)).toEqual(records);
    const { provenance, documents } = Article.parse(records.articles['article-full']?.['value']);
    expect(await first.blobs.read('sources', provenance[0]?.source ?? '')).toHaveLength(54);
    expect(await first.blobs.read('documents', documents[1]?.content ?? '')).toHaveLength(35);
    await first.store.close();
    const closed = await filesIn(base);
    const second = await opened(base);
    expect(recordsIn(second.store)).toEqual(records);
    await second.store.close();
    expect(await filesIn(base)).toEqual(closed);
  });

  it('is shown without a byte being written where it is opened for reading', async () => {
    const { base, records } = await copyOf(schema);
    const before = await contentOf(placesIn(base).path);
    const { store } = await opened(base, { mode: 'read-only' });
    expect(recordsIn(store)).toEqual(records);
    await store.close();
    expect(await contentOf(placesIn(base).path)).toEqual(before);
  });

  it('keeps the members that this version does not know, also where it changes the rest', async () => {
    const { base, records } = await copyOf(schema);
    const { store } = await opened(base);
    const id = ArticleId.parse('article-full');
    const value = { ...store.get('articles', id)?.value, title: 'Changed' } as Article;
    await write(store, { table: 'articles', id, value });
    await store.close();
    const bytes = await readFile(join(placesIn(base).path, fileOf('articles', id)));
    const { laterMember } = records.articles[id]!['value'] as Raw;
    expect(unseal(bytes)).toMatchObject({
      value: {
        envelope: { extra: { laterMember } },
        payload: { laterMember, articles: [{ laterMember, value: { laterMember, title: 'Changed' } }] },
      },
    });
  });

  it('keeps them in every value that a service changes', async () => {
    const { base } = await copyOf(schema);
    const { store } = await opened(base);
    const index = new AnnotationIndex(store);
    const annotations = createAnnotations({ store, index });
    const library = createLibrary({ store, annotationCount: (id) => index.countOf(id) });
    const list = createReadingList({ store, annotationCount: (id) => index.countOf(id) });
    const settings = createSettings(store);
    const ids = [ArticleId.parse('article-full')];
    const collection = CollectionId.parse('collection-parent');
    await annotations.service.update({ id: AnnotationId.parse('annotation-finding'), note: 'new' }, context);
    await library.service.edit({ id: ids[0]!, fields: { title: 'New', abstract: 'New.' } }, context);
    await library.service.tag({ ids, add: ['new'], remove: ['homing'] }, context);
    await library.service.collect({ ids, collection, member: true }, context);
    await library.service.renameCollection({ id: collection, name: 'New' }, context);
    await list.setStatus({ ids, status: 'read' }, context);
    await settings.service.set({ theme: 'dark' }, context);
    const changed = [
      store.get('articles', ids[0]!),
      store.get('annotations', AnnotationId.parse('annotation-finding')),
      store.get('collections', collection),
      store.get('settings', 'settings'),
    ];
    for (const record of changed)
      expect(record).toMatchObject({ value: { laterMember: { kept: ['yes', 1, null] } } });
    for (const each of [annotations, library, settings, index]) each.dispose();
    await store.close();
  });
});

/** A step that no version has taken: it counts how often it was applied, and marks the tags. */
const step = formatOf([
  {
    from: 1,
    record: (table, record) => {
      const value = record['value'] as Raw | null;
      const tags = value?.['tags'];
      const moved = Array.isArray(tags) ? { ...value, tags: tags.map((tag) => `${table}/${tag}`) } : value;
      return { ...record, steps: (Number(record['steps']) || 0) + 1, value: moved };
    },
  },
]);

const afterStep = (records: Records): Records =>
  Object.fromEntries(
    Object.entries(records).map(([table, rows]) => [
      table,
      Object.fromEntries(
        Object.entries(rows).map(([id, row]) => [id, step.migrations[0]!.record(table as Table, row)]),
      ),
    ]),
  ) as Records;

const upgrading = (given: Partial<OpenOptions> = {}): Partial<OpenOptions> => ({
  format: step,
  beforeMigration: async () => {},
  ...given,
});

const schemaOf = (bytes: Buffer): number => {
  const read = unseal(bytes, 2);
  return read.ok ? read.value.envelope.schema : 0;
};

const schemasIn = async (base: string): Promise<number[]> => {
  const { path } = placesIn(base);
  const files = Object.keys(await filesIn(base)).filter((file) => /(^library|\/..)\.json$/.test(file));
  const read = files.map(async (file) => schemaOf(await readFile(join(path, file))));
  return [...new Set(await Promise.all(read))];
};

describe('a library of the schema before', () => {
  it('is backed up before the first byte is written, and then brought up to date once', async () => {
    const { base, records } = await copyOf(1);
    const before = await filesIn(base);
    const asked: unknown[] = [];
    const beforeMigration = async (from: number, to: number): Promise<void> => {
      asked.push([from, to, await filesIn(base)]);
    };
    const { store } = await opened(base, upgrading({ beforeMigration }));
    expect(asked).toEqual([[1, 2, before]]);
    expect([recordsIn(store), store.damage]).toEqual([afterStep(records), []]);
    await store.close();
    expect(await schemasIn(base)).toEqual([2]);
    const closed = await filesIn(base);
    expect(Object.keys(closed).filter((file) => file.startsWith('journal/'))).toEqual([]);
    const again = (await opened(base, upgrading({ beforeMigration }))).store;
    expect(recordsIn(again)).toEqual(afterStep(records));
    await again.close();
    expect([asked.length, await filesIn(base)]).toEqual([1, closed]);
  });

  it.each<[string, Partial<OpenOptions>, string]>([
    ['fails', { beforeMigration: () => Promise.reject(failure('ENOSPC')) }, 'no-backup: ENOSPC'],
    [
      'is not asked for',
      { beforeMigration: undefined } as unknown as Partial<OpenOptions>,
      'no-backup: nobody was asked for one',
    ],
  ])('is left as it is where the backup %s', async (_name, given, cause) => {
    const { base } = await copyOf(1);
    const { path } = placesIn(base);
    const before = await contentOf(path);
    expect(await open(base, upgrading(given))).toEqual({
      ok: false,
      error: { reason: 'not-writable', path, cause },
    });
    expect(await contentOf(path)).toEqual(before);
  });

  it('is shown up to date, and not changed, where it is opened for reading', async () => {
    const { base, records } = await copyOf(1);
    const before = await contentOf(placesIn(base).path);
    const { store } = await opened(base, { format: step, mode: 'read-only' });
    expect(recordsIn(store)).toEqual(afterStep(records));
    await store.close();
    expect(await contentOf(placesIn(base).path)).toEqual(before);
  });

  it('is refused by the version before, once it has been brought up to date', async () => {
    const { base } = await copyOf(1);
    await (await opened(base, upgrading())).store.close();
    const before = await contentOf(placesIn(base).path);
    for (const mode of ['read-write', 'read-only'] as const)
      expect(await open(base, { mode })).toEqual({
        ok: false,
        error: {
          reason: 'newer',
          path: placesIn(base).path,
          file: 'library.json',
          schema: 2,
          known: 1,
        },
      });
    expect(await contentOf(placesIn(base).path)).toEqual(before);
  });

  it('loses only what is damaged', async () => {
    const { base, records } = await copyOf(1);
    const file = fileOf('articles', 'article-full');
    await writeFile(join(placesIn(base).path, file), 'null');
    const { store } = await opened(base, upgrading());
    expect(store.damage).toMatchObject([{ file }]);
    const left = afterStep(records);
    for (const id of Object.keys(left.articles))
      if (fileOf('articles', id) === file) delete left.articles[id];
    expect(recordsIn(store)).toEqual(left);
    await store.close();
  });

  it('opens with a record that a step cannot read told, and a copy of it kept', async () => {
    const { base } = await copyOf(1);
    const format = formatOf([
      {
        from: 1,
        record: (_table, record) => {
          if (record['id'] === 'article-stub') throw new Error('no');
          return record;
        },
      },
    ]);
    const { store } = await opened(base, upgrading({ format }));
    const file = fileOf('articles', 'article-stub');
    expect(store.damage).toMatchObject([{ file, reason: expect.stringContaining('schema 2') }]);
    expect(store.get('articles', ArticleId.parse('article-stub'))).toBeUndefined();
    await store.close();
  });
});

describe('a library of the schema before, stopped while it is brought up to date', () => {
  /** The fixture on a disk in memory. */
  const diskOf = async (base: string): Promise<MemoryDisk> => {
    const { path } = placesIn(base);
    const files = Object.keys(await contentOf(path));
    const made = new MemoryDisk();
    for (const file of files) await made.fs.mkdir(dirname(join(placesIn('/').path, file)));
    for (const file of files)
      made.state.put(join(placesIn('/').path, file), await readFile(join(path, file)));
    return new MemoryDisk({ state: made.state });
  };

  const start = async (disk: MemoryDisk) => (await opened('/', upgrading({ fs: disk.fs }))).store;

  const LOST = {
    'by a kill': (disk: MemoryDisk) => [...killedStates(disk.initial, disk.operations)],
    'by a power cut': (disk: MemoryDisk) => [...powerLossStates(disk.initial, disk.operations, seeded(SEED))],
  };

  it.each(Object.entries(LOST))(
    '%s at any moment, it has every record once and in full at the next start, which ends it',
    async (how, statesOf) => {
      const { base, records } = await copyOf(1);
      const expected = afterStep(records);
      const disk = await diskOf(base);
      await (await start(disk)).close();
      const all = statesOf(disk);
      const states = LONG ? all : sample(seeded(SEED), all, 300);
      for (const { state, after, how: left } of states) {
        const next = new MemoryDisk({ state: withoutProcess(state) });
        const store = await start(next);
        expect([recordsIn(store), store.damage], `${after}, ${left}`).toEqual([expected, []]);
        await store.close();
        const shards = next.state.list().filter(([path]) => /(\/library|\/..)\.json$/.test(path));
        expect(new Set(shards.map(([, bytes]) => schemaOf(bytes)))).toEqual(new Set([2]));
      }
      expect(states.length).toBeGreaterThan(100);
      tell('R20', `libraries of schema 1, stopped ${how} on the way to the next`, states.length);
    },
    600_000,
  );
});
