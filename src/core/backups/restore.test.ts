import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Services } from '#shared/contract/hepatica';
import { disposeAll } from '#shared/lib/disposable';
import { Emitter } from '#shared/lib/event';
import { ok } from '#shared/lib/result';
import type { Collection } from '#shared/model/collection';
import { defaultSettings as SETTINGS } from '#shared/model/settings';
import { context } from '../../test/call-context';
import {
  annotationWrite,
  articleWrite,
  contentOf,
  failure,
  faultyFileSystem,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import { Lifecycle, type Session } from '../app/lifecycle';
import { createLog } from '../lib/log';
import { sha256 } from '../storage/envelope';
import { type FileSystem, nodeFileSystem } from '../storage/fs-port';
import { History } from '../storage/history';
import { openLibrary } from '../storage/open';
import { readShard } from '../storage/shard';
import { fileOf, tablesOf } from '../storage/shard-set';
import type { BlobStore, DocumentStore, Write } from '../storage/types';
import { createBackups } from './service';
import { SessionBackups } from './session-backups';

const log = createLog(() => {});
const noReport = () => {};
const WHOLE_DAY = 86_400_000;

interface App {
  readonly backups: Services['backups'];
  readonly lifecycle: Lifecycle;
  readonly store: () => DocumentStore;
  readonly blobs: () => BlobStore;
  readonly history: () => History;
  close(): Promise<void>;
}

/** An open library with its backups, and none of the other services, which do not touch them. */
const start = async (base: string, fs: FileSystem = nodeFileSystem): Promise<App> => {
  const { path, userData } = placesIn(base);
  const now = () => new Date(Date.now() + ticks++);
  let blobs: BlobStore;
  let history: History;
  let ticks = 0;
  const lifecycle = new Lifecycle({
    path,
    log,
    openSession: async () => {
      const result = await openLibrary({ path, userData, create: false, mode: 'read-write', fs });
      if (!result.ok) return result;
      const { store, acceptMissing } = result.value;
      ({ blobs } = result.value);
      history = new History(store);
      const backups = new SessionBackups({
        store,
        blobs,
        acceptMissing,
        path,
        userData,
        log,
        fs,
        now,
        delay: WHOLE_DAY,
      });
      return ok({
        store,
        backups,
        history: { state: {}, onDidChange: new Emitter<object>().event },
        copies: { merged: [], onDidMerge: new Emitter<void>().event },
        close: async () => {
          await backups.stop();
          await store.close();
        },
      } as unknown as Session);
    },
  });
  const { service } = createBackups({ path, userData, lifecycle, fs, now });
  await lifecycle.open('read-write');
  return {
    backups: service,
    lifecycle,
    store: () => lifecycle.session().store,
    blobs: () => blobs,
    history: () => history,
    close: () => lifecycle.close(),
  };
};

const TABLES = ['articles', 'annotations', 'collections', 'settings'] as const;
type State = Record<string, { readonly value: unknown; readonly trashed: boolean }>;

/** Every record that is not deleted, as the reader would find it. */
const stateOf = (store: DocumentStore): State =>
  Object.fromEntries(
    TABLES.flatMap((table) =>
      [...store.all(table)]
        .filter(({ value }) => value !== null)
        .map(
          ({ id, value, deletedAt }) =>
            [`${table} ${id}`, { value, trashed: deletedAt !== undefined }] as const,
        ),
    ).sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Without the Trash: what was deleted, and a restore brought back, goes there at the next one. */
const liveIn = (state: State): State =>
  Object.fromEntries(Object.entries(state).filter(([, { trashed }]) => !trashed));

const collection = (id: string, name: string): Write => ({
  table: 'collections',
  id: id as Collection['id'],
  value: { id, name, order: 'a0' } as Collection,
});

const TEXT = Buffer.from('<p>Few cells reach the liver.</p>');

interface Prepared {
  readonly base: string;
  readonly path: string;
  /** What the backup holds. */
  readonly state: State;
  readonly name: string;
  readonly document: string;
  readonly shard: string;
}

/** A closed library with a backup in both places, and one article that came later. */
const prepare = async (base: string): Promise<Prepared> => {
  const { path } = placesIn(base);
  const app = await start(base);
  const articles = Array.from({ length: 8 }, (_, index) => articleWrite(`article ${index}`));
  const notes = Array.from({ length: 5 }, (_, index) => annotationWrite(`note ${index}`));
  await write(app.store(), ...articles, ...notes, collection('Shelf00000000001', 'Liver'));
  await write(app.store(), { ...articles[6]!, trash: true }, { ...notes[4]!, value: null } as Write);
  const document = await app.blobs().put('documents', 'html', TEXT);
  const state = stateOf(app.store());
  const { name, places } = await app.backups.take({}, noReport, context);
  expect(places).toEqual(['library', 'outside']);
  await write(app.store(), articleWrite('came later', 'aaaaaaaaaaaaaaaa'));
  await app.close();
  return {
    base,
    path,
    state,
    name,
    document: `documents/${document}.html`,
    shard: fileOf('articles', articles[0]!.id),
  };
};

const half = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length / 2));
const flipped = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes);
  copy[copy.length - 9]! ^= 4;
  return copy;
};
const DAMAGE: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ['is empty', () => Buffer.alloc(0)],
  ['is cut in half', half],
  ['holds NUL bytes', (bytes) => Buffer.alloc(bytes.length)],
  ['holds null', () => Buffer.from('null')],
  ['has one bit turned', flipped],
  ['holds conflict markers', (bytes) => Buffer.from(`<<<<<<< HEAD\n${bytes}=======\n${bytes}>>>>>>> b\n`)],
];

