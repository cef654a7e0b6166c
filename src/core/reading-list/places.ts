import type { Article, ReadingStatus } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import { type Placed, placesAtEnd } from '../lib/place';
import { isArticle } from '../library/rows';
import type { DocumentStore } from '../storage/types';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * The place of an article that was never given one: a fractional key made of the time it was added (head `g`, seven
 * digits to base 62: milliseconds until 2081) and of its id. So it stands by date, can have neighbours put before and
 * after it, and no record has to change for that.
 */
const placeByDate = (article: Article): string => {
  const time = Math.max(0, Math.min(Date.parse(article.added) || 0, 62 ** 7 - 1));
  let digits = '';
  for (let rest = time; digits.length < 7; rest = Math.floor(rest / 62))
    digits = (DIGITS[rest % 62] ?? '') + digits;
  return `g${digits}${article.id.replace(/[^0-9A-Za-z]/g, '')}V`;
};

/** Where an article stands in the list of its status. */
export const placeOf = (article: Article): string => article.reading.order ?? placeByDate(article);

/** The articles of one status outside the Trash, with their places, unsorted. */
export const placesIn = (store: DocumentStore, status: ReadingStatus): Placed<ArticleId>[] => {
  const places: Placed<ArticleId>[] = [];
  for (const stored of store.all('articles'))
    if (isArticle(stored) && stored.deletedAt === undefined && stored.value.reading.status === status)
      places.push({ id: stored.id, order: placeOf(stored.value) });
  return places;
};

/**
 * The article with another status, `order` as its place. `read` sets when it was finished; going back on the list
 * clears that; taken off the list, it stays. Positions and priority stay.
 */
const withStatus = (
  article: Article,
  status: ReadingStatus | undefined,
  order: string,
  now: string,
): Article => {
  const { status: _status, order: _order, finished, ...rest } = article.reading;
  const keepFinished = status === undefined && finished !== undefined ? { finished } : {};
  const place = status === undefined ? {} : { status, order };
  return {
    ...article,
    reading: { ...rest, ...place, ...(status === 'read' ? { finished: now } : keepFinished) },
  };
};

/**
 * Gives articles a status (or takes them off the list), last in its list in the order given. Those that have the
 * status already stay where they are. For `setStatus`, and for whoever else moves an article along the list.
 */
export const moveToStatus = (
  store: DocumentStore,
  articles: readonly Article[],
  status: ReadingStatus | undefined,
): Article[] => {
  const moving = articles.filter((article) => article.reading.status !== status);
  const keys = status === undefined ? [] : placesAtEnd(placesIn(store, status), moving.length);
  const now = new Date().toISOString();
  const moved = new Map(
    moving.map((article, index) => [article.id, withStatus(article, status, keys[index] ?? '', now)]),
  );
  return articles.map((article) => moved.get(article.id) ?? article);
};
