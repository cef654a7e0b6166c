import type { Cause, CauseCode } from '#shared/model/cause';
import { type ProblemError, problem } from '#shared/model/problem';
import { errorCode } from './fs-port';
import { LockLost } from './lock';

const CODES: Readonly<Record<string, CauseCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'quota-full',
  EROFS: 'disk-read-only',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  ENOENT: 'folder-gone',
  ENOTDIR: 'no-folder',
  EEXIST: 'no-folder',
  EIO: 'disk-error',
};

/** Why the disk did not take, or give, something. */
export const causeOf = (error: unknown): Cause => {
  if (error instanceof LockLost) return 'lock-lost';
  return CODES[errorCode(error)] ?? `failed: ${error instanceof Error ? error.message : String(error)}`;
};

export const notSaved = (cause: Cause): ProblemError =>
  problem('not-saved', `not saved: ${cause}`, { detail: cause });
