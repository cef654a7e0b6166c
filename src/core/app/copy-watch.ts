import { Emitter, type Event } from '#shared/lib/event';
import type { Log } from '../lib/log';
import type { MergedCopy } from '../storage/types';

/** Milliseconds between two looks: a sync program's copy is taken in well within 15 s. */
const EVERY = 10_000;

export interface CopyWatch {
  /** What was found since the library was opened. */
  readonly merged: readonly MergedCopy[];
  readonly onDidMerge: Event<void>;
  /** Looks for the last time; resolves when no look is under way. */
  stop(): Promise<void>;
}

/** Takes in conflict copies now, and as they appear. One that could not be taken in is tried again. */
export const watchCopies = async (
  mergeCopies: () => Promise<MergedCopy[]>,
  log: Log,
  every = EVERY,
): Promise<CopyWatch> => {
  const merged: MergedCopy[] = [];
  const emitter = new Emitter<void>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const look = async (): Promise<void> => {
    try {
      const found = await mergeCopies();
      merged.push(...found);
      for (const { state, conflicts } of found) log.warn('a conflict copy', { state, conflicts });
      if (found.length > 0) emitter.fire();
    } catch (error) {
      // The copy is where it was, and the save state says what is wrong with the disk.
      log.error('merging conflict copies', { error });
    }
    if (!isStopped) timer = setTimeout(lookAgain, every).unref();
  };
  const lookAgain = (): void => {
    looking = look();
  };
  let looking = look();
  await looking;
  return {
    merged,
    onDidMerge: emitter.event,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
};
