import type { Services } from '#shared/contract/hepatica';
import { problem } from '#shared/model/problem';
import { takeKept } from '../storage/conflict-copies';
import type { OpenedLibrary } from '../storage/open';
import { keptAs } from '../storage/quarantine';

/** What was put away from one open library, and the way back for what can be read after all. */
export const createQuarantine = ({
  store,
  quarantine,
}: Pick<OpenedLibrary, 'store' | 'quarantine'>): Services['quarantine'] => ({
  list: async () => {
    const names = await quarantine.names();
    return names.map((name) => ({ name, ...keptAs(name) })).sort((a, b) => (a.name < b.name ? 1 : -1));
  },
  lookAgain: async ({ name }) => {
    const bytes = await quarantine.read(name);
    if (bytes === undefined) throw problem('not-found', 'There is no such file any more.', { file: name });
    return takeKept(store, keptAs(name).file, bytes);
  },
});
