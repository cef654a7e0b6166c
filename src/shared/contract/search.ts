import * as z from 'zod/mini';
import { AnnotationId, ArticleId } from '../model/ids';
import { call, event } from '../rpc/contract';
import { MarkedText, Nothing } from './common';
import { ArticleRow } from './library';

/** The field in which the best passage was found. */
export const SearchField = z.enum([
  'title',
  'abstract',
  'text',
  'author',
  'journal',
  'keyword',
  'tag',
  'note',
]);
export type SearchField = z.infer<typeof SearchField>;

export const SearchHit = z.object({
  id: ArticleId,
  row: ArticleRow,
  title: MarkedText,
  field: SearchField,
  snippet: MarkedText,
  /** Where to open the article: UTF-16 offsets into the reading text of `documentId`. */
  passage: z.optional(z.object({ documentId: z.string(), start: z.int(), end: z.int() })),
  /** The note in which it was found. */
  annotationId: z.optional(AnnotationId),
});
export type SearchHit = z.infer<typeof SearchHit>;

export const SearchState = z.object({
  ready: z.boolean(),
  /** Articles indexed so far, of all. */
  indexed: z.int(),
  total: z.int(),
});
export type SearchState = z.infer<typeof SearchState>;

export const search = {
  /** Finds articles by words, in any field; the last word counts as begun. A newer query cancels an older one. */
  query: call(
    z.object({
      text: z.string().check(z.maxLength(1000)),
      limit: z.int().check(z.minimum(1), z.maximum(100)),
    }),
    z.object({ hits: z.array(SearchHit), total: z.int(), state: SearchState }),
  ),
  state: call(Nothing, SearchState),
  didChangeState: event(SearchState),
} as const;
