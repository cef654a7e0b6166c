import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tell } from '../../../test/fault-scenarios';
import { annotationWrite, placesIn } from '../../../test/storage-fixtures';
import { openLibrary } from '../open';
import { fileOf } from '../shard-set';
import { MemoryDisk } from './memory-disk';

const MINUTES = 10;
const KEY_MS = 200;

describe('ten minutes of typing', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('write a shard once in two seconds at most, and never leave it behind for longer than three', async () => {
    const file = `/library/${fileOf('annotations', 'note1')}`;
    const written: number[] = [];
    const disk = new MemoryDisk({
      before: (call, path) => {
        if (call === 'rename' && path.startsWith(`${file.replace(/[^/]+$/, '.')}`)) written.push(Date.now());
      },
    });
    const opened = await openLibrary({ ...placesIn('/'), create: false, mode: 'read-write', fs: disk.fs });
    if (!opened.ok) throw new Error(opened.error.reason);
    const { store } = opened.value;
    const keys = (MINUTES * 60_000) / KEY_MS;
    for (let key = 0; key < keys; key++) {
      const writes = [annotationWrite(`word ${key}`, 'note1')];
      await store.write({ label: 'history.note', capture: 'merge', writes });
      await vi.advanceTimersByTimeAsync(KEY_MS);
    }
    const before = Date.now();
    await store.close();
    expect(Date.now() - before).toBeLessThanOrEqual(500);
    const gaps = written.slice(1, -1).map((time, index) => time - (written[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3000);
    expect(written.length).toBeGreaterThan(150);
    tell(
      'R11',
      `keys in ${MINUTES} min, each acknowledged; the shard was written ${written.length} times`,
      keys,
    );
  }, 60_000);
});
