import { type ProblemError, problem } from '#shared/model/problem';
import { errorCode } from './fs-port';

/** Why the disk did not take something, in plain words where the code is a common one. */
export const causeOf = (error: unknown): string => {
  const causes: Record<string, string> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the disk is read-only',
    EACCES: 'the folder may not be written to',
    EPERM: 'the folder may not be written to',
    ENOENT: 'the library folder has gone',
    EIO: 'the disk reports an error',
  };
  return causes[errorCode(error)] ?? (error instanceof Error ? error.message : String(error));
};

export const notSaved = (cause: string): ProblemError =>
  problem('not-saved', `not saved: ${cause}`, { detail: cause });
