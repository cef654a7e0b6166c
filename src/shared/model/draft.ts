import * as z from 'zod/mini';
import { Bibliographic, Completeness } from './article';

/** A related title on a page, with the teaser under it. Becomes a stub article. */
export const RelatedDraft = z.object({
  title: z.string(),
  abstract: z.optional(z.string()),
  sections: Bibliographic.shape.sections,
  abstractCutOff: z.boolean(),
});
export type RelatedDraft = z.infer<typeof RelatedDraft>;

/** A block of running text, outside the abstract. `level` 0 is a paragraph, 1 to 4 a heading. */
export const TextBlock = z.object({ level: z.int(), text: z.string() });
export type TextBlock = z.infer<typeof TextBlock>;

/** The field a line of the source went to. `ignored` is page furniture (navigation, counters). */
export const LineField = z.enum([
  'title',
  'vernacularTitle',
  'author',
  'affiliation',
  'container-title',
  'issued',
  'identifier',
  'abstract',
  'keyword',
  'language',
  'publicationTypes',
  'related',
  'body',
  'ignored',
]);
export type LineField = z.infer<typeof LineField>;

/** The shapes of pages the importer knows. `unknown`: first line as title, the rest as text. */
export const PageShape = z.enum(['europub', 'wprim', 'pubmed', 'pmc', 'publisher', 'unknown']);
export type PageShape = z.infer<typeof PageShape>;

/** A value that is a guess, and why. The preview says so beside the field. */
export const Doubt = z.object({ field: LineField, reason: z.string() });
export type Doubt = z.infer<typeof Doubt>;

/** What the importer understood of one page, before anything is stored. */
export const Draft = z.object({
  shape: PageShape,
  completeness: Completeness,
  fields: Bibliographic,
  related: z.array(RelatedDraft),
  /** Text beyond the abstract, in reading order; empty where the page had none. */
  body: z.array(TextBlock),
  /** For each line of the source, in order, the field it went to; blank lines are `ignored`. */
  lines: z.array(LineField),
  doubts: z.array(Doubt),
});
export type Draft = z.infer<typeof Draft>;
