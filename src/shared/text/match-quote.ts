import type { TextQuoteSelector } from '../model/annotation';
import type { TextRange } from './blocks';
import { type NormalisedText, normalise } from './normalise';
import { commonEnd, commonStart, diceSimilarity } from './similarity';

/** A text to find quotes in. Normalising it costs some milliseconds for a long article, so it is done once. */
export interface QuoteHaystack {
  readonly text: string;
  readonly normalised: NormalisedText;
}

export const quoteHaystack = (text: string): QuoteHaystack => ({ text, normalised: normalise(text) });

export interface QuoteMatch extends TextRange {
  /** The words are the same letter for letter, not only after normalising. */
  readonly literal: boolean;
  /** 0 to 1; see {@link scoreOf}. */
  readonly score: number;
}

/** Why no place was taken. `other-context`: the words stand there, but between other words than they did. */
export type QuoteFailure = 'empty' | 'not-found' | 'ambiguous' | 'other-context';

interface Candidate {
  readonly start: number;
  readonly end: number;
  /** 0 to 1: how far the text around it agrees with the prefix and suffix of the quote. */
  readonly context: number;
}

// A short quote says little by itself, so its surroundings must agree more. A place is refused rather than
// guessed: an orphan is shown with its words and can be put back, a note at a look-alike misleads in silence.
const SHORT_QUOTE = 32;
const CONTEXT_FOR_SHORT = 0.75;
const CONTEXT_FOR_LONG = 0.6;
/** The best place must lead the next by this much. */
const CLEAR_LEAD = 0.15;
/** Beyond this many places, only those whose immediate neighbours agree are looked at more closely. */
const MANY_PLACES = 24;
const NEIGHBOURS = 8;

const CONTEXT_WEIGHT = 0.6;
const QUOTE_WEIGHT = 0.4;
const NOT_LITERAL = 0.75;

const scoreOf = (context: number, literal: boolean): number =>
  CONTEXT_WEIGHT * context + QUOTE_WEIGHT * (literal ? 1 : NOT_LITERAL);

interface Needle {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** Every place of the normalised quote, overlapping ones too; undefined where too many are alike to tell apart. */
const placesOf = (haystack: string, needle: Needle): number[] | undefined => {
  const places: number[] = [];
  for (let at = haystack.indexOf(needle.exact); at !== -1; at = haystack.indexOf(needle.exact, at + 1)) {
    places.push(at);
  }
  if (places.length <= MANY_PLACES) return places;
  const before = needle.prefix.slice(-NEIGHBOURS);
  const after = needle.suffix.slice(0, NEIGHBOURS);
  const likely = places.filter(
    (at) => haystack.endsWith(before, at) && haystack.startsWith(after, at + needle.exact.length),
  );
  return likely.length <= MANY_PLACES ? likely : undefined;
};

/**
 * Agreement of both sides, each weighed by how much of it was stored. A side agrees as far as it is the same
 * without a gap from the quote outwards, or as far as its trigrams are the same, whichever is more: the first
 * is sure, the second survives an edit close to the quote.
 */
const contextOf = (haystack: string, start: number, needle: Needle): number => {
  const { prefix, suffix } = needle;
  const weight = prefix.length + suffix.length;
  if (weight === 0) return 1;
  const end = start + needle.exact.length;
  const before = haystack.slice(Math.max(0, start - prefix.length), start);
  const after = haystack.slice(end, end + suffix.length);
  const left = agreementOf(before, prefix, commonEnd(before, prefix));
  const right = agreementOf(after, suffix, commonStart(after, suffix));
  return (left + right) / weight;
};

/** In units of the stored side. The trigrams are counted only where the unbroken run leaves something open. */
const agreementOf = (found: string, stored: string, run: number): number =>
  run === stored.length ? run : Math.max(run, stored.length * diceSimilarity(found, stored));

/** The candidate's range in the original, with the white space at the ends of the quote where it is there. */
const originalRange = (
  haystack: QuoteHaystack,
  quote: string,
  candidate: Candidate,
): (TextRange & { literal: boolean }) | undefined => {
  const range = haystack.normalised.original(candidate.start, candidate.end);
  if (range === undefined) return undefined;
  const start = range.start - (quote.length - quote.trimStart().length);
  if (start >= 0 && haystack.text.startsWith(quote, start)) {
    return { start, end: start + quote.length, literal: true };
  }
  return { ...range, literal: false };
};

/**
 * Finds the place of a quote by its words and by what stands around them. Case, white space, dashes and
 * quotation marks may differ; nothing else may. Never takes one of two places that are as good.
 */
export const matchQuote = (
  haystack: QuoteHaystack,
  quote: Pick<TextQuoteSelector, 'exact' | 'prefix' | 'suffix'>,
): QuoteMatch | QuoteFailure => {
  const needle: Needle = {
    exact: normalise(quote.exact).text.trim(),
    prefix: normalise(quote.prefix).text,
    suffix: normalise(quote.suffix).text,
  };
  if (needle.exact === '') return 'empty';
  const text = haystack.normalised.text;
  const places = placesOf(text, needle);
  if (places === undefined) return 'ambiguous';
  const matches: (QuoteMatch & { context: number })[] = [];
  for (const start of places) {
    const candidate = { start, end: start + needle.exact.length, context: contextOf(text, start, needle) };
    const range = originalRange(haystack, quote.exact, candidate);
    if (range === undefined) continue;
    matches.push({ ...range, context: candidate.context, score: scoreOf(candidate.context, range.literal) });
  }
  matches.sort((a, b) => b.score - a.score);
  const [best, next] = matches;
  if (best === undefined) return 'not-found';
  const enough = needle.exact.length < SHORT_QUOTE ? CONTEXT_FOR_SHORT : CONTEXT_FOR_LONG;
  if (best.context < enough) return matches.length > 1 ? 'ambiguous' : 'other-context';
  if (next !== undefined && best.score - next.score < CLEAR_LEAD) return 'ambiguous';
  return { start: best.start, end: best.end, literal: best.literal, score: best.score };
};