type Way = readonly [string, (library: Prepared) => Promise<unknown>];
const edited = (what: string, file: (library: Prepared) => string): Way[] =>
  DAMAGE.map(([how, change]) => [
    `${what} ${how}`,
    async (library) => {
      const path = join(library.path, file(library));
      await writeFile(path, change(await readFile(path)));
    },
  ]);
const gone =
  (...names: string[]): ((library: Prepared) => Promise<void>) =>
  async ({ path }) => {
    for (const name of names) await rm(join(path, name), { recursive: true });
  };
const folderInPlaceOf =
  (file: (library: Prepared) => string): Way[1] =>
  async (library) => {
    await rm(join(library.path, file(library)), { recursive: true });
    await mkdir(join(library.path, file(library)));
  };
const fileInPlaceOf =
  (name: string): Way[1] =>
  async ({ path }) => {
    await rm(join(path, name), { recursive: true, force: true });
    await writeFile(join(path, name), 'not a folder');
  };
/** By the user, through the app. */
const changed =
  (work: (store: DocumentStore) => Promise<unknown>): Way[1] =>
  async ({ base }) => {
    const { store } = await opened(base);
    await work(store);
    await store.close();
  };
const all = (store: DocumentStore, table: 'articles' | 'annotations' | 'collections') => [
  ...store.all(table),
];
const eachOf = async (
  path: string,
  table: string,
  change: (file: string) => Promise<unknown>,
): Promise<void> => {
  for (const name of await readdir(join(path, table))) await change(join(path, table, name));
};

