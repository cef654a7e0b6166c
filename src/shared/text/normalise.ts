import type { TextRange } from './blocks';

/** A text without the differences that do not matter, and the way back to the original. */
export interface NormalisedText {
  readonly text: string;
  /**
   * The range of the original that stands for `[start, end)` of `text`, or undefined where one of the ends
   * lies inside what was a single character of the original.
   */
  original(start: number, end: number): TextRange | undefined;
}

// A base character with its combining marks, so that composed and decomposed accents come out alike.
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/u;
const DASH = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/u;
const SINGLE_QUOTE = /[\u2018\u2019\u201A\u201B\u2032]/u;
const DOUBLE_QUOTE = /[\u201C-\u201F\u2033]/u;
const SPACE = /\s/u;
const PLAIN = /^[\x21-\x40\x5B-\x7E]$/;

const normaliseCluster = (cluster: string): string => {
  if (PLAIN.test(cluster)) return cluster;
  if (INVISIBLE.test(cluster)) return '';
  if (DASH.test(cluster)) return '-';
  if (SINGLE_QUOTE.test(cluster)) return "'";
  if (DOUBLE_QUOTE.test(cluster)) return '"';
  return cluster.normalize('NFC').toLowerCase();
};

/**
 * Folds a text character by character (a base with its combining marks), and keeps the way back. Runs of white
 * space become one space. `foldCharacter` gives what stands for a character, or nothing where it is left out.
 */
export const foldWithOffsets = (
  input: string,
  foldCharacter: (character: string) => string,
): NormalisedText => {
  const parts: string[] = [];
  // For each unit of the result, the start and the end of the original character it came from.
  const starts: number[] = [];
  const ends: number[] = [];
  let afterSpace = false;
  for (const found of input.matchAll(CLUSTER)) {
    const folded = SPACE.test(found[0]) ? ' ' : foldCharacter(found[0]);
    const end = found.index + found[0].length;
    if (folded === ' ' && afterSpace) {
      ends[ends.length - 1] = end;
      continue;
    }
    if (folded === '') continue;
    afterSpace = folded === ' ';
    parts.push(folded);
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(found.index);
      ends.push(end);
    }
  }
  return {
    text: parts.join(''),
    original: (start, end) => {
      if (start >= end || starts[start] === starts[start - 1] || starts[end] === starts[end - 1]) {
        return undefined;
      }
      const from = starts[start];
      const to = ends[end - 1];
      return from === undefined || to === undefined ? undefined : { start: from, end: to };
    },
  };
};

/**
 * Folds case, runs of white space, dashes, quotation marks, invisible characters and the composition of
 * accents. It does not fold digits, superscripts, accents or similar letters: those differ in meaning
 * ("10⁶" is not "106").
 */
export const normalise = (input: string): NormalisedText => foldWithOffsets(input, normaliseCluster);
