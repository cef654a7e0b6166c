import * as z from 'zod/mini';
import { Author } from './author';
import { ArticleId, CollectionId, Day, Sha256, Timestamp } from './ids';

/** What a heading of a structured abstract stands for (NLM's NlmCategory, in lower case). */
export const SectionKind = z.enum(['background', 'objective', 'methods', 'results', 'conclusions', 'other']);
export type SectionKind = z.infer<typeof SectionKind>;

/**
 * A labelled part of the abstract. `start` and `end` are UTF-16 offsets into `Article.abstract`, and hold
 * the text after the label, so that the abstract stays letter for letter what the source said.
 */
export const AbstractSection = z.object({
  label: z.string(),
  kind: SectionKind,
  start: z.int(),
  end: z.int(),
});
export type AbstractSection = z.infer<typeof AbstractSection>;

/**
 * The bibliographic part of an article, under CSL-JSON names where they exist. Absent means not known;
 * nothing is invented to fill a field.
 */
const bibliographic = {
  title: z.string(),
  /** The title in the language of the journal, where `title` is a translation (MEDLINE: VernacularTitle). */
  vernacularTitle: z.optional(z.string()),
  author: z.array(Author),
  'container-title': z.optional(z.string()),
  /** `[[year]]`, `[[year, month]]` or `[[year, month, day]]`. */
  issued: z.optional(z.object({ 'date-parts': z.array(z.array(z.int())) })),
  volume: z.optional(z.string()),
  issue: z.optional(z.string()),
  page: z.optional(z.string()),
  DOI: z.optional(z.string()),
  PMID: z.optional(z.string()),
  PMCID: z.optional(z.string()),
  ISSN: z.optional(z.string()),
  URL: z.optional(z.string()),
  /** BCP 47, for example `en` or `zh`. */
  language: z.optional(z.string()),
  abstract: z.optional(z.string()),
  sections: z.array(AbstractSection),
  /** The source broke the abstract off in mid-sentence. */
  abstractCutOff: z.boolean(),
  keyword: z.array(z.string()),
  publicationTypes: z.array(z.string()),
  /** Numbers of other registers, such as `EP ID`; not used to match duplicates. */
  otherIds: z.array(z.object({ scheme: z.string(), value: z.string() })),
};
export const Bibliographic = z.object(bibliographic);
export type Bibliographic = z.infer<typeof Bibliographic>;

/**
 * How much of the article is here. `stub`: met as a related title on another page. `unrecognised`: the
 * importer found no fields and kept the first line as title and the rest as text.
 */
export const Completeness = z.enum(['stub', 'abstract', 'full-text', 'unrecognised']);
export type Completeness = z.infer<typeof Completeness>;

/**
 * A text of the article that annotations can point into. An abstract's text is made from the record; a
 * full text lies in `documents/<content>.html`.
 */
export const DocumentRef = z.object({
  /** `abstract`, or the SHA-256 of the stored HTML. Unique within the article. */
  id: z.string(),
  kind: z.enum(['abstract', 'full-text']),
  /** SHA-256 of the reading text (see shared/text), by which an annotation knows that it has changed. */
  textHash: Sha256,
  /** Version of the rules that turned the document into reading text. */
  textRules: z.int(),
  content: z.optional(Sha256),
});
export type DocumentRef = z.infer<typeof DocumentRef>;

/** Where a record came from. `source` names the untouched bytes in `sources/`. */
export const Provenance = z.object({
  format: z.string(),
  fileName: z.optional(z.string()),
  time: Timestamp,
  source: Sha256,
});
export type Provenance = z.infer<typeof Provenance>;

/** Where an article stands on the reading list; an article without a status is not on it. */
export const ReadingStatus = z.enum(['inbox', 'to-read', 'reading', 'read']);
export type ReadingStatus = z.infer<typeof ReadingStatus>;

/** 1 high, 2 normal, 3 low. */
export const Priority = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type Priority = z.infer<typeof Priority>;

/** The last place read: the block at the top of the page, so that it survives another width or font. */
export const ReadingPosition = z.object({
  documentId: z.string(),
  block: z.int(),
  /** 0 to 1, for the progress bar of a list. */
  fraction: z.number().check(z.minimum(0), z.maximum(1)),
});
export type ReadingPosition = z.infer<typeof ReadingPosition>;

export const ReadingState = z.object({
  status: z.optional(ReadingStatus),
  priority: Priority,
  /** Place in the list ordered by hand: a fractional key, so that one move changes one record. */
  order: z.optional(z.string()),
  due: z.optional(Day),
  position: z.optional(ReadingPosition),
  opened: z.optional(Timestamp),
  finished: z.optional(Timestamp),
});
export type ReadingState = z.infer<typeof ReadingState>;

export const Article = z.object({
  ...bibliographic,
  id: ArticleId,
  completeness: Completeness,
  documents: z.array(DocumentRef),
  provenance: z.array(Provenance),
  added: Timestamp,
  modified: Timestamp,
  reading: ReadingState,
  tags: z.array(z.string()),
  collections: z.array(CollectionId),
  /** Articles that this one's page named as related; they are records of their own, often stubs. */
  related: z.array(ArticleId),
});
export type Article = z.infer<typeof Article>;

/** The year of `issued`, if it is known. */
export const yearOf = (article: Pick<Article, 'issued'>): number | undefined =>
  article.issued?.['date-parts'][0]?.[0];

/** `LIU Y` style is the reader's business; this is the plain `Given Family` of an author line. */
export const nameOf = (author: Author): string =>
  author.literal ?? [author.given, author.family].filter(Boolean).join(' ');
