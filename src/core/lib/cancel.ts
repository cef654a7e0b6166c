import { problem } from '#shared/model/problem';
import type { AbortSignalLike } from '#shared/rpc/contract';

/** Throws the problem `cancelled` once the caller has gone or has enough. */
export const checkCancelled = (signal: AbortSignalLike | undefined): void => {
  if (signal?.aborted === true) throw problem('cancelled', 'it was cancelled');
};
