import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  annotationWrite,
  articleWrite,
  type Call,
  failure,
  faultyFileSystem,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import { buildStorageChild, startStorageChild } from '../../test/storage-process';
import type { DocumentStore } from './types';

const idsOf = (store: DocumentStore): Set<string> =>
  new Set([...store.all('articles'), ...store.all('annotations')].map((stored) => stored.id));

const temporariesIn = async (base: string): Promise<string[]> =>
  (await readdir(placesIn(base).path, { recursive: true })).filter((name) => name.endsWith('.tmp'));

describe('a process that is killed', () => {
  let script = '';
  let built = '';
  beforeAll(async () => {
    built = await temporaryFolder();
    script = await buildStorageChild(built);
  }, 60_000);
  afterAll(removeFolders);

  it('has lost nothing that it acknowledged, 30 times over', async () => {
    const base = await temporaryFolder();
    const acknowledged = new Set<string>();
    for (let round = 0; round < 30; round++) {
      const child = startStorageChild(script, 'write', base);
      await child.first;
      await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 80));
      child.process.kill('SIGKILL');
      await child.ended;
      for (const id of child.lines.slice(1)) acknowledged.add(id);
    }
    const { store } = await opened(base);
    const present = idsOf(store);
    expect(acknowledged.size).toBeGreaterThan(100);
    expect([...acknowledged].filter((id) => !present.has(id))).toEqual([]);
    expect(store.damage).toEqual([]);
    expect(await temporariesIn(base)).toEqual([]);
    await store.close();
  }, 120_000);
});

const WRITING = new Set<Call>([
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

/** From call number `fatal` on the disk answers nothing any more: what is on it is what a crash would leave. */
const dyingDisk = (fatal: number) => {
  let calls = 0;
  const fs = faultyFileSystem((call) => {
    if (WRITING.has(call)) calls++;
    if (calls >= fatal) throw failure('EIO');
  });
  return { fs, died: () => calls >= fatal };
};

describe('a crash at any call to the disk', () => {
  afterEach(removeFolders);

  /** Answers with what was acknowledged before the disk died. */
  const live = async (base: string, fs: ReturnType<typeof dyingDisk>['fs']): Promise<readonly string[]> => {
    const acknowledged: string[] = [];
    try {
      const { store } = await opened(base, { fs, checkpointDelay: 60_000 });
      for (let round = 0; round < 3; round++) {
        for (const each of [articleWrite(`a${round}`), annotationWrite(`n${round}`)]) {
          await write(store, each);
          acknowledged.push(each.id);
        }
        await store.flush();
      }
      await store.close();
    } catch {
      // The disk is dead: the next start shows what is left.
    }
    return acknowledged;
  };

  it('leaves a library that opens with all that was acknowledged', async () => {
    const base = await temporaryFolder();
    let points = 0;
    for (let fatal = 1; ; fatal++) {
      const folder = join(base, String(fatal));
      const { fs, died } = dyingDisk(fatal);
      const acknowledged = await live(folder, fs);
      if (!died()) break;
      points++;
      const { store } = await opened(folder, { takeOver: true, ...(await sameProcess(folder)) });
      const present = idsOf(store);
      expect(
        acknowledged.filter((id) => !present.has(id)),
        `call ${fatal}`,
      ).toEqual([]);
      expect(present.size - acknowledged.length, `call ${fatal}`).toBeLessThanOrEqual(1);
      expect(store.damage, `call ${fatal}`).toEqual([]);
      await store.close();
      expect(await temporariesIn(folder), `call ${fatal}`).toEqual([]);
    }
    expect(points).toBeGreaterThan(60);
  }, 120_000);

  /** The lock that was left names this very process, which lives on: a crash would have ended it. */
  const sameProcess = async (base: string): Promise<{ userData: string }> => ({
    userData: join(base, 'another-machine'),
  });
});
