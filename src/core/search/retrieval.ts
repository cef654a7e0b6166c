import type { QueryWord } from './query';
import { rarity, saturated } from './ranking';

/** With so many articles that have all words, those with only some are not listed. */
const ENOUGH = 10;
/** An article with only some of the words must have this share of their rarity. */
const LEAST_SHARE = 0.2;

/** A term of the vocabulary that a term of the query stands for. */
export interface Expansion {
  readonly id: number;
  readonly weight: number;
}

/** A word of the query with its alternatives looked up: a chain of terms, each one of several. */
export interface ExpandedWord {
  readonly word: QueryWord;
  readonly alternatives: readonly (readonly (readonly Expansion[])[])[];
}

/** What retrieval needs of an index. */
export interface Postings {
  readonly slots: number;
  readonly documents: number;
  withTerm(id: number): readonly number[];
  isCurrent(slot: number): boolean;
  frequency(slot: number, id: number): number;
}

export interface Scored {
  readonly slot: number;
  readonly score: number;
}

interface Survivors {
  /** Slots with all words first; how many of them. */
  readonly slots: readonly number[];
  readonly complete: number;
  readonly shares: readonly number[];
}

/** First pass: which words each slot has, one bit each, and in how many documents each word is. */
const presence = (postings: Postings, words: readonly ExpandedWord[]): [Uint32Array, number[]] => {
  const masks = new Uint32Array(postings.slots);
  const counts = words.map(({ alternatives }, index) => {
    const bit = 1 << index;
    let count = 0;
    const meet = (slot: number): void => {
      const mask = masks[slot] ?? 0;
      if ((mask & bit) !== 0 || !postings.isCurrent(slot)) return;
      masks[slot] = mask | bit;
      count += 1;
    };
    for (const chain of alternatives) {
      if (chain.length === 1) for (const { id } of chain[0] ?? []) postings.withTerm(id).forEach(meet);
      else for (const slot of meeting(postings, chain)) meet(slot);
    }
    return count;
  });
  return [masks, counts];
};

/** Slots that have one expansion of each link of the chain. */
const meeting = (postings: Postings, chain: ExpandedWord['alternatives'][number]): number[] => {
  const links = new Uint16Array(postings.slots);
  const met: number[] = [];
  chain.forEach((expansions, link) => {
    for (const { id } of expansions)
      for (const slot of postings.withTerm(id)) {
        if (links[slot] !== link) continue;
        links[slot] = link + 1;
        if (link + 1 === chain.length) met.push(slot);
      }
  });
  return met;
};

/** The slots worth scoring: all with every needed word; where they are few, also those with most. */
const surviving = (
  masks: Uint32Array,
  words: readonly ExpandedWord[],
  rarities: readonly number[],
): Survivors => {
  const needed = words.flatMap(({ word }, index) => (word.optional ? [] : [index]));
  const all = needed.reduce((mask, index) => mask | (1 << index), 0);
  const whole = needed.reduce((sum, index) => sum + (rarities[index] ?? 0), 0);
  const complete: number[] = [];
  const partial: number[] = [];
  for (let slot = 0; slot < masks.length; slot += 1) {
    const mask = (masks[slot] ?? 0) & all;
    if (mask === all) complete.push(slot);
    else if (mask !== 0 && complete.length < ENOUGH) partial.push(slot);
  }
  if (complete.length >= ENOUGH) return { slots: complete, complete: complete.length, shares: [] };
  const shareOf = (slot: number): number =>
    needed.reduce((sum, at) => sum + (((masks[slot] ?? 0) & (1 << at)) === 0 ? 0 : (rarities[at] ?? 0)), 0) /
    whole;
  const most = partial
    .map((slot) => [slot, shareOf(slot)] as const)
    .filter(([, share]) => share >= LEAST_SHARE);
  return {
    slots: [...complete, ...most.map(([slot]) => slot)],
    complete: complete.length,
    shares: most.map(([, share]) => share),
  };
};

/** Second pass: how much each survivor has of one word. */
const frequencies = (
  postings: Postings,
  word: ExpandedWord,
  places: Int32Array,
  size: number,
): Float64Array => {
  const most = new Float64Array(size);
  for (const chain of word.alternatives) {
    // A document has as much of a chain as of its rarest link.
    const least = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    for (const expansions of chain) {
      const link = new Float64Array(size);
      for (const { id, weight } of expansions)
        for (const slot of postings.withTerm(id)) {
          const place = (places[slot] ?? 0) - 1;
          if (place >= 0) link[place] = (link[place] ?? 0) + weight * postings.frequency(slot, id);
        }
      for (let at = 0; at < size; at += 1) least[at] = Math.min(least[at] ?? 0, link[at] ?? 0);
    }
    for (let at = 0; at < size; at += 1) most[at] = Math.max(most[at] ?? 0, least[at] ?? 0);
  }
  return most;
};

/** The documents for a query, best first: those with all words, then, where these are few, those with most. */
export const retrieve = (postings: Postings, words: readonly ExpandedWord[]): Scored[] => {
  const [masks, counts] = presence(postings, words);
  const rarities = counts.map((count) => rarity(postings.documents, count));
  const { slots, complete, shares } = surviving(masks, words, rarities);
  const places = new Int32Array(postings.slots);
  slots.forEach((slot, place) => {
    places[slot] = place + 1;
  });
  const scores = new Float64Array(slots.length);
  words.forEach((word, index) => {
    const found = frequencies(postings, word, places, slots.length);
    for (let at = 0; at < scores.length; at += 1)
      scores[at] = (scores[at] ?? 0) + (rarities[index] ?? 0) * saturated(found[at] ?? 0);
  });
  const scored = slots.map((slot, at) => ({ slot, score: (scores[at] ?? 0) * (shares[at - complete] ?? 1) }));
  // Of equals, the one that changed last.
  const best = (a: Scored, b: Scored): number => b.score - a.score || b.slot - a.slot;
  return [...scored.slice(0, complete).sort(best), ...scored.slice(complete).sort(best)];
};
