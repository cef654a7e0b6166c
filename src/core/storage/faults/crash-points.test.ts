import { describe, expect, it } from 'vitest';
import {
  afterACrash,
  faultOf,
  type Life,
  LONG,
  live,
  randomSteps,
  SCENARIOS,
  SEED,
  tell,
} from '../../../test/fault-scenarios';
import { articleWrite } from '../../../test/storage-fixtures';
import type { FileSystem } from '../fs-port';
import type { StorageDamage } from '../types';
import { killedStates, type LostState, powerLossStates } from './power-loss';
import { sample, seeded } from './random';

const none = (): boolean => false;

const check = async (
  life: Life,
  states: readonly LostState[],
  isExpected: (damage: StorageDamage) => boolean,
): Promise<number> => {
  const faults: string[] = [];
  for (const state of states) {
    const fault = await faultOf(life, state, isExpected);
    if (fault !== undefined) faults.push(fault);
  }
  expect(faults.slice(0, 5), `${faults.length} of ${states.length}`).toEqual([]);
  return states.length;
};

/** Zeros at the end of a journal cannot be told from a line that was damaged: it is kept, and said. */
const isJournal = (damage: StorageDamage): boolean => damage.file.startsWith('journal/');

const LIVES = [
  ...Object.entries(SCENARIOS),
  ...Array.from({ length: LONG ? 6 : 1 }, (_, index) => {
    const seed = SEED + index;
    return [`a session of seed ${seed}`, randomSteps(seeded(seed), 40)] as const;
  }),
];

describe('a process that is killed at any call', () => {
  it.each(LIVES)(
    '(%s) leaves the old or the new state',
    async (name, steps) => {
      const life = await live(steps);
      const all = [...killedStates(life.disk.initial, life.disk.operations)];
      const states = LONG ? all : sample(seeded(SEED), all, 300);
      tell('R1', `kills at a call of "${name}"`, await check(life, states, none));
    },
    600_000,
  );

  it('(a start after a crash) keeps what was damaged, and all the rest', async () => {
    const { state, damaged } = await afterACrash();
    const life = await live([[articleWrite('after')]], { state });
    const states = [...killedStates(life.disk.initial, life.disk.operations)];
    const isKnown = ({ file }: StorageDamage): boolean => file === damaged;
    tell('R1', 'kills at a call of a start after a crash', await check(life, states, isKnown));
    for (const { after, state: left } of states)
      expect(
        left.list().filter(([path, bytes]) => isOfShard(path, damaged) && bytes.equals(Buffer.from('null'))),
        `after operation ${after}`,
      ).toHaveLength(1);
  }, 120_000);
});

const isOfShard = (path: string, file: string): boolean =>
  path === `/library/${file}` ||
  (path.startsWith('/library/quarantine/') && path.endsWith(file.replace('/', '_')));

describe('a power cut at any moment', () => {
  it.each(LIVES)(
    '(%s) leaves the old or the new state',
    async (name, steps) => {
      const random = seeded(SEED);
      const life = await live(steps);
      const all = [...powerLossStates(life.disk.initial, life.disk.operations, random)];
      const states = LONG ? all : sample(random, all, 250);
      tell('R3', `power cuts in "${name}" (of ${all.length})`, await check(life, states, isJournal));
    },
    600_000,
  );

  it('(a start after a crash) leaves the old or the new state', async () => {
    const { state, damaged } = await afterACrash();
    const life = await live([[articleWrite('after')]], { state });
    const random = seeded(SEED);
    const all = [...powerLossStates(life.disk.initial, life.disk.operations, random)];
    const states = LONG ? all : sample(random, all, 250);
    const isKnown = (damage: StorageDamage): boolean => damage.file === damaged || isJournal(damage);
    tell('R3', `power cuts in a start after a crash (of ${all.length})`, await check(life, states, isKnown));
  }, 600_000);
});

/** A port that forgets to sync: its folders, or the bytes of its files. */
const forgetful =
  (forgets: 'folders' | 'bytes') =>
  (fs: FileSystem): FileSystem => ({
    ...fs,
    open: async (path, flags, mode) => {
      const handle = await fs.open(path, flags, mode);
      const isFolder = flags === 'r';
      if (isFolder !== (forgets === 'folders')) return handle;
      return { ...handle, sync: async () => {}, datasync: async () => {} };
    },
  });

describe('the power cuts themselves', () => {
  it.each(['folders', 'bytes'] as const)(
    'find out a port that does not sync %s',
    async (forgets) => {
      const life = await live(SCENARIOS.bulk, { wrap: forgetful(forgets) });
      const random = seeded(SEED);
      const all = [...powerLossStates(life.disk.initial, life.disk.operations, random)];
      const faults: string[] = [];
      for (const state of sample(random, all, 60)) {
        const fault = await faultOf(life, state, isJournal);
        if (fault !== undefined) faults.push(fault);
      }
      expect(faults.length).toBeGreaterThan(5);
    },
    120_000,
  );

  it('sync each acknowledged change, and the folder of each new file', async () => {
    const { disk, points } = await live(SCENARIOS['add, edit, delete'], {}, 'killed');
    for (const { begun, acknowledged } of points.slice(1)) {
      const kinds = disk.operations.slice(begun, acknowledged).map((operation) => operation.kind);
      expect(kinds.lastIndexOf('sync')).toBeGreaterThan(kinds.lastIndexOf('write'));
    }
  });
});
