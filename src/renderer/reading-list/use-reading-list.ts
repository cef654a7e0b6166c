import type { ReadingStatus } from '#shared/model/article';
import { useServiceQuery } from '../app/data';
import { useHepatica } from '../app/hepatica';

/** The articles of one status in the reader's order. */
export const useReadingList = (status: ReadingStatus) => {
  const hepatica = useHepatica();
  return useServiceQuery(['readingList', 'list', { status }], () => hepatica.readingList.list({ status }))
    .data;
};
