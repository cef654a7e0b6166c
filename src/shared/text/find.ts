import type { TextRange } from './blocks';
import { fold } from './fold';
import { foldWithOffsets } from './normalise';

/** More matches than this are not shown one by one; nobody steps through them. */
export const MOST_MATCHES = 2_000;

export interface Matches {
  /** In text order, at most {@link MOST_MATCHES}. */
  readonly ranges: readonly TextRange[];
  /** There are more than are given. */
  readonly more: boolean;
}

const NONE: Matches = { ranges: [], more: false };

/**
 * Prepares a text for finding words in it as a reader types them: without regard to case, accents and the kind
 * of white space. The matches of a query are in text order and do not overlap.
 */
export const finder = (text: string): ((query: string) => Matches) => {
  const folded = foldWithOffsets(text, fold);
  return (query) => {
    const wanted = foldWithOffsets(query, fold).text;
    if (wanted.trim() === '') return NONE;
    const ranges: TextRange[] = [];
    let at = folded.text.indexOf(wanted);
    while (at !== -1) {
      const range = folded.original(at, at + wanted.length);
      if (range !== undefined && ranges.length === MOST_MATCHES) return { ranges, more: true };
      if (range !== undefined) ranges.push(range);
      at = folded.text.indexOf(wanted, range === undefined ? at + 1 : at + wanted.length);
    }
    return { ranges, more: false };
  };
};
