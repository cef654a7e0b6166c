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
  EISDIR: 'not-a-file',
  ELOOP: 'not-a-file',
  EFTYPE: 'not-a-file',
  ENXIO: 'not-a-file',
  EIO: 'disk-error',
};

/** A system error ends with the call and the path, which may be that of a temporary file: of no use to a reader. */
const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return errorCode(error) === '' ? error.message : (error.message.split(', ')[0] ?? '');
};

/** Why the disk did not take, or give, something. */
export const causeOf = (error: unknown): Cause => {
  if (error instanceof LockLost) return 'lock-lost';
  return CODES[errorCode(error)] ?? `failed: ${messageOf(error)}`;
};

export const notSaved = (cause: Cause): ProblemError =>
  problem('not-saved', `not saved: ${cause}`, { detail: cause });
