import type { ArticleRow } from '#shared/contract/library';
import { type Article, yearOf } from '#shared/model/article';
import type { Author } from '#shared/model/author';
import type { ArticleId } from '#shared/model/ids';
import { problem } from '#shared/model/problem';
import type { DocumentStore, Stored } from '../storage/types';

/** An article that is there, in the library or in the Trash; a tombstone is not. */
export type StoredArticle = Stored<'articles'> & { readonly value: Article };

/** Longest text in a row, in UTF-16 units: 200 rows have to fit in one message of 1 MB. */
const LONGEST = 300;
/** A row names a few authors; whether there are more still shows. */
const MOST_AUTHORS = 6;

const clip = (text: string, longest = LONGEST): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;

const clipAuthor = ({ family, given, literal }: Author): Author => ({
  ...(family === undefined ? {} : { family: clip(family, 60) }),
  ...(given === undefined ? {} : { given: clip(given, 60) }),
  ...(literal === undefined ? {} : { literal: clip(literal, 120) }),
});

/** True for an article in the library or in the Trash, false for a tombstone or nothing. */
export const isArticle = (stored: Stored<'articles'> | undefined): stored is StoredArticle =>
  stored !== undefined && stored.value !== null;

/** The article, in the library or in the Trash; undefined when it is not there or was deleted for good. */
export const findArticle = (store: DocumentStore, id: ArticleId): StoredArticle | undefined => {
  const stored = store.get('articles', id);
  return isArticle(stored) ? stored : undefined;
};

/** As {@link findArticle}; throws the problem `not-found`. */
export const getArticle = (store: DocumentStore, id: ArticleId): StoredArticle => {
  const stored = findArticle(store, id);
  if (stored === undefined)
    throw problem('not-found', 'The article is no longer in the library.', { entry: id });
  return stored;
};

/** What a list shows of an article. Long texts are cut and affiliations left out. */
export const articleRow = (stored: StoredArticle, annotationCount: number): ArticleRow => {
  const article = stored.value;
  const { reading } = article;
  const journal = article['container-title'];
  const year = yearOf(article);
  return {
    id: article.id,
    title: clip(article.title),
    ...(article.vernacularTitle === undefined ? {} : { vernacularTitle: clip(article.vernacularTitle) }),
    author: article.author.slice(0, MOST_AUTHORS).map(clipAuthor),
    ...(journal === undefined ? {} : { 'container-title': clip(journal) }),
    ...(year === undefined ? {} : { year }),
    completeness: article.completeness,
    added: article.added,
    ...(reading.status === undefined ? {} : { status: reading.status }),
    priority: reading.priority,
    ...(reading.due === undefined ? {} : { due: reading.due }),
    progress: reading.position?.fraction ?? 0,
    tags: article.tags,
    collections: article.collections,
    annotations: annotationCount,
    ...(stored.deletedAt === undefined ? {} : { deletedAt: stored.deletedAt }),
  };
};

/** How many annotations an article has; 0 for one that is not known. */
export type AnnotationCount = (id: ArticleId) => number;

/** The rows of these articles in the order given; ids that are gone are left out. */
export const rowsOf = (
  store: DocumentStore,
  ids: readonly ArticleId[],
  annotationCount: AnnotationCount,
): ArticleRow[] =>
  ids.flatMap((id) => {
    const stored = findArticle(store, id);
    return stored === undefined ? [] : [articleRow(stored, annotationCount(id))];
  });
