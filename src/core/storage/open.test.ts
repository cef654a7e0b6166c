import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  articleWrite,
  contentOf,
  failure,
  faultyFileSystem,
  open,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import { SCHEMA, seal, sha256, unseal } from './envelope';
import { fileOf } from './shard-set';

afterEach(removeFolders);

/** A closed library of some articles; answers with their ids. */
const library = async (base: string, count = 5): Promise<readonly string[]> => {
  const { store } = await opened(base);
  const writes = Array.from({ length: count }, (_, index) => articleWrite(`article ${index}`));
  await write(store, ...writes);
  await store.close();
  return writes.map((each) => each.id);
};

const bytesOf = (base: string, file: string) => readFile(join(placesIn(base).path, file));

describe('openLibrary at a place', () => {
  const { path: at } = placesIn('');
  it.each<[string, (path: string) => Promise<void>, boolean, string]>([
    ['that is not there and not known', async () => {}, false, 'created'],
    ['that is empty and not known', async (path) => void (await mkdir(path)), false, 'created'],
    [
      'with only hidden files',
      async (path) => {
        await mkdir(path);
        await writeFile(join(path, '.DS_Store'), '');
      },
      false,
      'created',
    ],
    [
      'with files of something else',
      async (path) => {
        await mkdir(path);
        await writeFile(join(path, 'thesis.docx'), 'x');
      },
      true,
      'not-a-library',
    ],
    ['that is a file', (path) => writeFile(path, 'x'), false, 'not-writable'],
  ])('%s', async (_name, make, create, outcome) => {
    const base = await temporaryFolder();
    await make(join(base, at));
    const result = await open(base, { create });
    expect(result.ok ? (result.value.created ? 'created' : 'opened') : result.error.reason).toBe(outcome);
    if (result.ok) await result.value.store.close();
  });

  it.each<[string, (path: string) => Promise<void>, string]>([
    ['that is known and has gone', (path) => rename(path, `${path}-moved`), 'missing'],
    [
      'that is known and has been emptied',
      async (path) => {
        await rename(path, `${path}-moved`);
        await mkdir(path);
      },
      'empty-but-known',
    ],
  ])('%s is refused, unless a new one is wanted', async (_name, act, reason) => {
    const base = await temporaryFolder();
    await library(base);
    const { path } = placesIn(base);
    await act(path);
    expect(await open(base)).toEqual({ ok: false, error: { reason, path } });
    const { store, created } = await opened(base, { create: true });
    expect(created).toBe(true);
    await store.close();
  });

  it.each(['library.json', 'articles', 'journal'])(
    'that has lost all but %s is not taken for empty',
    async (left) => {
      const base = await temporaryFolder();
      await library(base);
      const { path } = placesIn(base);
      for (const name of await readdir(path))
        if (name !== left) await rm(join(path, name), { recursive: true });
      const before = await contentOf(path);
      const result = await open(base, { create: true });
      if (left === 'library.json') {
        const { store } = result.ok ? result.value : { store: undefined };
        expect(store?.damage.length).toBeGreaterThan(0);
        await store?.close();
      } else {
        expect(result).toMatchObject({ ok: false, error: { reason: 'unreadable', file: 'library.json' } });
        expect(await contentOf(path)).toEqual(before);
      }
    },
  );

  it.each([
    ['EACCES', 'no-permission'],
    ['EROFS', 'disk-read-only'],
    ['EPERM', 'no-permission'],
    ['ENOSPC', 'disk-full'],
  ])('that cannot be written (%s) is refused', async (code, cause) => {
    const base = await temporaryFolder();
    await library(base);
    const fs = faultyFileSystem((call, path) => {
      if (call === 'open' && path.startsWith(placesIn(base).path)) throw failure(code);
    });
    expect(await open(base, { fs })).toMatchObject({
      ok: false,
      error: { reason: 'not-writable', cause },
    });
    await (await opened(base)).store.close();
  });

  it('where a disk fails to read a shard is refused, with the shard left in place', async () => {
    const base = await temporaryFolder();
    const [id = ''] = await library(base);
    const file = fileOf('articles', id);
    const fs = faultyFileSystem((call, path) => {
      if (call === 'readFile' && path.endsWith(file)) throw failure('EIO');
    });
    expect(await open(base, { fs })).toMatchObject({ ok: false, error: { reason: 'unreadable', file } });
    const { store } = await opened(base);
    expect(store.damage).toEqual([]);
    await store.close();
  });

  it('that is open already is refused, in this process too', async () => {
    const base = await temporaryFolder();
    const { store } = await opened(base);
    expect(await open(base)).toMatchObject({
      ok: false,
      error: { reason: 'locked', pid: process.pid, sameMachine: true },
    });
    await store.close();
  });

  it('is made once when two start together', async () => {
    const base = await temporaryFolder();
    const results = await Promise.all([open(base), open(base), open(base)]);
    expect(results.filter((each) => each.ok)).toHaveLength(1);
    for (const each of results) if (each.ok) await each.value.store.close();
  });
});

