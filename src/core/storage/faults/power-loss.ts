import { createHash } from 'node:crypto';
import { type DiskState, type Operation, resized } from './disk-state';
import { pick } from './random';

/** What has become of bytes that were written and not synced. */
export const UNSYNCED = ['all', 'none', 'half', 'zeros'] as const;
export type Unsynced = (typeof UNSYNCED)[number];

/** What a power cut may have left, after so many operations. */
export interface LostState {
  readonly after: number;
  readonly how: string;
  readonly state: DiskState;
}

interface Pending {
  /** Which operations a sync that came later does not cover. */
  readonly names: readonly number[];
  readonly bytes: ReadonlySet<number>;
}

/** A rename between folders is one step on any disk with a journal, so that the sync of either folder covers it. */
const isCovered = (operation: Operation, synced: ReadonlySet<number>): boolean =>
  operation.kind === 'names'
    ? operation.entries.some(({ folder }) => synced.has(folder))
    : operation.kind === 'make' || operation.kind === 'sync' || synced.has(operation.node);

const pendingOf = (operations: readonly Operation[], after: number): Pending => {
  const synced = new Set<number>();
  const names: number[] = [];
  const bytes = new Set<number>();
  for (let index = after - 1; index >= 0; index--) {
    const operation = operations[index];
    if (operation === undefined) continue;
    if (operation.kind === 'sync') synced.add(operation.node);
    else if (!isCovered(operation, synced)) {
      if (operation.kind === 'names') names.unshift(index);
      else bytes.add(index);
    }
  }
  return { names, bytes };
};

/** `written`: as it would be with all bytes; `synced`: with none that were not synced. */
const bytesAfter = (written: Buffer, synced: Buffer, unsynced: Unsynced): Buffer => {
  if (unsynced === 'all') return written;
  if (unsynced === 'none') return synced;
  const grown = written.length - synced.length;
  if (grown <= 0) return synced;
  return unsynced === 'half'
    ? resized(written, synced.length + (grown >> 1))
    : Buffer.concat([synced, Buffer.alloc(grown)]);
};

const replay = (
  initial: DiskState,
  operations: readonly Operation[],
  pending: Pending,
  kept: (index: number) => boolean,
  unsynced: Unsynced,
): DiskState => {
  const state = initial.copy();
  const synced = initial.copy();
  const lost = new Set(pending.names.filter((index) => !kept(index)));
  for (const [index, operation] of operations.entries()) {
    if (lost.has(index)) continue;
    state.apply(operation);
    if (!pending.bytes.has(index)) synced.apply(operation);
  }
  for (const [node, bytes] of state.files)
    state.files.set(node, bytesAfter(bytes, synced.bytes(node), unsynced));
  return state;
};

/** Which of the names that were not made to last are there: all, none, all but one, only one, and some at random. */
const selections = (names: readonly number[], random: () => number): readonly ReadonlySet<number>[] => {
  if (names.length === 0) return [new Set()];
  const one = pick(random, names);
  return [
    new Set(names),
    new Set<number>(),
    new Set(names.filter((each) => each !== one)),
    new Set([one]),
    new Set(names.slice(-1)),
    new Set(names.slice(0, -1)),
    new Set(names.filter(() => random() < 0.5)),
    new Set(names.filter(() => random() < 0.5)),
  ];
};

/** Tells states apart by what can be seen of them. */
export const fingerprint = (state: DiskState): string => {
  const hash = createHash('sha1');
  for (const [path, bytes] of state.list()) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
};

/**
 * What may lie on a disk when the power goes, after each operation: bytes that were not synced are there, missing, half
 * there, or zeros; names whose folder was not synced are there or not, in any combination, and so in any order.
 * Each state comes once for each operation after which it is possible.
 */
export function* powerLossStates(
  initial: DiskState,
  operations: readonly Operation[],
  random: () => number,
): IterableIterator<LostState> {
  for (let after = 0; after <= operations.length; after++) {
    const done = operations.slice(0, after);
    const pending = pendingOf(operations, after);
    const seen = new Set<string>();
    for (const [choice, kept] of selections(pending.names, random).entries()) {
      for (const unsynced of UNSYNCED) {
        const state = replay(initial, done, pending, (index) => kept.has(index), unsynced);
        const mark = fingerprint(state);
        if (seen.has(mark)) continue;
        seen.add(mark);
        yield { after, how: `names ${choice}, bytes ${unsynced}`, state };
      }
    }
  }
}

/** What lies there when the process is killed after each operation: all of it, and half of a write that was going on. */
export function* killedStates(
  initial: DiskState,
  operations: readonly Operation[],
): IterableIterator<LostState> {
  const state = initial.copy();
  for (const [index, operation] of operations.entries()) {
    yield { after: index, how: `before ${operation.kind}`, state: state.copy() };
    if (operation.kind === 'write') {
      const half = state.copy();
      half.apply({ ...operation, bytes: operation.bytes.subarray(0, operation.bytes.length >> 1) });
      yield { after: index, how: 'amid write', state: half };
    }
    state.apply(operation);
  }
  yield { after: operations.length, how: 'at the end', state: state.copy() };
}
