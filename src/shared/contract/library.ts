import * as z from 'zod/mini';
import { AbstractSection, Article, Completeness, Priority, ReadingStatus } from '../model/article';
import { Author } from '../model/author';
import { Collection } from '../model/collection';
import { ArticleId, CollectionId, Day, Timestamp } from '../model/ids';
import { call, event } from '../rpc/contract';
import { Nothing } from './common';

/** What a row of a list shows. */
export const ArticleRow = z.object({
  id: ArticleId,
  title: z.string(),
  vernacularTitle: z.optional(z.string()),
  author: z.array(Author),
  'container-title': z.optional(z.string()),
  year: z.optional(z.int()),
  completeness: Completeness,
  added: Timestamp,
  status: z.optional(ReadingStatus),
  priority: Priority,
  due: z.optional(Day),
  /** How far it was read, 0 to 1. */
  progress: z.number(),
  tags: z.array(z.string()),
  collections: z.array(CollectionId),
  annotations: z.int(),
  deletedAt: z.optional(Timestamp),
});
export type ArticleRow = z.infer<typeof ArticleRow>;

export const SortKey = z.enum(['added', 'year', 'title', 'journal', 'status', 'priority']);
export type SortKey = z.infer<typeof SortKey>;

export const ListQuery = z.object({
  /** `library`: all but the Trash; `trash`: only the Trash. */
  scope: z.enum(['library', 'trash']),
  status: z.optional(ReadingStatus),
  tag: z.optional(z.string()),
  /** With the collections nested in it. */
  collection: z.optional(CollectionId),
  sort: SortKey,
  descending: z.boolean(),
});
export type ListQuery = z.infer<typeof ListQuery>;

export const LibraryOverview = z.object({
  total: z.int(),
  trash: z.int(),
  byStatus: z.object({ inbox: z.int(), 'to-read': z.int(), reading: z.int(), read: z.int() }),
  tags: z.array(z.object({ tag: z.string(), count: z.int() })),
  collections: z.array(z.object({ collection: Collection, count: z.int() })),
});
export type LibraryOverview = z.infer<typeof LibraryOverview>;

/** Bibliographic fields that the reader may correct by hand. `null` empties a field. */
export const ArticleEdit = z.object({
  title: z.optional(z.string()),
  vernacularTitle: z.optional(z.nullable(z.string())),
  author: z.optional(z.array(Author)),
  'container-title': z.optional(z.nullable(z.string())),
  issued: z.optional(z.nullable(z.object({ 'date-parts': z.array(z.array(z.int())) }))),
  volume: z.optional(z.nullable(z.string())),
  issue: z.optional(z.nullable(z.string())),
  page: z.optional(z.nullable(z.string())),
  DOI: z.optional(z.nullable(z.string())),
  PMID: z.optional(z.nullable(z.string())),
  PMCID: z.optional(z.nullable(z.string())),
  abstract: z.optional(z.nullable(z.string())),
  sections: z.optional(z.array(AbstractSection)),
  keyword: z.optional(z.array(z.string())),
});
export type ArticleEdit = z.infer<typeof ArticleEdit>;

const ids = z.object({ ids: z.array(ArticleId) });

export const library = {
  /** The ids of a list, in its order, with the rows of its first screen. */
  list: call(ListQuery, z.object({ ids: z.array(ArticleId), rows: z.array(ArticleRow) })),
  /** The rows of these articles, in the order asked for; ids that are gone are left out. At most 200. */
  rows: call(z.object({ ids: z.array(ArticleId).check(z.maxLength(200)) }), z.array(ArticleRow)),
  /** Counts for the sidebar, tags and the collection tree. */
  overview: call(Nothing, LibraryOverview),
  /** One whole article. Fails with `not-found`. */
  get: call(z.object({ id: ArticleId }), Article),
  /** Changes bibliographic fields, as one undoable step. */
  edit: call(z.object({ id: ArticleId, fields: ArticleEdit }), Article),
  /** Adds and takes away tags on all of these articles, as one undoable step. */
  tag: call(
    z.object({ ids: z.array(ArticleId), add: z.array(z.string()), remove: z.array(z.string()) }),
    Nothing,
  ),
  /** Moves articles to the Trash. Undoable. */
  trash: call(ids, Nothing),
  /** Takes articles out of the Trash. Undoable. */
  restore: call(ids, Nothing),
  /** Deletes articles that are in the Trash for good, with their annotations. Not undoable. */
  purge: call(ids, Nothing),
  /** Adds articles to a collection or takes them out of it. Undoable. */
  collect: call(
    z.object({ ids: z.array(ArticleId), collection: CollectionId, member: z.boolean() }),
    Nothing,
  ),
  createCollection: call(z.object({ name: z.string(), parent: z.optional(CollectionId) }), Collection),
  renameCollection: call(z.object({ id: CollectionId, name: z.string() }), Nothing),
  /** Moves a collection under another (or to the top), before a sibling or to the end. Fails with `conflict` on a cycle. */
  moveCollection: call(
    z.object({ id: CollectionId, parent: z.optional(CollectionId), before: z.optional(CollectionId) }),
    Nothing,
  ),
  /** Deletes a collection and those nested in it; the articles stay. Undoable. */
  deleteCollection: call(z.object({ id: CollectionId }), Nothing),
  /** Articles or collections changed. `ids` is empty when too many changed to name. */
  didChange: event(z.object({ ids: z.array(ArticleId), collections: z.boolean() })),
} as const;
