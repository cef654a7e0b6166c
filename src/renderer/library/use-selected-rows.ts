import type { ArticleRow } from '#shared/contract/library';
import type { ArticleId } from '#shared/model/ids';
import { useServiceQuery } from '../app/data';
import { useHepatica } from '../app/hepatica';

/** As many rows as one call gives; a dialog shows how a larger selection stands by these. */
const MOST = 200;

/** The rows of the articles that a dialog is about. */
export const useSelectedRows = (ids: readonly ArticleId[]): readonly ArticleRow[] => {
  const hepatica = useHepatica();
  const wanted = ids.slice(0, MOST);
  return (
    useServiceQuery(['library', 'rows', wanted], () => hepatica.library.rows({ ids: wanted })).data ?? []
  );
};
