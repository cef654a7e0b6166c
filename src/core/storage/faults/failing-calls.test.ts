import { describe, expect, it } from 'vitest';
import {
  LONG,
  SCENARIOS,
  SEED,
  type Step,
  seenIn,
  tell,
  withoutProcess,
} from '../../../test/fault-scenarios';
import { failure, placesIn } from '../../../test/storage-fixtures';
import { isOfDisk } from '../fs-port';
import { type OpenedLibrary, openLibrary } from '../open';
import { type DiskCall, MemoryDisk } from './memory-disk';
import { sample, seeded } from './random';

const READS: ReadonlySet<DiskCall> = new Set(['readFile', 'readdir', 'modified']);
const CODES = ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EBUSY', 'EMFILE', 'EXDEV', 'ENOENT'];
/** What a reading call cannot answer, or answers truly: that nothing is there is told as a file that is missing. */
const NOT_OF_READS: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EXDEV', 'ENOENT']);

interface Fault {
  readonly at: number;
  readonly code: string;
  readonly lasts: boolean;
}

/** A disk of which one call fails, or that one and all after it. */
const failing = ({ at, code, lasts }: Fault) => {
  let calls = 0;
  let hits = 0;
  const disk = new MemoryDisk({
    before: (call) => {
      calls += 1;
      if (READS.has(call) && NOT_OF_READS.has(code)) return;
      if (lasts ? calls < at : calls !== at) return;
      hits += 1;
      throw failure(code);
    },
  });
  return { disk, hits: () => hits, calls: () => calls };
};

const isTold = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'problem' in error &&
  (error.problem as { code: string }).code === 'not-saved';

const places = { ...placesIn('/'), create: false, mode: 'read-write', checkpointDelay: 60_000 } as const;

/** Resolves with whether it succeeded; what is no failure to save is thrown on. */
const saved = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    (error: unknown) => {
      if (isTold(error)) return false;
      throw error;
    },
  );

/** Lives through the steps on a failing disk; answers with the states that the next start may show. */
const suffer = async (
  { store, blobs }: OpenedLibrary,
  steps: readonly Step[],
  lasts: boolean,
): Promise<readonly string[]> => {
  const seen = [seenIn(store)];
  let acknowledged = 0;
  for (const step of steps) {
    if (step === 'checkpoint') await saved(store.flush());
    else if (Buffer.isBuffer(step)) await saved(blobs.put('documents', 'html', step));
    else {
      const saving = saved(store.write({ label: 'history.test', capture: 'step', writes: step }));
      seen.push(seenIn(store));
      if (await saving) acknowledged = seen.length - 1;
    }
  }
  if (!lasts && ((await saved(store.flush())) || (await saved(store.flush()))))
    acknowledged = seen.length - 1;
  // All is saved, and only the lock could not be taken away: that is said in the words of the system.
  const all = await saved(store.close()).catch((error: unknown) => {
    if (isOfDisk(error)) return false;
    throw error;
  });
  if (seenIn(store) !== seen.at(-1)) throw new Error('what was written has gone from memory');
  return all ? seen.slice(-1) : seen.slice(acknowledged);
};

/** Answers with what went wrong, undefined where nothing did, `none` where the fault came to nothing. */
const faultOf = async (steps: readonly Step[], fault: Fault): Promise<string | undefined> => {
  const wrong = (what: string): string => `${JSON.stringify(fault)}: ${what}`;
  const { disk, hits } = failing(fault);
  try {
    const first = await openLibrary({ ...places, fs: disk.fs });
    const allowed = first.ok ? await suffer(first.value, steps, fault.lasts) : undefined;
    if (hits() === 0) return 'none';
    if (!first.ok && !['not-writable', 'unreadable'].includes(first.error.reason))
      return wrong(`refused as ${first.error.reason}`);
    const after = new MemoryDisk({ state: withoutProcess(disk.state) });
    const second = await openLibrary({ ...places, fs: after.fs });
    if (!second.ok) return wrong(`the next start says ${JSON.stringify(second.error)}`);
    const { store } = second.value;
    const seen = seenIn(store);
    await store.close();
    if (allowed !== undefined && !allowed.includes(seen))
      return wrong(`another state: ${seen.slice(0, 200)}`);
    if (store.damage.length > 0) return wrong(JSON.stringify(store.damage));
    const left = after.state.list().filter(([path]) => path.endsWith('.tmp'));
    return left.length > 0 ? wrong(left.map(([path]) => path).join(', ')) : undefined;
  } catch (error) {
    return wrong(`thrown: ${String(error)}`);
  }
};

describe('a disk of which a call fails', () => {
  it.each([
    ['once', false],
    ['and every call after it', true],
  ])(
    '%s: told, nothing lost, and the next start is as it should be',
    async (how, lasts) => {
      const steps = SCENARIOS['add, edit, delete'];
      const whole = failing({ at: Number.POSITIVE_INFINITY, code: '', lasts: false });
      const opened = await openLibrary({ ...places, fs: whole.disk.fs });
      if (!opened.ok) throw new Error(opened.error.reason);
      await suffer(opened.value, steps, false);
      const faults = Array.from({ length: whole.calls() }, (_, index) => index + 1).flatMap((at) =>
        CODES.map((code) => ({ at, code, lasts })),
      );
      const outcomes: (string | undefined)[] = [];
      for (const fault of LONG ? faults : sample(seeded(SEED), faults, 300))
        outcomes.push(await faultOf(steps, fault));
      const hit = outcomes.filter((outcome) => outcome !== 'none');
      const bad = hit.filter((outcome) => outcome !== undefined);
      expect(bad.slice(0, 6), `${bad.length} of ${hit.length}`).toEqual([]);
      tell('R6', `calls that fail ${how}, ${CODES.length} codes over ${whole.calls()} calls`, hit.length);
    },
    600_000,
  );
});
