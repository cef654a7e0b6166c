import * as z from 'zod/mini';
import { Bibliographic } from '../model/article';
import { Draft, EncodingDoubt } from '../model/draft';
import { ArticleId } from '../model/ids';
import { Problem } from '../model/problem';
import { call, stream } from '../rpc/contract';
import { Nothing } from './common';
import { ArticleRow } from './library';

/** What was uploaded (PUT to `/upload`, which answers with the id), and what to call it. */
export const ImportSource = z.object({
  upload: z.string(),
  kind: z.enum(['paste', 'file']),
  fileName: z.optional(z.string()),
});
export type ImportSource = z.infer<typeof ImportSource>;

/** Why an article of the library is taken for the same one. */
export const DuplicateMatch = z.object({
  row: ArticleRow,
  by: z.enum(['DOI', 'PMID', 'PMCID', 'title']),
  /** The match is a stub, which this would fill in. */
  stub: z.boolean(),
});
export type DuplicateMatch = z.infer<typeof DuplicateMatch>;

/** One source, or one record of a source that holds several, as understood. Held by the service under `previewId` until it is saved or discarded. */
export const ImportPreview = z.object({
  previewId: z.string(),
  fileName: z.optional(z.string()),
  draft: Draft,
  /** The lines of the source or record, one for each of `draft.lines`; cut after about 400 kB, and `draft.lines` with them. */
  sourceLines: z.array(z.string()),
  /** Lines of the source that are not in `sourceLines`. */
  hiddenLines: z.int(),
  /** Name of the encoding it was read as, for example `utf-8` or `gb18030`. */
  encoding: z.string(),
  /** The encoding is a guess, or characters could not be read: what to look at; empty where nothing is. */
  encodingDoubts: z.array(EncodingDoubt),
  duplicate: z.optional(DuplicateMatch),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

/** What to do with a preview of an article that is there already. */
export const DuplicateChoice = z.enum(['keep', 'update-missing', 'keep-both']);
export type DuplicateChoice = z.infer<typeof DuplicateChoice>;

export const importing = {
  /**
   * Reads sources and says what is in each; nothing is stored. Answers come in the order of the sources: one for each,
   * or one for each record where a source holds several. `rest` is an upload with those of a source's records for
   * which the answer had no room, to be previewed next.
   */
  preview: stream(
    z.object({ sources: z.array(ImportSource).check(z.maxLength(500)) }),
    z.object({ done: z.int(), total: z.int() }),
    z.array(
      z.union([
        z.object({ ok: z.literal(true), preview: ImportPreview, rest: z.optional(z.string()) }),
        z.object({ ok: z.literal(false), fileName: z.optional(z.string()), problem: Problem }),
      ]),
    ),
  ),
  /** Stores a preview, with the fields as the reader corrected them, as one undoable step. */
  save: call(
    z.object({ previewId: z.string(), fields: Bibliographic, duplicate: DuplicateChoice }),
    z.object({ id: ArticleId, outcome: z.enum(['added', 'updated', 'kept']), stubs: z.int() }),
  ),
  discard: call(z.object({ previewIds: z.array(z.string()) }), Nothing),
} as const;