const ways: readonly Way[] = [
  ...edited('library.json', () => 'library.json'),
  ...edited('one shard', ({ shard }) => shard),
  ['library.json is missing', gone('library.json')],
  ['library.json is a folder', folderInPlaceOf(() => 'library.json')],
  ['one shard is missing', ({ path, shard }) => rm(join(path, shard))],
  ['one shard is a folder', folderInPlaceOf(({ shard }) => shard)],
  ['all articles are gone', gone('articles')],
  ['all annotations are gone', gone('annotations')],
  ['the folder of articles is a file', fileInPlaceOf('articles')],
  ['the journal is a file', fileInPlaceOf('journal')],
  ['the documents are gone', gone('documents')],
  ['a document is damaged', ({ path, document }) => writeFile(join(path, document), 'rubbish')],
  ['the library is gone', ({ path }) => rm(path, { recursive: true })],
  [
    'the library is empty',
    async ({ path }) => {
      await rm(path, { recursive: true });
      await mkdir(path);
    },
  ],
  ['only its backups are left', gone('library.json', 'articles', 'annotations', 'journal', 'documents')],
  ['its own backups and articles are gone', gone('backups', 'articles')],
  [
    'library.json is damaged, and the copy outside is gone',
    async ({ base, path }) => {
      await rm(join(placesIn(base).userData, 'backups'), { recursive: true });
      await writeFile(join(path, 'library.json'), '{}');
    },
  ],
  [
    'library.json is gone, and an object of its own backups is damaged',
    async ({ path }) => {
      await rm(join(path, 'library.json'));
      await eachOf(path, 'backups/objects', (file) => writeFile(file, 'rubbish'));
    },
  ],
  [
    'every file of records is rubbish',
    async ({ path }) => {
      await writeFile(join(path, 'library.json'), 'rubbish');
      for (const table of ['articles', 'annotations'])
        await eachOf(path, table, (file) => writeFile(file, 'rubbish'));
    },
  ],
  [
    'every shard is of the wrong shape',
    async ({ path }) => {
      for (const table of ['articles', 'annotations'])
        await eachOf(path, table, (file) => writeFile(file, '[]'));
    },
  ],
  [
    'every article was deleted for good',
    changed((store) =>
      write(
        store,
        ...all(store, 'articles').map(({ id }) => ({ table: 'articles', id, value: null }) as Write),
      ),
    ),
  ],
  [
    'every annotation was deleted',
    changed((store) =>
      write(
        store,
        ...all(store, 'annotations').map(({ id }) => ({ table: 'annotations', id, value: null }) as Write),
      ),
    ),
  ],
  [
    'every title was changed',
    changed((store) =>
      write(
        store,
        ...all(store, 'articles').flatMap(({ id, value }) =>
          value === null ? [] : [{ table: 'articles', id, value: { ...value, title: 'x' } } as Write],
        ),
      ),
    ),
  ],
  [
    'the collection was deleted',
    changed((store) => write(store, { table: 'collections', id: 'Shelf00000000001', value: null } as Write)),
  ],
];

const isFileOfRecords = (file: string): boolean => /^(library|(articles|annotations)\/..)\.json$/.test(file);

/** Hashes of the files of records that cannot be read. */
const damagedIn = async (path: string): Promise<string[]> => {
  const hashes: string[] = [];
  for (const [file, hash] of Object.entries(await contentOf(path).catch(() => ({})))) {
    if (!isFileOfRecords(file)) continue;
    if (!readShard(await readFile(join(path, file)), tablesOf(file)).ok) hashes.push(hash);
  }
  return hashes;
};

describe(`${ways.length} ways of destroying a library`, () => {
  let library: Prepared;
  beforeEach(async () => {
    library = await prepare(await temporaryFolder());
  });
  afterEach(removeFolders);

  it.each(ways)('%s: the backup brings it back, and what was damaged is kept', async (_how, destroy) => {
    await destroy(library);
    const damaged = await damagedIn(library.path);
    const app = await start(library.base);
    const { backups } = await app.backups.list({}, context);
    const outcome = await app.backups.restore(
      { name: backups.find(({ name }) => name === library.name)!.name },
      noReport,
      context,
    );
    expect(outcome.missingContents).toBe(0);
    const state = stateOf(app.store());
    expect(state).toMatchObject(library.state);
    const later = Object.entries(state).filter(([key]) => !(key in library.state));
    expect(later.filter(([, { trashed }]) => !trashed)).toEqual([]);
    expect(await app.blobs().read('documents', sha256(TEXT))).toEqual(TEXT);
    await app.close();
    const kept = Object.values(await contentOf(join(library.path, 'quarantine')).catch(() => ({})));
    expect(kept).toEqual(expect.arrayContaining(damaged));
    // The next start finds the same, and nothing wrong with it.
    const again = await opened(library.base);
    expect(stateOf(again.store)).toEqual(state);
    expect(again.store.damage).toEqual([]);
    await again.store.close();
  });
});

