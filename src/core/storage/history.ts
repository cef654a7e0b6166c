import { isDeepStrictEqual } from 'node:util';
import type { Disposable } from '#shared/lib/disposable';
import { Emitter } from '#shared/lib/event';
import { problem } from '#shared/model/problem';
import { inTrash } from './records';
import type { Change, Commit, DocumentStore, IdOf, Stored, Table, Write } from './types';

type Fields = Readonly<Record<string, unknown>>;
type Current = <T extends Table>(table: T, id: IdOf<T>) => Stored<T> | undefined;

export interface Inverse {
  readonly writes: readonly Write[];
  /** Records that somebody changed again since, and that stay as they are. */
  readonly conflicts: readonly string[];
}

/** Compared member by member: a later reading position is no reason not to undo a status. */
const NESTED = 'reading';

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Takes back, in `now`, what changed from `before` to `after`; undefined where `now` has moved on. */
const takeBack = (before: Fields, after: Fields, now: Fields): Fields | undefined => {
  const result: Record<string, unknown> = { ...now };
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[key], after[key]];
    if (isDeepStrictEqual(was, is) || key === 'modified') continue;
    const current = now[key];
    if (key === NESTED && isFields(was) && isFields(is) && isFields(current)) {
      const inner = takeBack(was, is, current);
      if (inner === undefined) return undefined;
      result[key] = inner;
    } else if (!isDeepStrictEqual(current, is)) return undefined;
    else if (was === undefined) delete result[key];
    else result[key] = was;
  }
  return result;
};

/** One record taken back; undefined where it has changed since. */
const invertChange = (change: Change, current: Stored<Table> | undefined): Write | undefined => {
  const { table, id, before, after } = change;
  const now = current?.value ?? null;
  const write = (value: unknown, trash: boolean): Write => ({ table, id, value, trash }) as Write;
  if (after.value === null) return now === null ? write(before?.value ?? null, inTrash(before)) : undefined;
  if (now === null) return undefined;
  // What was made is unmade whole, whatever was noted on it meanwhile: later steps were taken back before it.
  if (before === null || before.value === null) return write(null, false);
  const value = takeBack(before.value as Fields, after.value as Fields, now as Fields);
  if (value === undefined) return undefined;
  const trashChanged = inTrash(before) !== inTrash(after);
  return write(value, trashChanged ? inTrash(before) : inTrash(current));
};

/** What undoes a commit in the library as it is now: field by field, records that moved on left out. */
export const invert = (commit: Commit, current: Current): Inverse => {
  const writes: Write[] = [];
  const conflicts: string[] = [];
  for (const change of commit.changes) {
    const write = invertChange(change, current(change.table, change.id as IdOf<typeof change.table>));
    if (write === undefined) conflicts.push(change.id);
    else writes.push(write);
  }
  return { writes, conflicts };
};

const sameRecords = (a: Commit, b: Commit): boolean =>
  isDeepStrictEqual(new Set(a.changes.map((each) => each.id)), new Set(b.changes.map((each) => each.id)));

/** Both as one step: the before of the first, the after of the second. */
const squash = (first: Commit, second: Commit): Commit => ({
  ...second,
  changes: second.changes.map(
    (change) =>
      ({ ...change, before: first.changes.find((each) => each.id === change.id)?.before ?? null }) as Change,
  ),
});

const MOST_STEPS = 200;
const MERGE_MS = 30_000;

export interface Outcome {
  readonly label: string;
  readonly conflicts: readonly string[];
}

/** The steps of this session that can be taken back, and those that were. */
export class History implements Disposable {
  readonly #store: DocumentStore;
  readonly #now: () => number;
  readonly #listening: Disposable;
  readonly #changes = new Emitter<void>();
  readonly onDidChange = this.#changes.event;
  #undo: Commit[] = [];
  #redo: Commit[] = [];
  #lastStep = 0;
  /** Where the commit that is about to come belongs. */
  #target: 'new' | 'undo' | 'redo' = 'new';

  constructor(store: DocumentStore, now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
    this.#listening = store.onDidCommit((commit) => this.#record(commit));
  }

  get undoLabel(): string | undefined {
    return this.#undo.at(-1)?.label;
  }

  get redoLabel(): string | undefined {
    return this.#redo.at(-1)?.label;
  }

  /** Takes back the last step. Rejects with `nothing-to-undo`, or with what the store rejects with. */
  undo(): Promise<Outcome> {
    return this.#apply(this.#undo, 'redo');
  }

  redo(): Promise<Outcome> {
    return this.#apply(this.#redo, 'undo');
  }

  dispose(): void {
    this.#listening.dispose();
  }

  async #apply(stack: Commit[], target: 'undo' | 'redo'): Promise<Outcome> {
    const step = stack.pop();
    if (step === undefined) throw problem('nothing-to-undo', 'there is no step to take back');
    this.#lastStep = Number.NEGATIVE_INFINITY; // what is typed next is a step of its own
    const { writes, conflicts } = invert(step, (table, id) => this.#store.get(table, id));
    const seq = this.#store.seq;
    let saved: Promise<unknown> = Promise.resolve();
    if (writes.length > 0) {
      this.#target = target;
      try {
        saved = this.#store.write({ label: step.label, capture: 'step', writes });
      } finally {
        this.#target = 'new';
      }
      // The store is open for reading only: nothing was taken back.
      if (this.#store.seq === seq) stack.push(step);
    }
    this.#changes.fire();
    await saved;
    return { label: step.label, conflicts };
  }

  /** Called in the same turn as `write`, so that `#target` tells an undo from a new step. */
  #record(commit: Commit): void {
    if (this.#target === 'redo') this.#redo.push(commit);
    else if (this.#target === 'undo') this.#undo.push(commit);
    else if (commit.capture === 'never') return;
    else this.#recordStep(commit);
    this.#changes.fire();
  }

  #recordStep(commit: Commit): void {
    const top = this.#undo.at(-1);
    const now = this.#now();
    const joins =
      commit.capture === 'merge' &&
      top?.label === commit.label &&
      sameRecords(top, commit) &&
      now - this.#lastStep < MERGE_MS;
    if (joins) this.#undo[this.#undo.length - 1] = squash(top, commit);
    else this.#undo = [...this.#undo, commit].slice(-MOST_STEPS);
    this.#redo = [];
    this.#lastStep = now;
  }
}
