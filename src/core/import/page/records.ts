import { parseCitation } from './journal-line';
import { type Line, lineStarts, readLines } from './lines';

/** A citation is wrapped over no more lines than this. */
const CITATION_LINES = 3;
/** The first record begins within so many lines; what is numbered further down is a list of references. */
const FIRST_WITHIN = 3;

/**
 * `1. World J Hepatol. 2023 Dec 27;15(12):1294-1306. doi: …`: whether the first line of a record saved as text by
 * PubMed stands at `at`. The citation may go on in the lines below.
 */
export const isRecordStart = (lines: readonly Line[], at: number): boolean => {
  const first = lines[at];
  if (first === undefined || !/^\d{1,5}\.\s\p{L}/u.test(first.key)) return false;
  const block = lines
    .slice(at, at + CITATION_LINES)
    .filter((line, place) => line.index === first.index + place)
    .map((line) => line.text)
    .join(' ');
  return /\b\d{4}\b/.test(block.slice(0, 400)) && parseCitation(block) !== undefined;
};

/** The place of the first record, where a text is made of records. */
export const firstRecord = (lines: readonly Line[]): number | undefined => {
  const at = lines.slice(0, FIRST_WITHIN).findIndex((_, place) => isRecordStart(lines, place));
  return at < 0 ? undefined : at;
};

const ID_LINE = /^(?:DOI|PMID|PMCID): /;

/** Whether the record above can end at `before`: with its identifiers, or with two blank lines. */
const canEnd = (before: Line, next: Line): boolean =>
  next.index >= before.index + 3 || (next.index === before.index + 2 && ID_LINE.test(before.key));

/**
 * Cuts a text of several PubMed records into one text a record, whatever their numbers. Together the pieces are the
 * text, character by character; lines above the first record go with it. Any other text is one piece.
 */
export const splitRecords = (text: string): string[] => {
  const { lines } = readLines(text);
  const first = firstRecord(lines);
  if (first === undefined) return [text];
  const starts = lines.filter((line, at) => {
    const before = lines[at - 1];
    return at > first && before !== undefined && canEnd(before, line) && isRecordStart(lines, at);
  });
  if (starts.length === 0) return [text];
  const offsets = lineStarts(text);
  const cuts = [0, ...starts.map((line) => offsets[line.index] ?? 0)];
  return cuts.map((from, at) => text.slice(from, cuts[at + 1]));
};