describe('a restore', () => {
  let library: Prepared;
  beforeEach(async () => {
    library = await prepare(await temporaryFolder());
  });
  afterEach(removeFolders);

  it('says before what it will change, and is one step that can be undone', async () => {
    const app = await start(library.base);
    const later = 'aaaaaaaaaaaaaaaa';
    const [first, second] = all(app.store(), 'articles').filter(
      ({ id, value, deletedAt }) => id !== later && value && !deletedAt,
    );
    await write(app.store(), { table: 'articles', id: first!.id, value: null } as Write);
    await write(app.store(), {
      table: 'articles',
      id: second!.id,
      value: { ...second!.value, title: 'x' },
    } as Write);
    const before = stateOf(app.store());
    const changes = await app.backups.preview({ name: library.name }, noReport, context);
    expect(changes.articles).toEqual({ added: 1, changed: 1, removed: 1 });
    expect(stateOf(app.store())).toEqual(before);
    const outcome = await app.backups.restore({ name: library.name }, noReport, context);
    expect(outcome.changes).toEqual(changes);
    expect(stateOf(app.store())).toMatchObject(library.state);
    const { backups } = await app.backups.list({}, context);
    expect(backups[0]).toMatchObject({
      name: outcome.before,
      reason: 'before-restore',
      places: ['library', 'outside'],
    });
    expect(app.history().undoLabel).toBe('history.restoreBackup');
    await app.history().undo();
    expect(stateOf(app.store())).toEqual(before);
    // So does the backup that was taken before it.
    await app.backups.restore({ name: library.name }, noReport, context);
    await app.backups.restore({ name: outcome.before! }, noReport, context);
    expect(liveIn(stateOf(app.store()))).toEqual(liveIn(before));
    await app.close();
  });

  it('changes nothing where the backup is damaged in both places, or is not there', async () => {
    const app = await start(library.base);
    const before = stateOf(app.store());
    const { path, userData } = placesIn(library.base);
    const outside = join('backups', app.store().libraryId, 'objects');
    await eachOf(path, 'backups/objects', (file) => writeFile(file, 'rubbish'));
    await eachOf(userData, outside, (file) => writeFile(file, 'rubbish'));
    for (const [name, code] of [
      [library.name, 'conflict'],
      ['none', 'not-found'],
    ] as const)
      await expect(app.backups.restore({ name }, noReport, context)).rejects.toMatchObject({
        problem: { code },
      });
    expect(stateOf(app.store())).toEqual(before);
    await app.close();
  });

  it('does not touch a folder that holds other files', async () => {
    await rm(library.path, { recursive: true });
    await mkdir(library.path);
    await writeFile(join(library.path, 'letter.txt'), 'Dear colleague');
    const app = await start(library.base);
    await expect(app.backups.restore({ name: library.name }, noReport, context)).rejects.toMatchObject({
      problem: { code: 'conflict', detail: 'backup-foreign' },
    });
    expect(await readdir(library.path)).toEqual(['letter.txt']);
    await app.close();
  });
});

