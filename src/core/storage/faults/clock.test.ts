import { describe, expect, it } from 'vitest';
import { randomSteps, SEED, type Step, tell } from '../../../test/fault-scenarios';
import { placesIn } from '../../../test/storage-fixtures';
import { openLibrary } from '../open';
import type { DocumentStore } from '../types';
import { MemoryDisk } from './memory-disk';
import { pick, seeded } from './random';

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 2, 28, 12);
const JUMPS = [-3650 * DAY, -DAY, -3_600_000, -1, 0, 1, 3_600_000, DAY, 3650 * DAY];
const STARTS = [0, Date.UTC(2038, 0, 19, 3, 14, 7), Date.UTC(2100, 0, 1), NOON];

/** All that is not a time: values, versions and what is in the Trash or gone. */
const dataOf = (store: DocumentStore): string =>
  JSON.stringify(
    (['articles', 'annotations'] as const).map((table) =>
      [...store.all(table)]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, version, value, deletedAt }) => [
          id,
          Object.values(version),
          value,
          deletedAt !== undefined,
        ]),
    ),
  );

/** The same steps under some clock, closed and opened again in their midst. */
const lived = async (steps: readonly Step[], now: () => Date): Promise<string> => {
  const disk = new MemoryDisk();
  let data = '';
  for (const half of [steps.slice(0, steps.length / 2), steps.slice(steps.length / 2), []]) {
    const opened = await openLibrary({
      ...placesIn('/'),
      create: false,
      mode: 'read-write',
      fs: disk.fs,
      now,
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    const { store } = opened.value;
    for (const step of half) {
      if (step === 'checkpoint') await store.flush();
      else if (!Buffer.isBuffer(step))
        await store.write({ label: 'history.test', capture: 'step', writes: step });
    }
    data = dataOf(store);
    expect(store.damage).toEqual([]);
    await store.close();
  }
  return data;
};

describe('a clock that jumps', () => {
  it('makes no difference to the data, in 50 sessions', async () => {
    for (let session = 0; session < 50; session++) {
      const random = seeded(SEED + session);
      const steps = randomSteps(random, 16);
      let time = pick(random, STARTS);
      const jumping = (): Date => {
        time = Math.max(0, time + pick(random, JUMPS));
        return new Date(time);
      };
      expect(await lived(steps, jumping), `session ${session}`).toBe(
        await lived(steps, () => new Date(NOON)),
      );
    }
    tell('R12', 'sessions under a clock that jumps', 50);
  }, 60_000);
});
