import type { LibraryOverview } from '#shared/contract/library';
import { useServiceQuery } from '../app/data';
import { useHepatica } from '../app/hepatica';

/** Counts, tags and collections; undefined until the first answer. */
export const useOverview = (): LibraryOverview | undefined => {
  const hepatica = useHepatica();
  return useServiceQuery(['library', 'overview'], () => hepatica.library.overview({})).data;
};
