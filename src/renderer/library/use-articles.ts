import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ArticleRow, ListQuery } from '#shared/contract/library';
import type { ArticleId } from '#shared/model/ids';
import { useServiceQuery } from '../app/data';
import { useHepatica } from '../app/hepatica';

/** Rows are fetched by the hundred, as they come into view. */
const PAGE = 100;

/** The pages that hold rows `from` to `to`, both included. */
export const pagesFor = (from: number, to: number, count: number): readonly number[] => {
  if (count === 0) return [];
  const [first, last] = [Math.floor(Math.max(0, from) / PAGE), Math.floor(Math.min(to, count - 1) / PAGE)];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
};

/** The ids of a list in order, with the rows of its first screen. Undefined until the first answer. */
export const useArticleIds = (query: ListQuery) => {
  const hepatica = useHepatica();
  return useServiceQuery(['library', 'list', query], () => hepatica.library.list(query)).data;
};

interface Known {
  readonly ids: readonly ArticleId[];
  readonly rows: readonly ArticleRow[];
}

/** The rows that are known so far; those from `from` to `to` are on their way. */
export const useRows = (known: Known, from: number, to: number): ReadonlyMap<ArticleId, ArticleRow> => {
  const hepatica = useHepatica();
  const { ids, rows } = known;
  const firstPageIsHere = rows.length >= Math.min(PAGE, ids.length);
  const pages = pagesFor(from, to, ids.length).filter((page) => page > 0 || !firstPageIsHere);
  const answers = useQueries({
    queries: pages.map((page) => {
      const wanted = ids.slice(page * PAGE, page * PAGE + PAGE);
      return { queryKey: ['library', 'rows', wanted], queryFn: () => hepatica.library.rows({ ids: wanted }) };
    }),
    combine: (results) => results.flatMap((result) => result.data ?? []),
  });
  return useMemo(() => new Map([...rows, ...answers].map((row) => [row.id, row])), [rows, answers]);
};
