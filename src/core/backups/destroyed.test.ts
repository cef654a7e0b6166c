import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  all,
  eachOf,
  noReport,
  type Prepared,
  prepare,
  start,
  stateOf,
  TEXT,
} from '../../test/backed-up-library';
import { context } from '../../test/call-context';
import {
  contentOf,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import { sha256 } from '../storage/envelope';
import { readShard } from '../storage/shard';
import { tablesOf } from '../storage/shard-set';
import type { DocumentStore, Write } from '../storage/types';

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
