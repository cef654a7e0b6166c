import * as z from 'zod/mini';
import { Annotation, AnnotationTarget, HighlightColour } from '../model/annotation';
import { AnnotationId, ArticleId } from '../model/ids';
import { call, event } from '../rpc/contract';
import { Nothing } from './common';

export const annotations = {
  /** The annotations of an article, in the order of their positions. */
  list: call(z.object({ articleId: ArticleId }), z.array(Annotation)),
  /**
   * Stores a new annotation; it is on disk when this answers. Undoable. A caller who wants to go on with it before
   * the answer names its id; one that is in use fails with `conflict`.
   */
  create: call(
    z.object({
      id: z.optional(AnnotationId),
      articleId: ArticleId,
      target: AnnotationTarget,
      colour: HighlightColour,
      note: z.string(),
    }),
    Annotation,
  ),
  /** Changes the fields that are given. Undoable; typing a note is one step. */
  update: call(
    z.object({
      id: AnnotationId,
      colour: z.optional(HighlightColour),
      note: z.optional(z.string()),
      tags: z.optional(z.array(z.string())),
    }),
    Annotation,
  ),
  /** Deletes annotations. Undoable. */
  remove: call(z.object({ ids: z.array(AnnotationId) }), Nothing),
  /** Annotations of these articles changed. */
  didChange: event(z.object({ articleIds: z.array(ArticleId) })),
} as const;
