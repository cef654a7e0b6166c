import type { TextRange } from './blocks';

/** Whether an offset lies between the two halves of a surrogate pair, where a text must not be cut. */
export const splitsPair = (text: string, offset: number): boolean => {
  if (offset <= 0 || offset >= text.length) return false;
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
};

const SPACE = /\s/;

/**
 * The range as it may be stored: inside the text, with whole characters at both ends, and without the white
 * space that a selection by mouse or by word takes along. Undefined where nothing is left.
 */
export const tidyRange = (text: string, range: TextRange): TextRange | undefined => {
  let start = Math.max(0, Math.min(range.start, text.length));
  let end = Math.max(start, Math.min(range.end, text.length));
  if (splitsPair(text, start)) start -= 1;
  if (splitsPair(text, end)) end += 1;
  while (start < end && SPACE.test(text.charAt(start))) start += 1;
  while (end > start && SPACE.test(text.charAt(end - 1))) end -= 1;
  return start < end ? { start, end } : undefined;
};

/** Up to `length` units before `offset`, one fewer where the cut would split a pair. */
export const textBefore = (text: string, offset: number, length: number): string => {
  const from = Math.max(0, offset - length);
  return text.slice(splitsPair(text, from) ? from + 1 : from, offset);
};

/** Up to `length` units from `offset` on, one fewer where the cut would split a pair. */
export const textAfter = (text: string, offset: number, length: number): string => {
  const to = Math.min(text.length, offset + length);
  return text.slice(offset, splitsPair(text, to) ? to - 1 : to);
};
