import { FIELD_COUNT, FIELDS } from './fields';
import { type ForwardIndex, fieldOf, termOf } from './forward-index';

/**
 * BM25F (Robertson, Zaragoza and Taylor, CIKM 2004; "The Probabilistic Relevance Framework", 2009, section 3.6):
 * frequencies are weighted and set against the length of their field before they saturate.
 */
const FIELD_WEIGHT: Readonly<Record<(typeof FIELDS)[number], number>> = {
  title: 5,
  keyword: 3,
  note: 3,
  tag: 3,
  author: 2.5,
  journal: 1.5,
  abstract: 1.5,
  text: 1,
};
/** How much a long field counts against a word in it: 0 not at all, 1 in full proportion. */
const LENGTH_NORMALISATION = 0.6;
/** How soon more of the same word stops helping. */
const SATURATION = 1.2;
/** What a word that only begins with the last word of the query counts, against that word itself. */
export const PREFIX_WEIGHT = 0.6;

const WEIGHTS = FIELDS.map((field) => FIELD_WEIGHT[field]);

/** Robertson and Sparck Jones's weight of a word, in the form that is never negative. */
export const rarity = (documents: number, withWord: number): number =>
  Math.log(1 + (documents - withWord + 0.5) / (withWord + 0.5));

export const saturated = (frequency: number): number =>
  (frequency * (SATURATION + 1)) / (frequency + SATURATION);

/** Mean length of each field over the documents that have it. */
export class FieldLengths {
  readonly #sums = new Float64Array(FIELD_COUNT);
  readonly #documents = new Uint32Array(FIELD_COUNT);
  readonly #means = new Float64Array(FIELD_COUNT).fill(1);

  /** `sign` is 1 when the document joins and -1 when it leaves. */
  count(forward: ForwardIndex, slot: number, sign: 1 | -1): void {
    for (let field = 0; field < FIELDS.length; field += 1) {
      const length = forward.lengthOf(slot, field);
      if (length === 0) continue;
      const sum = (this.#sums[field] ?? 0) + sign * length;
      const documents = (this.#documents[field] ?? 0) + sign;
      this.#sums[field] = sum;
      this.#documents[field] = documents;
      this.#means[field] = documents === 0 ? 1 : sum / documents;
    }
  }

  mean(field: number): number {
    return this.#means[field] ?? 1;
  }
}

/** The frequency of a term in a document over all fields, weighted and set against their lengths. */
export const weightedFrequency = (
  forward: ForwardIndex,
  lengths: FieldLengths,
  slot: number,
  term: number,
): number => {
  const end = forward.endOf(slot);
  let sum = 0;
  for (let entry = forward.firstEntry(slot, term); entry < end; entry += 1) {
    const key = forward.keyAt(entry);
    if (termOf(key) !== term) break;
    const field = fieldOf(key);
    const relative = forward.lengthOf(slot, field) / lengths.mean(field);
    const norm = 1 - LENGTH_NORMALISATION + LENGTH_NORMALISATION * relative;
    sum += ((WEIGHTS[field] ?? 0) * forward.countAt(entry)) / norm;
  }
  return sum;
};
