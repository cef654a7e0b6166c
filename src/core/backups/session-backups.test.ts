import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultSettings as SETTINGS } from '#shared/model/settings';
import { eachOf, log, WHOLE_DAY } from '../../test/backed-up-library';
import {
  annotationWrite,
  articleWrite,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import type { Write } from '../storage/types';
import { SessionBackups } from './session-backups';

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
    await write(store, articleWrite('one'));
    await expect.poll(() => backups.state.state).toBe('failed');
    expect((await readdir(join(path, 'backups'))).filter((name) => name.endsWith('daily.json'))).toHaveLength(
      1,
    );
    await backups.stop();
    await store.close();
  });
});
