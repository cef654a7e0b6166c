import type { MarkedText } from '#shared/contract/common';
import type { Match } from './matches';

/** UTF-16 units of a snippet, about two lines of a result. */
export const SNIPPET_LENGTH = 160;
/** Farther than this a cut does not go to find a border between words: Chinese has none. */
const MAX_SHIFT = 24;

export interface Passage {
  /** How many words of the query it has. */
  readonly words: number;
  readonly start: number;
  readonly end: number;
  readonly matches: readonly Match[];
}

/** The stretch of `SNIPPET_LENGTH` with the most words of the query, then the most matches, then the first. */
export const bestPassage = (matches: readonly Match[]): Passage | undefined => {
  const counts = new Map<number, number>();
  let best: { from: number; to: number; words: number } | undefined;
  let to = 0;
  matches.forEach((first, from) => {
    while (to < matches.length && (matches[to]?.end ?? 0) - first.start <= SNIPPET_LENGTH) {
      const { word = 0 } = matches[to] ?? {};
      counts.set(word, (counts.get(word) ?? 0) + 1);
      to += 1;
    }
    // A match longer than a snippet is a passage by itself.
    const end = Math.max(to, from + 1);
    const words = Math.max(counts.size, 1);
    if (
      best === undefined ||
      words > best.words ||
      (words === best.words && end - from > best.to - best.from)
    )
      best = { from, to: end, words };
    const left = (counts.get(first.word) ?? 1) - 1;
    if (left <= 0) counts.delete(first.word);
    else counts.set(first.word, left);
    to = Math.max(to, from + 1);
  });
  if (best === undefined) return undefined;
  const chosen = matches.slice(best.from, best.to);
  const start = chosen[0]?.start ?? 0;
  return { words: best.words, start, end: Math.max(...chosen.map((match) => match.end)), matches: chosen };
};

const SENTENCE_START = /(?:^|[.!?]["')\]]?\s+|[。！？；]|\n)(?=\S)/g;

/** Where the snippet begins: at the sentence, if the passage still fits in, else at a word. */
const startOf = (text: string, { start, end }: Passage): number => {
  const room = Math.max(0, SNIPPET_LENGTH - (end - start));
  const earliest = Math.max(0, start - room);
  let sentence: number | undefined;
  for (const found of text.slice(earliest, start + 1).matchAll(SENTENCE_START)) {
    const at = earliest + found.index + found[0].length;
    if (at <= start && (found[0] !== '' || earliest === 0)) sentence ??= at;
  }
  if (sentence !== undefined) return sentence;
  const near = Math.max(0, start - Math.floor(room / 3));
  if (near === 0) return 0;
  const space = text.slice(near, Math.min(start, near + MAX_SHIFT)).search(/\s/);
  return space === -1 ? wholeCharacter(text, near) : near + space + 1;
};

const endOf = (text: string, start: number, passage: Passage): number => {
  const end = Math.max(passage.end, start + SNIPPET_LENGTH);
  if (end >= text.length) return text.length;
  const from = Math.max(passage.end, end - MAX_SHIFT);
  const space = text.slice(from, end + 1).search(/\s\S*$/);
  return space === -1 ? wholeCharacter(text, end) : from + space;
};

/** Not between the halves of a surrogate pair. */
const wholeCharacter = (text: string, at: number): number =>
  /[\udc00-\udfff]/.test(text[at] ?? '') && /[\ud800-\udbff]/.test(text[at - 1] ?? '') ? at - 1 : at;

/** Ascending ranges that do not overlap, out of matches in the order of the text. */
const ranges = (matches: readonly Match[], shift: number): [number, number][] => {
  const merged: [number, number][] = [];
  for (const { start, end } of matches) {
    const last = merged.at(-1);
    if (last !== undefined && start + shift < last[1]) last[1] = Math.max(last[1], end + shift);
    else merged.push([start + shift, end + shift]);
  }
  return merged;
};

/** A whole text with its matches marked. */
export const marked = (text: string, matches: readonly Match[]): MarkedText => ({
  text,
  marks: ranges(matches, 0),
});

/** The text around a passage, on one line, with `…` where it was cut and every match in it marked. */
export const snippetOf = (text: string, passage: Passage, all: readonly Match[]): MarkedText => {
  const start = startOf(text, passage);
  const end = endOf(text, start, passage);
  const before = start > 0 ? '…' : '';
  const inside = all.filter((match) => match.start >= start && match.end <= end);
  return {
    text: `${before}${text.slice(start, end).replace(/\s/g, ' ')}${end < text.length ? '…' : ''}`,
    marks: ranges(inside, before.length - start),
  };
};

/** The first words of a text, when nothing in it is to be marked. */
export const openingOf = (text: string): MarkedText => {
  const nowhere = { words: 0, start: 0, end: 0, matches: [] };
  return snippetOf(text, nowhere, []);
};
