import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { removeFolders, temporaryFolder } from '../../test/storage-fixtures';
import { buildStorageChild, type StorageChild, startStorageChild } from '../../test/storage-process';
import { type FileSystem, nodeFileSystem } from './fs-port';
import { Lock, LockLost } from './lock';
import { processStart } from './process-start';

const acquire = (folder: string, machineId = 'here', takeOver = false, fs: FileSystem = nodeFileSystem) =>
  Lock.acquire({ fs, folder, machineId, takeOver, now: () => new Date() });

const acquired = async (folder: string): Promise<Lock> => {
  const lock = await acquire(folder);
  if (!lock.ok) throw new Error('the lock was not to be had');
  return lock.value;
};

const owner = async (given: Record<string, unknown>) => ({
  token: 'f'.repeat(32),
  machineId: 'here',
  host: 'ward-7',
  pid: process.pid,
  processStart: await processStart(process.pid),
  since: '2026-01-01T00:00:00.000Z',
  ...given,
});

describe('Lock', () => {
  afterEach(removeFolders);

  it('is one: a second open is refused, in the same process too, until it is released', async () => {
    const folder = await temporaryFolder();
    const lock = await acquired(folder);
    expect(await acquire(folder)).toMatchObject({ ok: false, error: { pid: process.pid } });
    await lock.check();
    await lock.release();
    const next = await acquired(folder);
    await next.release();
    await lock.release(); // again: harmless
  });

  const ended = 2 ** 22 + 7; // above the highest pid that Linux gives
  it.each<[string, Record<string, unknown>, boolean, boolean]>([
    ['a process that lives', {}, false, false],
    ['a process that has ended', { pid: ended }, false, true],
    ['a pid that another process has got since', { processStart: 'boot:1' }, false, true],
    ['another machine', { machineId: 'there', pid: ended }, false, false],
    ['another machine, on the word of the user', { machineId: 'there' }, true, true],
    ['this machine, on the word of the user', {}, true, false],
  ])('of %s', async (_name, given, takeOver, taken) => {
    const folder = await temporaryFolder();
    const bytes = JSON.stringify(await owner(given));
    await writeFile(join(folder, 'lock'), bytes);
    const lock = await acquire(folder, 'here', takeOver);
    expect(lock.ok).toBe(taken);
    if (lock.ok) await lock.value.release();
    else expect(await readFile(join(folder, 'lock'), 'utf8')).toBe(bytes);
  });

  it.each([
    ['beat not long ago', 20_000, false],
    ['been silent', 40_000, true],
  ])('of a process with an unknown start that has %s', async (_name, age, taken) => {
    const folder = await temporaryFolder();
    const path = join(folder, 'lock');
    await writeFile(path, JSON.stringify(await owner({ processStart: undefined })));
    const time = new Date(Date.now() - age);
    await utimes(path, time, time);
    const lock = await acquire(folder);
    expect(lock.ok).toBe(taken);
    if (lock.ok) await lock.value.release();
  });

  it.each(['', '{"token":', 'null'])('that was half written (%j) is nobody’s', async (text) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lock'), text);
    await (await acquired(folder)).release();
  });

  it('that somebody else has is lost, and is not removed on release', async () => {
    const folder = await temporaryFolder();
    const lock = await acquired(folder);
    await writeFile(join(folder, 'lock'), JSON.stringify(await owner({})));
    await expect(lock.check()).rejects.toThrow(LockLost);
    await lock.release();
    expect(await readFile(join(folder, 'lock'), 'utf8')).toContain('ffff');
  });

  it.each<[string, (path: string, theirs: string) => Promise<void>]>([
    ['written over', (path, theirs) => writeFile(path, theirs)],
    [
      'replaced',
      async (path, theirs) => {
        await writeFile(`${path}.theirs`, theirs);
        await rename(`${path}.theirs`, path);
      },
    ],
  ])(
    'is read again only where it may be another, and %s is lost, length and time as before',
    async (_name, act) => {
      const folder = await temporaryFolder();
      const path = join(folder, 'lock');
      let reads = 0;
      const readFileOf = (at: string) => {
        reads += 1;
        return nodeFileSystem.readFile(at);
      };
      const result = await acquire(folder, 'here', false, { ...nodeFileSystem, readFile: readFileOf });
      if (!result.ok) throw new Error('the lock was not to be had');
      for (let check = 0; check < 10; check++) await result.value.check();
      expect(reads).toBe(1);
      const { mtime, atime } = await stat(path);
      const ours = await readFile(path, 'utf8');
      await act(path, ours.replace(/"token":"[0-9a-f]+"/, `"token":"${'f'.repeat(32)}"`));
      await utimes(path, atime, mtime);
      expect((await stat(path)).size).toBe(ours.length);
      await expect(result.value.check()).rejects.toThrow(LockLost);
      await result.value.release();
    },
  );

  it('that has gone is lost, but one that comes back at once is not', async () => {
    const folder = await temporaryFolder();
    const lock = await acquired(folder);
    await rename(join(folder, 'lock'), join(folder, 'moved'));
    const checked = lock.check();
    await rename(join(folder, 'moved'), join(folder, 'lock'));
    await checked;
    await rm(join(folder, 'lock'));
    await expect(lock.check()).rejects.toThrow(LockLost);
    await lock.release();
  });

  it('goes without hard links where the file system has none', async () => {
    const folder = await temporaryFolder();
    const link = () => Promise.reject(Object.assign(new Error('no links'), { code: 'EPERM' }));
    const fs = { ...nodeFileSystem, link };
    const lock = await acquire(folder, 'here', false, fs);
    expect(lock.ok).toBe(true);
    expect((await acquire(folder, 'here', false, fs)).ok).toBe(false);
    if (lock.ok) await lock.value.release();
  });

  it('that was fresh after all is put back by the start that moved it', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'lock');
    const fresh = JSON.stringify(await owner({ token: 'a'.repeat(32) }));
    await writeFile(path, JSON.stringify(await owner({ pid: ended })));
    // Another start takes the stale lock over in the very moment in which this one moves it.
    const fs: FileSystem = {
      ...nodeFileSystem,
      rename: async (from, to) => {
        if (from === path) await writeFile(path, fresh);
        await nodeFileSystem.rename(from, to);
      },
    };
    expect(await acquire(folder, 'here', false, fs)).toMatchObject({
      ok: false,
      error: { token: 'a'.repeat(32) },
    });
    expect(await readFile(path, 'utf8')).toBe(fresh);
    expect(await readdir(folder)).toEqual(['lock']);
  });

  it('beats every ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const folder = await temporaryFolder();
      const path = join(folder, 'lock');
      const lock = await acquired(folder);
      const past = new Date(Date.now() - 60_000);
      await utimes(path, past, past);
      vi.advanceTimersByTime(10_000);
      await expect.poll(async () => Date.now() - (await stat(path)).mtimeMs).toBeLessThan(10_000);
      await lock.check();
      await lock.release();
    } finally {
      vi.useRealTimers();
    }
  });

  it('that is stale goes to one of many who want it', async () => {
    for (let round = 0; round < 20; round++) {
      const folder = await temporaryFolder();
      await writeFile(join(folder, 'lock'), JSON.stringify(await owner({ pid: ended })));
      const all = await Promise.all(Array.from({ length: 6 }, () => acquire(folder)));
      const locks = all.flatMap((each) => (each.ok ? [each.value] : []));
      const checks = await Promise.allSettled(locks.map((lock) => lock.check()));
      expect(
        checks.filter((check) => check.status === 'fulfilled'),
        `round ${round}`,
      ).toHaveLength(1);
      for (const lock of locks) await lock.release();
    }
  });
});

describe('processes that want one library', () => {
  let script = '';
  beforeAll(async () => {
    script = await buildStorageChild(await temporaryFolder());
  }, 60_000);
  afterAll(removeFolders);

  it('get it one at a time, and at once after the owner was killed', async () => {
    const base = await temporaryFolder();
    let killed: StorageChild | undefined;
    for (let round = 0; round < 5; round++) {
      const children = [1, 2, 3].map(() => startStorageChild(script, 'hold', base));
      const outcomes = await Promise.all(children.map((child) => child.first));
      expect(outcomes.toSorted(), `round ${round}`).toEqual(['locked', 'locked', 'opened']);
      killed = children[outcomes.indexOf('opened')];
      killed?.process.kill('SIGKILL');
      await Promise.all(children.map((child) => child.ended));
    }
    const last = startStorageChild(script, 'hold', base);
    expect(await last.first).toBe('opened');
    last.process.stdin?.end();
    await last.ended;
    expect(last.lines).toEqual(['opened', 'wrote']);
  }, 60_000);
});
