import type { CheckProgress } from '#shared/contract/check';
import type { Services } from '#shared/contract/hepatica';
import { ProblemError, problem } from '#shared/model/problem';
import type { Lifecycle } from '../app/lifecycle';
import { errorCode } from '../storage/fs-port';
import { backupBefore } from './backup-before';
import { checkLibrary } from './check-library';
import { causeOf } from './files';
import { repairLibrary } from './repair';

export interface CheckServiceOptions {
  /** The library folder. */
  readonly path: string;
  /** This machine's own folder for the app. */
  readonly userData: string;
  readonly lifecycle: Pick<Lifecycle, 'find' | 'whileClosed'>;
}

/** Often enough for a bar that moves, seldom enough for a library of many thousand files. */
const EVERY_MS = 100;

const seldom = (report: (progress: CheckProgress) => void): ((progress: CheckProgress) => void) => {
  let last = 0;
  return (progress) => {
    const now = Date.now();
    if (now - last < EVERY_MS && progress.done < progress.total) return;
    last = now;
    report(progress);
  };
};

/** The service that looks after the library; it works in every state of it. */
export const createCheck = ({ path, userData, lifecycle }: CheckServiceOptions): Services['check'] => ({
  run: (_input, report, { signal }) => checkLibrary({ path, signal, onProgress: seldom(report) }),
  repair: async () => {
    if (lifecycle.find()?.store.readOnly !== false)
      throw problem('read-only', 'the library is not open for writing');
    return lifecycle.whileClosed(async () => {
      try {
        const repaired = await repairLibrary({ path, userData, backup: backupBefore(userData) });
        if (repaired.ok) return repaired.value;
        throw problem('library-closed', `the library could not be opened: ${repaired.error.reason}`);
      } catch (error) {
        if (error instanceof ProblemError || errorCode(error) === '') throw error;
        // The disk: what was done until then is whole, and the rest can be done later.
        throw problem('conflict', causeOf(error), { detail: causeOf(error) });
      }
    });
  },
});
