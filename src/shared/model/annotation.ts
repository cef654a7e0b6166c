import * as z from 'zod/mini';
import { AnnotationId, ArticleId, Sha256, Timestamp } from './ids';

/** W3C Web Annotation, 4.2.4 Text Quote Selector. `prefix` and `suffix` hold up to 64 UTF-16 units. */
export const TextQuoteSelector = z.object({
  type: z.literal('TextQuoteSelector'),
  exact: z.string(),
  prefix: z.string(),
  suffix: z.string(),
});
export type TextQuoteSelector = z.infer<typeof TextQuoteSelector>;

/** W3C Web Annotation, 4.2.5 Text Position Selector. UTF-16 offsets into the reading text. */
export const TextPositionSelector = z.object({
  type: z.literal('TextPositionSelector'),
  start: z.int().check(z.minimum(0)),
  end: z.int().check(z.minimum(0)),
});
export type TextPositionSelector = z.infer<typeof TextPositionSelector>;

/** W3C Web Annotation, 4.2.1 Fragment Selector: the heading under which the quote stood, if any. */
export const SectionSelector = z.object({ type: z.literal('FragmentSelector'), value: z.string() });
export type SectionSelector = z.infer<typeof SectionSelector>;

/** Quote, position and section are stored together: each finds the passage where another fails. */
export const AnnotationTarget = z.object({
  documentId: z.string(),
  textHash: Sha256,
  selector: z.object({
    quote: TextQuoteSelector,
    position: TextPositionSelector,
    section: z.optional(SectionSelector),
  }),
});
export type AnnotationTarget = z.infer<typeof AnnotationTarget>;

/** Named by what they mean to the reader, not by hue: the theme decides how each one looks. */
export const HighlightColour = z.enum(['finding', 'method', 'doubt', 'to-cite']);
export type HighlightColour = z.infer<typeof HighlightColour>;

export const Annotation = z.object({
  id: AnnotationId,
  articleId: ArticleId,
  target: AnnotationTarget,
  colour: HighlightColour,
  /** Markdown; empty where the passage is only highlighted. */
  note: z.string(),
  tags: z.array(z.string()),
  created: Timestamp,
  modified: Timestamp,
});
export type Annotation = z.infer<typeof Annotation>;
