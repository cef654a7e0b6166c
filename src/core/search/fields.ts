import type { SearchField } from '#shared/contract/search';

/** The fields of an article in the index. A field is stored as its place in this list; at most eight. */
export const FIELDS = [
  'title',
  'abstract',
  'text',
  'author',
  'journal',
  'keyword',
  'tag',
  'note',
] as const satisfies readonly SearchField[];

/** Bits of a key that hold the field. */
export const FIELD_BITS = 3;
export const FIELD_COUNT = 1 << FIELD_BITS;

/** An article as the index reads it: plain text per field, several values on lines of their own. */
export interface IndexedDocument {
  readonly id: string;
  readonly fields: Readonly<Partial<Record<SearchField, string>>>;
}

/** Whether a set of fields, one bit each in the order of `FIELDS`, has this one. */
export const hasField = (set: number, field: SearchField): boolean =>
  (set & (1 << FIELDS.indexOf(field))) !== 0;
