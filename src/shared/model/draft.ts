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

/** Why a value is a guess. Worded in `messages/import.ts`, one message a reason. */
export const DoubtReason = z.enum([
  'text-empty',
  'title-missing',
  'title-first-line',
  'title-before-label',
  'title-of-several',
  'title-long',
  'journal-near-volume',
  'author-odd',
  'doi-in-text',
  'abstract-cut-off',
  'abstract-next-title',
  'abstract-without-heading',
  'abstract-long',
  'abstract-not-found',
  'lines-limit',
]);
export type DoubtReason = z.infer<typeof DoubtReason>;

/**
 * A value that is a guess, and why. The preview says so beside the field. `detail` is what the reason names: names
 * (`author-odd`), characters (`title-long`, `abstract-long`), lines read (`lines-limit`).
 */
export const Doubt = z.object({ field: LineField, reason: DoubtReason, detail: z.optional(z.string()) });
export type Doubt = z.infer<typeof Doubt>;

/**
 * What to look at in the characters of a source: its encoding is a guess, some bytes could not be read, or NUL
 * characters were taken out. `count` is the number of the latter two, in characters.
 */
export const EncodingDoubt = z.object({
  code: z.enum(['guessed', 'unreadable', 'nuls-removed']),
  count: z.int(),
});
export type EncodingDoubt = z.infer<typeof EncodingDoubt>;

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
