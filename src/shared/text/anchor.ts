import type { AnnotationTarget } from '../model/annotation';
import type { DocumentRef } from '../model/article';
import type { TextRange } from './blocks';
import { matchQuote, type QuoteFailure, type QuoteHaystack, quoteHaystack } from './match-quote';

/** `position`: the text is the one that was marked. The others find the quote in a text that has changed. */
export type AnchorStrategy = 'position' | 'quote' | 'normalised-quote';

export interface Anchored extends TextRange {
  /** `exact`: the very passage that was marked. `moved`: found again in another text; the page says so. */
  readonly state: 'exact' | 'moved';
  readonly strategy: AnchorStrategy;
  /** 0 to 1. */
  readonly score: number;
}
export interface Orphan {
  readonly state: 'orphan';
  readonly reason: QuoteFailure;
}
export type Anchoring = Anchored | Orphan;

/** Finds the passages that targets describe, in one text. */
export type Anchorer = (target: AnnotationTarget) => Anchoring;

/**
 * Prepares a document's reading text for anchoring. Strategies from the surest on: the position, where text
 * and quote are unchanged; else the quote with its context. A passage that cannot be told from another, or
 * stands in other surroundings, is an orphan with the reason.
 */
export const anchorer = (document: Pick<DocumentRef, 'textHash'>, text: string): Anchorer => {
  let haystack: QuoteHaystack | undefined;
  return ({ textHash, selector: { quote, position } }) => {
    const { start, end } = position;
    if (textHash === document.textHash && quote.exact !== '' && text.slice(start, end) === quote.exact) {
      return { state: 'exact', start, end, strategy: 'position', score: 1 };
    }
    haystack ??= quoteHaystack(text);
    const found = matchQuote(haystack, quote);
    if (typeof found === 'string') return { state: 'orphan', reason: found };
    return {
      state: 'moved',
      start: found.start,
      end: found.end,
      strategy: found.literal ? 'quote' : 'normalised-quote',
      score: found.score,
    };
  };
};

/** Anchors a single target; see {@link anchorer} for many. */
export const anchor = (
  document: Pick<DocumentRef, 'textHash'>,
  text: string,
  target: AnnotationTarget,
): Anchoring => anchorer(document, text)(target);
