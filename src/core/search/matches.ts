import { tokenise } from '#shared/text/tokenise';
import type { MatchedWord } from './search-index';

/** A place in a text that is marked. `word` is the place of the query's word among its words. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly word: number;
}

interface Chain {
  readonly word: number;
  readonly terms: readonly string[];
}

/** Finds the words of a query in texts, as the index found them. */
export class Matcher {
  readonly #wordsOf = new Map<string, number[]>();
  readonly #firstOnly = new Set<number>();
  readonly #chains = new Map<string, Chain[]>();
  readonly #allChains: readonly Chain[];

  /** How many words the query has. */
  readonly size: number;

  constructor(words: readonly MatchedWord[]) {
    this.size = words.length;
    words.forEach(({ terms, inOrder, firstCharacter }, word) => {
      if (firstCharacter) this.#firstOnly.add(word);
      if (inOrder) append(this.#chains, terms[0] ?? '', { word, terms });
      else for (const term of terms) append(this.#wordsOf, term, word);
    });
    this.#allChains = [...this.#chains.values()].flat();
  }

  /** The matches in a text, in its order. Compounds and their parts may overlap. */
  in(text: string): Match[] {
    const tokens = tokenise(text);
    const found: Match[] = [];
    tokens.forEach(({ term, start, end }, at) => {
      for (const word of this.#wordsOf.get(term) ?? []) {
        const width = this.#firstOnly.has(word) && (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1;
        found.push({ start, end: this.#firstOnly.has(word) ? start + width : end, word });
      }
      for (const { word, terms } of this.#chains.get(term) ?? []) {
        const chained = tokens.slice(at, at + terms.length);
        if (isChain(chained, terms)) found.push({ start, end: chained.at(-1)?.end ?? end, word });
      }
    });
    return found.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  /**
   * Whether the texts of an article have all pairs of a run of Han characters but nowhere the run itself: the
   * index, which knows no order, took it for a hit.
   */
  isMistaken(texts: readonly string[], matches: readonly Match[]): boolean {
    const unmet = this.#allChains.filter(
      ({ word, terms }) => terms.length > 1 && !matches.some((match) => match.word === word),
    );
    if (unmet.length === 0) return false;
    const terms = new Set(texts.flatMap((text) => tokenise(text).map((token) => token.term)));
    return unmet.some((chain) => chain.terms.every((term) => terms.has(term)));
  }
}

const append = <V>(map: Map<string, V[]>, key: string, value: V): void => {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
};

/** Each pair begins with the character that the one before it ends with, in the same run. */
const isChain = (
  tokens: readonly { term: string; start: number; end: number }[],
  terms: readonly string[],
): boolean =>
  tokens.length === terms.length &&
  tokens.every(
    ({ term, start }, at) => term === terms[at] && (at === 0 || start < (tokens[at - 1]?.end ?? 0)),
  );
