import type { Row } from './lines';

/** More lines of names than this come from no article. */
const MOST_NAMES = 3000;

/** Names on lines of their own become one list; a line that is only marks joins the name before it. */
export const joinNames = (rows: readonly string[]): string => {
  const used = rows.slice(0, MOST_NAMES);
  const separator = used.some((row) => /[;；]/.test(row)) ? '; ' : ', ';
  const parts = used.map((row, at) => {
    const before = at > 0 ? (used[at - 1] ?? '') : ',';
    const joins =
      /[;,；，、]\s*$/.test(before.slice(-3)) ||
      /^[\s\d;,，；、*()†‡§✉]/.test(row) ||
      /^(?:and|&)\s/.test(row);
    return joins ? ` ${row}` : separator + row;
  });
  return parts
    .join('')
    .trim()
    .replace(/\s{1,4}([;,])/g, '$1');
};

/** Paragraphs of an abstract, each on a line; a heading alone keeps its line. */
export const joinParagraphs = (rows: readonly Row[]): string =>
  rows
    .map((row) => row.text)
    .join('\n')
    .trim();
