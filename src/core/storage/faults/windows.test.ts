import { describe, expect, it } from 'vitest';
import { live, openOn, SCENARIOS, seenIn, tell, withoutProcess } from '../../../test/fault-scenarios';
import { failure } from '../../../test/storage-fixtures';
import { onWindows } from '../fs-port';
import { type DiskCall, MemoryDisk, type MemoryDiskOptions } from './memory-disk';

/** As on Windows: one name in two cases is one file, and a folder cannot be opened. */
const WINDOWS: MemoryDiskOptions = {
  caseInsensitive: true,
  foldersOpen: false,
  wrap: (fs) => onWindows(fs, [0, 0, 0]),
};

describe('a disk of Windows', () => {
  it.each(Object.entries(SCENARIOS))(
    'takes all that a reader does (%s), though no folder can be synced',
    async (_, steps) => {
      const { disk, points } = await live(steps, WINDOWS);
      const { store } = await openOn(new MemoryDisk({ ...WINDOWS, state: disk.state }));
      expect([seenIn(store), store.damage]).toEqual([points.at(-1)?.seen, []]);
      await store.close();
    },
  );

  it.each(['EPERM', 'EBUSY', 'EACCES'])(
    'tries a rename again that another program is in the way of (%s)',
    async (code) => {
      let [busy, tried] = [0, 0];
      const before = (call: DiskCall, path: string): void => {
        if (call !== 'rename' || !path.includes('.json.')) return;
        tried += 1;
        // Each rename succeeds at its third time.
        busy = (busy + 1) % 3;
        if (busy !== 0) throw failure(code);
      };
      const { disk } = await live(SCENARIOS['add, edit, delete'], { ...WINDOWS, before });
      expect(tried).toBeGreaterThan(6);
      expect(disk.state.list().filter(([path]) => path.endsWith('.tmp'))).toEqual([]);
      tell('R6', `renames that were in use (${code}) and then made`, tried / 3);
    },
  );

  it('says so when the other program stays, never writes over the old file, and goes on when it has gone', async () => {
    const first = await live(SCENARIOS.bulk, WINDOWS);
    let stays = true;
    const touched: string[] = [];
    const before = (call: DiskCall, path: string): void => {
      if (call === 'write' || call === 'truncate') touched.push(path);
      if (stays && call === 'rename' && path.includes('/articles/')) throw failure('EBUSY');
    };
    const disk = new MemoryDisk({ ...WINDOWS, before, state: first.disk.state });
    const { store } = await openOn(disk);
    await store.write({ label: 'history.test', capture: 'step', writes: SCENARIOS['first run'][0] ?? [] });
    await expect(store.flush()).rejects.toMatchObject({ problem: { code: 'not-saved' } });
    expect(store.saveState.state).toBe('not-saved');
    expect(touched.filter((path) => /\/[0-9a-f]{2}\.json$/.test(path))).toEqual([]);
    stays = false;
    await store.flush();
    expect(store.saveState.state).toBe('saved');
    const seen = seenIn(store);
    await store.close();
    const again = await openOn(new MemoryDisk({ ...WINDOWS, state: withoutProcess(disk.state) }));
    expect(seenIn(again.store)).toBe(seen);
    await again.store.close();
  });
});
