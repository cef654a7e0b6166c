import type { QueryClient } from '@tanstack/react-query';
import type { Hepatica } from '#shared/contract/hepatica';
import { type Disposable, disposeAll } from '#shared/lib/disposable';
import type { Connection } from '#shared/rpc/connect';

/** Which answers an event makes old: `[service]` means all of that service's. */
const rules = (
  hepatica: Hepatica,
  invalidate: (...keys: readonly string[][]) => void,
): readonly Disposable[] => [
  hepatica.library.didChange(() => invalidate(['library'], ['readingList'], ['reader'])),
  hepatica.annotations.didChange(() => invalidate(['annotations'], ['library', 'rows'], ['library', 'list'])),
  hepatica.settings.didChange(() => invalidate(['settings'])),
  hepatica.backups.didChange(() => invalidate(['backups'])),
];

/** Keeps what the page has cached true to what the services say, also after a lost connection. */
export const watchForChanges = (
  queries: QueryClient,
  hepatica: Hepatica,
  connection: Connection,
): Disposable => {
  const invalidate = (...keys: readonly string[][]): void => {
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
  };
  let wasLost = false;
  return disposeAll([
    ...rules(hepatica, invalidate),
    // The event brings the answer itself: asked for anew, it would come after the key that it allows.
    hepatica.app.didChangeHistory((history) => queries.setQueryData(['app', 'history'], history)),
    hepatica.app.didChangeStatus((status) => {
      const old = queries.getQueryData<typeof status>(['app', 'status']);
      queries.setQueryData(['app', 'status'], status);
      // Another library, or the same one opened in another way: nothing that was read before holds.
      if (old?.state !== status.state)
        invalidate(
          ['library'],
          ['readingList'],
          ['reader'],
          ['annotations'],
          ['settings'],
          ['backups'],
          ['app', 'history'],
        );
    }),
    connection.onDidChangeState((state) => {
      if (state === 'lost') wasLost = true;
      if (state !== 'open') return;
      // A host that took long to take the first connection has let the first questions fail.
      if (!wasLost) void queries.refetchQueries({ predicate: (query) => query.state.status === 'error' });
      else void queries.invalidateQueries();
      wasLost = false;
    }),
  ]);
};
