import { appendFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Article } from '#shared/model/article';
import {
  articleWrite,
  type Call,
  failure,
  faultyFileSystem,
  journalOf,
  opened,
  placesIn,
  removeFolders,
  reopened,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import { findConflictCopies } from './conflict-copies';
import { SCHEMA, seal } from './envelope';
import { nodeFileSystem } from './fs-port';
import { fileOf } from './shard-set';
import type { Commit, SaveState, Write } from './types';

afterEach(removeFolders);

/** A disk on which the calls named in `bad` fail. */
const disk = (code = 'ENOSPC') => {
  const bad = new Set<Call>();
  const seen: Call[] = [];
  const fs = faultyFileSystem((call, path) => {
    if (!path.includes('user')) seen.push(call);
    if (bad.has(call) && !path.endsWith('lock')) throw failure(code);
  });
  return { fs, bad, seen };
};

describe('a write', () => {
  it('is seen at once, acknowledged when the journal holds it, and there after a restart', async () => {
    const base = await temporaryFolder();
    let { store } = await opened(base);
    const article = articleWrite('a title');
    const saving = write(store, article);
    expect(store.get('articles', article.id as Article['id'])?.value).toEqual(article.value);
    const commit = await saving;
    expect(await journalOf(base)).toContain('a title');
    expect(commit).toMatchObject({
      seq: store.seq,
      changes: [{ before: null, after: { value: article.value } }],
    });
    const before = store.seq;
    store = await reopened(base, store);
    expect([...store.all('articles')].map((stored) => stored.value)).toEqual([article.value]);
    expect(store.seq).toBe(before);
    expect((await write(store, articleWrite('next'))).seq).toBe(before + 1);
    await store.close();
  });

  it('shares its sync with those of the same turn and those that come meanwhile', async () => {
    const base = await temporaryFolder();
    const { fs, seen } = disk();
    const { store } = await opened(base, { fs });
    await write(store, articleWrite('first'));
    seen.length = 0;
    const all = Array.from({ length: 50 }, (_, index) => write(store, articleWrite(`one of ${index}`)));
    await new Promise((resolve) => setImmediate(resolve));
    all.push(...Array.from({ length: 50 }, () => write(store, articleWrite('late'))));
    await Promise.all(all);
    expect(seen.filter((call) => call === 'datasync').length).toBeLessThanOrEqual(3);
    expect((await journalOf(base)).split('\n').length - 1).toBe(101);
    await store.close();
  });

  it('that comes while another is synced is not acknowledged with it', async () => {
    const base = await temporaryFolder();
    const { fs, bad } = disk();
    let late: Promise<Commit> | undefined;
    const watched = {
      ...fs,
      open: async (...args: Parameters<typeof fs.open>) => {
        const handle = await fs.open(...args);
        const datasync = async (): Promise<void> => {
          if (late === undefined) bad.add('write');
          late ??= write(store, articleWrite('late'));
          await handle.datasync();
        };
        return { ...handle, datasync };
      },
    };
    const { store } = await opened(base, { fs: watched });
    await write(store, articleWrite('early'));
    await expect(late).rejects.toMatchObject({ problem: { code: 'not-saved' } });
    bad.clear();
    await store.close();
  });

  it('counts up its own writer in the version, and keeps those of others', async () => {
    const base = await temporaryFolder();
    const { store } = await opened(base);
    const article = articleWrite('v');
    await write(store, article, article);
    const commit = await write(store, article);
    expect(commit.changes[0]?.after.version).toEqual({ [store.writerId]: 3 });
    await store.close();
    const elsewhere = (await opened(base, { userData: join(base, 'another-machine') })).store;
    const theirs = await write(elsewhere, article);
    expect(elsewhere.writerId).not.toBe(store.writerId);
    expect(theirs.changes[0]?.after.version).toEqual({ [store.writerId]: 3, [elsewhere.writerId]: 1 });
    expect(elsewhere.libraryId).toBe(store.libraryId);
    await elsewhere.close();
  });

  it('moves to the Trash and back, keeps the day, and makes tombstones', async () => {
    const base = await temporaryFolder();
    let day = 1;
    const now = () => new Date(Date.UTC(2026, 0, day));
    let { store } = await opened(base, { now });
    const article = articleWrite('t');
    const of = () => store.get('articles', article.id as Article['id']);
    await write(store, article);
    await write(store, { ...article, trash: true } as Write);
    day = 2;
    await write(store, article); // an edit in the Trash
    expect(of()).toMatchObject({ deletedAt: '2026-01-01T00:00:00.000Z', value: article.value });
    await write(store, { ...article, trash: false } as Write);
    expect(of()).not.toHaveProperty('deletedAt');
    await write(store, { ...article, value: null } as Write);
    store = await reopened(base, store);
    expect(of()).toMatchObject({ deletedAt: '2026-01-02T00:00:00.000Z', value: null });
    await store.close();
  });

  it('of a record that could not be read back is a bug, and changes nothing', async () => {
    const { store } = await opened(await temporaryFolder());
    const good = articleWrite('good');
    const bad = { ...articleWrite('bad'), value: { title: 'no more' } } as unknown as Write;
    await expect(write(store, good, bad)).rejects.toThrow('bad record');
    expect([...store.all('articles')]).toEqual([]);
    expect(store.seq).toBe(0);
    await store.close();
  });

  it('is saved though a listener fails', async () => {
    const base = await temporaryFolder();
    const { store } = await opened(base);
    store.onDidCommit(() => {
      throw new Error('listener');
    });
    await expect(write(store, articleWrite('heard'))).rejects.toThrow('listener');
    expect(await journalOf(base)).toContain('heard');
    await store.close();
  });
});

describe('a disk that fails', () => {
  it.each<[Call, string, string]>([
    ['write', 'ENOSPC', 'disk-full'],
    ['datasync', 'EIO', 'disk-error'],
    ['open', 'EMFILE', 'failed: EMFILE'],
    ['write', 'EDQUOT', 'quota-full'],
  ])('at %s with %s: said, kept in memory, tried again by itself', async (call, code, cause) => {
    const base = await temporaryFolder();
    const { fs, bad } = disk(code);
    const { store } = await opened(base, { fs });
    if (call !== 'open') await write(store, articleWrite('before'));
    const states: SaveState[] = [];
    store.onDidChangeSaveState((state) => states.push(state));
    bad.add(call);
    const article = articleWrite('kept');
    const failed = await write(store, article).catch((error: unknown) => error);
    expect(failed).toMatchObject({ problem: { code: 'not-saved', detail: cause } });
    expect(store.saveState).toEqual({ state: 'not-saved', cause });
    expect(store.get('articles', article.id as Article['id'])?.value).toEqual(article.value);
    await expect(store.flush()).rejects.toMatchObject({ problem: { code: 'not-saved' } });
    bad.clear();
    await expect.poll(() => store.saveState.state, { timeout: 5000 }).toBe('saved');
    expect(states.map((each) => each.state)).toEqual(['saving', 'not-saved', 'saved']);
    expect(await journalOf(base)).toContain('kept');
    expect(await reopened(base, store).then((next) => next.close())).toBeUndefined();
  });

  it('while shards are written: nothing is lost, and it is tried again', async () => {
    const base = await temporaryFolder();
    const { fs, bad } = disk();
    const { store } = await opened(base, { fs, checkpointDelay: 20 });
    bad.add('rename');
    await write(store, articleWrite('in the journal'));
    await expect.poll(() => store.saveState.state).toBe('not-saved');
    expect(await journalOf(base)).toContain('in the journal');
    bad.clear();
    await expect.poll(() => store.saveState.state).toBe('saved');
    await store.close();
    expect(await journalOf(base)).toBe('');
  });

  it('until the end: close says so, and lets go of the lock', async () => {
    const base = await temporaryFolder();
    const { fs, bad } = disk();
    const { store } = await opened(base, { fs });
    bad.add('write');
    await write(store, articleWrite('lost')).catch(() => {});
    await expect(store.close()).rejects.toMatchObject({ problem: { code: 'not-saved' } });
    await (await opened(base)).store.close();
  });
});

describe('a file that another program changes underneath us', () => {
  const changed = async (base: string, act: (file: string) => Promise<void>) => {
    const { store } = await opened(base);
    const article = articleWrite('ours');
    await write(store, article);
    await store.flush();
    const file = join(placesIn(base).path, fileOf('articles', article.id));
    await act(file);
    await write(store, {
      ...article,
      value: { ...(article.value as Article), title: 'ours again' },
    } as Write);
    return { store, file, article };
  };

  it.each<[string, (file: string) => Promise<void>]>([
    ['appends to it', (file) => appendFile(file, '\nhello')],
    ['replaces it', (file) => writeFile(file, '{"theirs":true}')],
    [
      'puts another generation there',
      async (file) => {
        const theirs = { schema: SCHEMA, generation: 9, writer: 'them', seq: 1, extra: {} };
        await writeFile(file, seal(theirs, '{"articles":[]}'));
      },
    ],
  ])('(%s) makes way; both are conflict copies until they are merged and put away', async (_name, act) => {
    const base = await temporaryFolder();
    const { path } = placesIn(base);
    let theirs: Buffer = Buffer.alloc(0);
    const { store, file, article } = await changed(base, async (changedFile) => {
      await act(changedFile);
      theirs = await readFile(changedFile);
    });
    await store.flush();
    expect(store.saveState.state).toBe('saved');
    await store.close();
    expect(await readFile(file, 'utf8')).toContain('ours again');
    const copies = (await findConflictCopies(nodeFileSystem, path)).map((copy) => copy.file);
    expect(copies).toEqual([expect.stringContaining('.ours-'), expect.stringContaining('.theirs-')]);
    expect(await readFile(join(path, copies[1]!))).toEqual(theirs);

    const next = await opened(base);
    const merged = await next.mergeCopies();
    expect(merged.map((each) => each.file)).toEqual(copies);
    expect(await readFile(join(path, merged[1]!.keptAs))).toEqual(theirs);
    expect(await next.mergeCopies()).toEqual([]);
    expect(next.store.get('articles', article.id as Article['id'])?.value?.title).toBe('ours again');
    await next.store.close();
  });

  it('(deletes it) is written again from memory', async () => {
    const base = await temporaryFolder();
    const { store, file } = await changed(base, (path) => rm(path));
    await store.flush();
    expect(await readFile(file, 'utf8')).toContain('ours again');
    await store.close();
  });
});

describe('a lock that is lost', () => {
  it('turns the store read-only, and what was not saved says so', async () => {
    const base = await temporaryFolder();
    const { store } = await opened(base);
    await write(store, articleWrite('before'));
    let losses = 0;
    store.onDidLoseLock(() => losses++);
    const { path } = placesIn(base);
    const lock = JSON.parse(await readFile(join(path, 'lock'), 'utf8')) as Record<string, unknown>;
    await writeFile(join(path, 'lock'), JSON.stringify({ ...lock, token: 'other' }));
    const journal = await journalOf(base);
    await expect(write(store, articleWrite('late'))).rejects.toMatchObject({
      problem: { code: 'not-saved' },
    });
    await expect(write(store, articleWrite('later'))).rejects.toMatchObject({
      problem: { code: 'read-only' },
    });
    expect([store.readOnly, losses, store.saveState.state]).toEqual([true, 1, 'not-saved']);
    await store.close().catch(() => {});
    expect(await journalOf(base)).toBe(journal);
    expect(await readFile(join(path, 'lock'), 'utf8')).toContain('other');
  });

  it('because the folder has gone is told, and the folder is not made anew', async () => {
    const base = await temporaryFolder();
    const { path } = placesIn(base);
    const { store, blobs } = await opened(base, { checkpointDelay: 10 });
    await write(store, articleWrite('before'));
    await rename(path, `${path}-elsewhere`);
    await expect.poll(() => store.readOnly).toBe(true);
    await expect(write(store, articleWrite('late'))).rejects.toMatchObject({
      problem: { code: 'read-only' },
    });
    await expect(blobs.put('sources', 'txt', Buffer.from('x'))).rejects.toMatchObject({
      problem: { code: 'read-only' },
    });
    await store.close().catch(() => {});
    expect(await readdir(base)).not.toContain('library');
    await rename(`${path}-elsewhere`, path);
    const next = (await opened(base, { takeOver: true, userData: join(base, 'another-machine') })).store;
    expect([...next.all('articles')].map((each) => each.value?.title)).toEqual(['before']);
    await next.close();
  });
});
