import type { CallContext } from '#shared/rpc/contract';

/** What a service method is told besides its input, by a caller who never cancels. */
export const context: CallContext = {
  signal: { aborted: false, addEventListener: () => {}, removeEventListener: () => {} },
};
