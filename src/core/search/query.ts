import { type Token, tokenise } from '#shared/text/tokenise';

/** A term to look up; with `prefix`, any term that begins with it. */
export interface QueryTerm {
  readonly term: string;
  readonly prefix: boolean;
}

/** One word of a query. A document has it when it has all terms of one of the alternatives. */
export interface QueryWord {
  readonly alternatives: readonly (readonly QueryTerm[])[];
  /** A run of Han characters: the terms of its alternative must stand one after the other in the text. */
  readonly han: boolean;
  /** `of`, `the`: helps the order, but a document need not have it. */
  readonly optional: boolean;
}

/** More words than this are left out: one bit each, and no question of 30 words is served by the 31st. */
export const MAX_WORDS = 30;

/** Words of so little meaning that a document without them still answers the query. */
const OPTIONAL_WORDS = new Set(
  (
    'a an and are as at be by can do does for from has have how in into is it its of on or than that the their ' +
    'there these this to vs was were what when which who why will with within without'
  ).split(' '),
);

const SHORTEST_PLURAL = 4;

/** The other number of an English noun: `biopsies` for `biopsy`, `stent` for `stents`. */
const otherNumber = (term: string): string[] => {
  if (term.length < SHORTEST_PLURAL || !/^[a-z]+$/.test(term)) return [];
  if (term.endsWith('ies')) return [`${term.slice(0, -3)}y`];
  if (term.endsWith('sis')) return [`${term.slice(0, -2)}es`];
  if (term.endsWith('ses')) return [`${term.slice(0, -2)}is`, term.slice(0, -2), term.slice(0, -1)];
  if (term.endsWith('s') && !/(ss|us|is)$/.test(term)) return [term.slice(0, -1)];
  if (/[^aeiou]y$/.test(term)) return [`${term.slice(0, -1)}ies`, `${term}s`];
  return /(ss|us|is)$/.test(term) ? [] : [`${term}s`];
};

const exact = (term: string): QueryTerm => ({ term, prefix: false });

const plainWord = (token: Token, begun: boolean): QueryWord => ({
  alternatives: begun
    ? [[{ term: token.term, prefix: true }]]
    : [token.term, ...otherNumber(token.term)].map((term) => [exact(term)]),
  han: false,
  optional: !begun && OPTIONAL_WORDS.has(token.term),
});

/** `HBV-DNA` is also found as `HBVDNA`, and where both parts stand apart. */
const compound = (whole: Token, parts: readonly Token[], begun: boolean): QueryWord => ({
  alternatives: [
    [{ term: whole.term, prefix: begun }],
    parts.map((part, index) => ({ term: part.term, prefix: begun && index === parts.length - 1 })),
  ],
  han: false,
  optional: false,
});

/** One character is found at the beginning of any pair; more by their pairs. */
const hanRun = (tokens: readonly Token[]): QueryWord => ({
  alternatives: [
    tokens.length === 1
      ? [{ term: tokens[0]?.term ?? '', prefix: true }]
      : tokens.slice(0, -1).map((token) => exact(token.term)),
  ],
  han: true,
  optional: false,
});

const endOfRun = (tokens: readonly Token[], from: number): number => {
  let at = from + 1;
  // Pairs of one run overlap, and each ends at or after the one before it.
  while (
    at < tokens.length &&
    tokens[at]?.kind === 'han' &&
    (tokens[at]?.start ?? 0) < (tokens[at - 1]?.end ?? 0)
  )
    at += 1;
  return at;
};

const groups = (tokens: readonly Token[]): Token[][] => {
  const found: Token[][] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined) break;
    const next = token.kind === 'han' ? endOfRun(tokens, at) : at + 1;
    if (token.kind === 'whole') {
      const parts = found.filter((group) => (group[0]?.start ?? 0) >= token.start).flat();
      found.splice(found.length - parts.length);
      found.push([...parts, token]);
    } else found.push(tokens.slice(at, next));
    at = next;
  }
  return found;
};

const wordOf = (group: readonly Token[], textEnd: number): QueryWord | undefined => {
  const last = group.at(-1);
  if (last === undefined) return undefined;
  const begun = last.end === textEnd;
  if (last.kind === 'han') return hanRun(group);
  return last.kind === 'whole' ? compound(last, group.slice(0, -1), begun) : plainWord(last, begun);
};

/**
 * The words of a query, each once, in their order. The last counts as begun unless a space follows it. Pure;
 * never fails: a query without words gives none.
 */
export const parseQuery = (text: string): QueryWord[] => {
  const seen = new Map<string, QueryWord>();
  for (const group of groups(tokenise(text))) {
    const word = wordOf(group, text.length);
    if (word !== undefined) seen.set(JSON.stringify(word.alternatives), word);
  }
  const words = [...seen.values()].slice(0, MAX_WORDS);
  return words.every((word) => word.optional) ? words.map((word) => ({ ...word, optional: false })) : words;
};
