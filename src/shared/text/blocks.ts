/**
 * The reading text: what annotations point into. It is the text of a document's blocks (paragraphs,
 * headings, list items, table cells), in reading order, joined by one line feed. Offsets are UTF-16 units.
 */

/** Raise this when the rules below or in `core/reader/html` change the text of a document. */
export const TEXT_RULES = 1;

export const BLOCK_SEPARATOR = '\n';

/** The element id of the block with this number, counted from 0 in reading order. */
export const blockId = (index: number): string => `b${index}`;

const BLOCK_ID = /^b(\d{1,7})$/;

/** The number in a block's element id, or undefined where the id is not a block's. */
export const blockIndexOf = (id: string): number | undefined => {
  const digits = BLOCK_ID.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** Half-open: `start` is the first unit, `end` the one after the last. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Joins the texts of the blocks to the reading text, with the range that each of them takes in it. */
export const joinBlocks = (texts: readonly string[]): { text: string; ranges: TextRange[] } => {
  const ranges: TextRange[] = [];
  let at = 0;
  for (const text of texts) {
    ranges.push({ start: at, end: at + text.length });
    at += text.length + BLOCK_SEPARATOR.length;
  }
  return { text: texts.join(BLOCK_SEPARATOR), ranges };
};

/**
 * The index of the last range that starts at or before `offset`, found by halving; -1 before the first.
 * `ranges` ascend. An offset on a separator belongs to the block before it.
 */
export const rangeIndexAt = (ranges: readonly Pick<TextRange, 'start'>[], offset: number): number => {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.start ?? Number.POSITIVE_INFINITY) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

// C0 and C1 controls except tab and line feed, and lone surrogates: an HTML parser or UTF-8 would change them.
const NOT_IN_HTML = /(?![\t\n])[\p{Cc}\p{Cs}]/gu;

/** The text as it survives being written as HTML and read again, so that offsets agree on both sides. */
export const htmlSafeText = (text: string): string => text.replace(/\r\n?/g, '\n').replace(NOT_IN_HTML, '');