const garbage: readonly [string, (bytes: Buffer) => Buffer][] = [
  ['emptied', () => Buffer.alloc(0)],
  ['null', () => Buffer.from('null')],
  ['zero', () => Buffer.from('0')],
  ['an empty string', () => Buffer.from('""')],
  ['cut in half', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['cut by a byte', (bytes) => bytes.subarray(0, -1)],
  ['all NULs', (bytes) => Buffer.alloc(bytes.length)],
  ['NULs at the end', (bytes) => Buffer.concat([bytes.subarray(0, -20), Buffer.alloc(20)])],
  ['JSON of another program', () => Buffer.from('{"name":"x","articles":[]}')],
  ['UTF-16', (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le')],
  [
    'invalid UTF-8',
    (bytes) => Buffer.concat([bytes.subarray(0, 200), Buffer.from([0xff, 0xfe]), bytes.subarray(202)]),
  ],
  [
    'a payload that is a list',
    () => seal({ schema: SCHEMA, generation: 1, writer: 'w', seq: 1, extra: {} }, '[1]'),
  ],
  [
    'records that are no list',
    () =>
      seal(
        { schema: SCHEMA, generation: 1, writer: 'w', seq: 1, extra: {} },
        '{"articles":{},"collections":3}',
      ),
  ],
];

describe('a damaged shard', () => {
  it.each(garbage)('(%s) is kept byte for byte, and the others open', async (_name, spoil) => {
    const base = await temporaryFolder();
    const ids = await library(base);
    const file = fileOf('articles', ids[0] ?? '');
    const bad = spoil(await bytesOf(base, file));
    await writeFile(join(placesIn(base).path, file), bad);
    const { store } = await opened(base);
    expect(store.damage).toHaveLength(1);
    expect(store.damage[0]).toMatchObject({ file });
    expect(await bytesOf(base, store.damage[0]?.keptAs ?? '')).toEqual(bad);
    const left = ids.filter((id) => fileOf('articles', id) !== file);
    expect([...store.all('articles')].map((each) => each.id as string).toSorted()).toEqual(left.toSorted());
    await store.close();
    // It is not missed a second time, and a new record can go where it was.
    const next = (await opened(base)).store;
    expect(next.damage).toEqual([]);
    await write(next, articleWrite('again', ids[0]));
    await next.close();
    expect(await bytesOf(base, store.damage[0]?.keptAs ?? '')).toEqual(bad);
  });

  it('that is missing is told, every time', async () => {
    const base = await temporaryFolder();
    const ids = await library(base);
    const file = fileOf('articles', ids[0] ?? '');
    await rm(join(placesIn(base).path, file));
    for (let start = 0; start < 2; start++) {
      const { store } = await opened(base);
      expect(store.damage).toEqual([{ file, reason: 'file-missing' }]);
      await store.close();
    }
  });

  it('loses only the record that cannot be read, and a copy of the file is kept', async () => {
    const base = await temporaryFolder();
    const [id = ''] = await library(base, 1);
    const file = fileOf('articles', id);
    const old = unseal(await bytesOf(base, file));
    if (!old.ok) throw new Error('unreadable');
    const good = (old.value.payload as { articles: object[] }).articles;
    const bad = { id: 'strange', version: {}, value: { id: 'strange', title: 9 } };
    const bytes = seal(old.value.envelope, JSON.stringify({ articles: [bad, ...good] }));
    await writeFile(join(placesIn(base).path, file), bytes);
    const { store } = await opened(base);
    expect([...store.all('articles')]).toHaveLength(1);
    expect(store.damage).toMatchObject([{ file, reason: expect.stringContaining('strange: title') }]);
    expect(await bytesOf(base, store.damage[0]?.keptAs ?? '')).toEqual(bytes);
    await store.close();
    const next = (await opened(base)).store;
    expect([next.damage, [...next.all('articles')].length]).toEqual([[], 1]);
    await next.close();
  });
});

describe('a damaged library.json', () => {
  it.each(garbage)('(%s) is refused, and nothing is changed', async (_name, spoil) => {
    const base = await temporaryFolder();
    await library(base);
    const { path } = placesIn(base);
    await writeFile(join(path, 'library.json'), spoil(await bytesOf(base, 'library.json')));
    const before = await contentOf(path);
    for (const mode of ['read-write', 'read-only'] as const)
      expect(await open(base, { create: true, mode })).toMatchObject({
        ok: false,
        error: { reason: 'unreadable', file: 'library.json' },
      });
    expect(await contentOf(path)).toEqual(before);
  });
});

describe('a damaged journal', () => {
  it('is kept, the good lines are replayed, and it is told once', async () => {
    const base = await temporaryFolder();
    const { store } = await opened(base, { checkpointDelay: 60_000 });
    for (const title of ['one', 'two', 'three']) await write(store, articleWrite(title));
    const { path } = placesIn(base);
    const [name = ''] = await readdir(join(path, 'journal'));
    const bad = Buffer.from(
      (await bytesOf(base, `journal/${name}`)).toString('utf8').replace('"two"', '"owt"'),
    );
    // As after a crash: another machine takes over a library whose shards are behind.
    await writeFile(join(path, 'journal', name), bad);
    const options = { takeOver: true, userData: join(base, 'another-machine') };
    const next = (await opened(base, options)).store;
    const titles = [...next.all('articles')].map((each) => each.value?.title);
    expect(titles.toSorted()).toEqual(['one', 'three']);
    expect(next.damage).toMatchObject([{ file: `journal/${name}`, reason: 'bad-lines: 2' }]);
    expect(await bytesOf(base, next.damage[0]?.keptAs ?? '')).toEqual(bad);
    await next.close();
    const last = (await opened(base, options)).store;
    expect([last.damage, [...last.all('articles')].length]).toEqual([[], 2]);
    await last.close();
    await store.close().catch(() => {});
  });
});

describe('a library of a later version', () => {
  const newer = (bytes: Buffer, by: number): Buffer => {
    const old = unseal(bytes);
    if (!old.ok) throw new Error('unreadable');
    return seal({ ...old.value.envelope, schema: SCHEMA + by }, JSON.stringify(old.value.payload));
  };
  it.each([1, 10])('(schema + %d) is refused wherever it says so, and not a byte is changed', async (by) => {
    for (const where of ['library.json', 'shard', 'journal', 'shard and a damaged one'] as const) {
      const base = await temporaryFolder();
      const { path } = placesIn(base);
      const ids = await library(base, 20);
      let file =
        where === 'journal' ? 'journal' : where === 'library.json' ? where : fileOf('articles', ids[0] ?? '');
      if (where === 'journal') {
        const json = JSON.stringify({ schema: SCHEMA + by, what: 'ever' });
        await mkdir(join(path, 'journal'), { recursive: true });
        const line = `${sha256(json).slice(0, 32)} ${json}\n`;
        await writeFile(join(path, 'journal', '000000000099-z.log'), line);
      } else await writeFile(join(path, file), newer(await bytesOf(base, file), by));
      if (where === 'shard and a damaged one') {
        const other = ids.map((id) => fileOf('articles', id)).find((each) => each !== file) ?? '';
        await writeFile(join(path, other), 'null');
        file = expect.any(String) as unknown as string;
      }
      const before = await contentOf(path);
      for (const mode of ['read-write', 'read-only'] as const) {
        const error = { reason: 'newer', path, file, schema: SCHEMA + by, known: SCHEMA };
        expect(await open(base, { mode }), where).toEqual({ ok: false, error });
      }
      expect(await contentOf(path), where).toEqual(before); // the lock too has gone again
    }
  });
});

describe('a library opened for reading', () => {
  it('shows what the journal holds beside a writer, and writes nothing at all', async () => {
    const base = await temporaryFolder();
    const writer = await opened(base, { checkpointDelay: 60_000 });
    await write(writer.store, articleWrite('in the journal'));
    const { path } = placesIn(base);
    const before = await contentOf(path);
    const writing = new Set(['write', 'rename', 'link', 'unlink', 'mkdir', 'touch', 'truncate']);
    const fs = faultyFileSystem((call, at) => {
      if (writing.has(call) && at.startsWith(path)) throw new Error(`${call} ${at}`);
    });
    const { store, blobs } = await opened(base, { mode: 'read-only', fs });
    expect([...store.all('articles')].map((each) => each.value?.title)).toEqual(['in the journal']);
    await expect(write(store, articleWrite('no'))).rejects.toMatchObject({ problem: { code: 'read-only' } });
    await expect(blobs.put('sources', 'txt', Buffer.from('x'))).rejects.toMatchObject({
      problem: { code: 'read-only' },
    });
    await store.flush();
    await store.close();
    expect(await contentOf(path)).toEqual(before);
    await writer.store.close();
  });

  it('lists damage without moving it, and is not made where there is none', async () => {
    const base = await temporaryFolder();
    expect(await open(base, { mode: 'read-only' })).toMatchObject({
      ok: false,
      error: { reason: 'missing' },
    });
    const [id = ''] = await library(base);
    const { path } = placesIn(base);
    await writeFile(join(path, fileOf('articles', id)), 'null');
    const before = await contentOf(path);
    const { store } = await opened(base, { mode: 'read-only' });
    expect(store.damage).toEqual([{ file: fileOf('articles', id), reason: expect.any(String) }]);
    await store.close();
    expect(await contentOf(path)).toEqual(before);
  });
});
