import { nothing } from '#shared/contract/common';
import type { Services } from '#shared/contract/hepatica';
import type { Article, ReadingState } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import { problem } from '#shared/model/problem';
import { byPlace, placeBefore } from '../lib/place';
import { articleWrites, commit } from '../library/changes';
import { type AnnotationCount, getArticle, rowsOf } from '../library/rows';
import type { DocumentStore } from '../storage/types';
import { moveToStatus, placesIn } from './places';

export interface ReadingListOptions {
  readonly store: DocumentStore;
  readonly annotationCount: AnnotationCount;
}

const FIRST_ROWS = 60;

/** A day that the calendar has: `2026-02-30` has the right shape only. */
const isDay = (day: string): boolean => {
  const time = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
};

const withReading = (article: Article, change: Partial<ReadingState>): Article => ({
  ...article,
  reading: { ...article.reading, ...change },
});

/** The reading list over one open store. */
export const createReadingList = ({
  store,
  annotationCount,
}: ReadingListOptions): Services['readingList'] => {
  const change = (label: string, ids: readonly ArticleId[], to: (article: Article) => Article) =>
    commit(store, label, articleWrites(store, ids, to));
  return {
    list: ({ status }) => {
      const ids = placesIn(store, status)
        .sort(byPlace)
        .map((place) => place.id);
      return { ids, rows: rowsOf(store, ids.slice(0, FIRST_ROWS), annotationCount) };
    },
    setStatus: async ({ ids, status }) => {
      const unique = [...new Set(ids)];
      const articles = unique.map((id) => getArticle(store, id).value);
      const moved = new Map(moveToStatus(store, articles, status).map((article) => [article.id, article]));
      await change('history.status', unique, (article) => moved.get(article.id) ?? article);
      return nothing;
    },
    setPriority: async ({ ids, priority }) => {
      await change('history.priority', ids, (article) =>
        article.reading.priority === priority ? article : withReading(article, { priority }),
      );
      return nothing;
    },
    setDue: async ({ ids, due }) => {
      if (due !== undefined && !isDay(due))
        throw problem('bad-request', `There is no day ${due}.`, { detail: 'due-not-a-day' });
      await change('history.due', ids, (article) => {
        if (article.reading.due === due) return article;
        const { due: _old, ...reading } = article.reading;
        return { ...article, reading: due === undefined ? reading : { ...reading, due } };
      });
      return nothing;
    },
    move: async ({ id, before }) => {
      const { status } = getArticle(store, id).value.reading;
      if (status === undefined)
        throw problem('conflict', 'The article is not on the reading list.', {
          entry: id,
          detail: 'not-listed',
        });
      if (before === id) return nothing;
      const others = placesIn(store, status).filter((place) => place.id !== id);
      if (before !== undefined && !others.some((place) => place.id === before))
        throw problem('conflict', 'The two articles are not in the same list.', {
          entry: before,
          detail: 'other-list',
        });
      const places = placeBefore(id, others, before);
      await change('history.move', [...places.keys()], (article) => {
        const order = places.get(article.id);
        return order === undefined ? article : withReading(article, { order });
      });
      return nothing;
    },
  };
};