describe('a restore that is killed', () => {
  afterEach(removeFolders);
  /** Of the calls to the disk; the long form takes each. */
  const STEP = process.env['HEPATICA_FAULTS'] === 'long' ? 1 : 9;
  const WRITING = new Set([
    'open',
    'write',
    'sync',
    'datasync',
    'truncate',
    'rename',
    'link',
    'unlink',
    'mkdir',
  ]);

  it.each<[string, (library: Prepared) => Promise<unknown>]>([
    ['of a library that is open', async () => undefined],
    ['of a library that does not open', ({ path }) => writeFile(join(path, 'library.json'), 'rubbish')],
  ])(
    '%s, at any call to the disk, leaves the old or the new, and can be done again',
    async (_what, damage) => {
      const library = await prepare(await temporaryFolder());
      const { store } = await opened(library.base);
      await write(store, { ...articleWrite('edited', 'aaaaaaaaaaaaaaaa') });
      const old = stateOf(store);
      await store.close();
      await damage(library);
      let points = 0;
      for (let fatal = 1; ; fatal += STEP) {
        const base = join(library.base, `copy-${fatal}`);
        await cp(library.path, placesIn(base).path, { recursive: true });
        await cp(placesIn(library.base).userData, placesIn(base).userData, { recursive: true });
        let calls = 0;
        let isArmed = false;
        const fs = faultyFileSystem((call) => {
          if (isArmed && WRITING.has(call) && ++calls >= fatal) throw failure('EIO');
        });
        const app = await start(base, fs);
        isArmed = true;
        await Promise.resolve(app.backups.restore({ name: library.name }, noReport, context)).catch(
          () => undefined,
        );
        await app.close().catch(() => undefined);
        if (calls < fatal) break;
        points += 1;
        await rm(join(placesIn(base).path, 'lock'), { force: true });
        const next = await start(base);
        if (next.lifecycle.find() !== undefined) {
          const state = stateOf(next.store());
          const isNew = state['articles aaaaaaaaaaaaaaaa']?.trashed ?? true;
          expect(state, `call ${fatal}`).toMatchObject(isNew ? library.state : old);
        }
        await next.backups.restore({ name: library.name }, noReport, context);
        expect(stateOf(next.store()), `call ${fatal}`).toMatchObject(library.state);
        await next.close();
        await rm(base, { recursive: true });
      }
      expect(points).toBeGreaterThan(4);
    },
    120_000,
  );
});

describe('the daily backup', () => {
  afterEach(removeFolders);

  it('is taken once a day in each place, when something changed, and not outside where that is not wanted', async () => {
    const base = await temporaryFolder();
    const { path, userData } = placesIn(base);
    const { store, blobs, acceptMissing } = await opened(base);
    let now = new Date('2026-07-01T09:00:00Z');
    const backups = new SessionBackups({
      store,
      blobs,
      acceptMissing,
      path,
      userData,
      log,
      now: () => now,
      delay: WHOLE_DAY,
    });
    const lists = async () => {
      const count = async (folder: string) =>
        (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('daily.json')).length;
      return [await count(join(path, 'backups')), await count(join(userData, 'backups', store.libraryId))];
    };
    const day = async (date: string, ...writes: Write[]) => {
      now = new Date(`2026-07-${date}`);
      if (writes.length > 0) await write(store, ...writes);
      await backups.takeDaily();
      return lists();
    };
    expect(await day('01T09:00:00Z', articleWrite('one'))).toEqual([1, 1]);
    expect(await day('01T18:00:00Z', articleWrite('two'))).toEqual([1, 1]);
    expect(await day('02T09:00:00Z')).toEqual([2, 2]);
    expect(await day('03T09:00:00Z')).toEqual([2, 2]);
    await write(store, { table: 'settings', id: 'settings', value: { ...SETTINGS, secondCopy: false } });
    expect(await day('04T09:00:00Z')).toEqual([3, 2]);
    expect(backups.state.state).toBe('fine');
    await store.flush();
    await eachOf(path, 'articles', (file) => writeFile(file, 'rubbish'));
    expect(await day('05T09:00:00Z', annotationWrite('three'))).toEqual([3, 2]);
    expect(backups.state.state).toBe('suspect');
    await backups.stop();
    await store.close().catch(() => undefined);
  });

  it('comes by itself after a change, and its failure is told', async () => {
    const base = await temporaryFolder();
    const { path, userData } = placesIn(base);
    const { store, blobs, acceptMissing } = await opened(base);
    await mkdir(join(userData, 'backups'), { recursive: true });
    await writeFile(join(userData, 'backups', store.libraryId), 'in the way');
    const backups = new SessionBackups({ store, blobs, acceptMissing, path, userData, log, delay: 1 });
    const listening = disposeAll([backups.onDidChange(() => {})]);
    await write(store, articleWrite('one'));
    await expect.poll(() => backups.state.state).toBe('failed');
    expect((await readdir(join(path, 'backups'))).filter((name) => name.endsWith('daily.json'))).toHaveLength(
      1,
    );
    listening.dispose();
    await backups.stop();
    await store.close();
  });
});
