import { Index } from 'flexsearch';

/** flexsearch wants a limit; no list of candidates is ever cut. */
const ALL = 0x7fffffff;

/**
 * flexsearch as a list of documents for each term. We make the terms ourselves, so that the index, the order
 * and the snippets agree about what a word is, and hand them over as they are.
 *
 * A document is added once, under a slot of its own, and never removed: removing costs flexsearch a walk over
 * the whole index (50-230 ms at 20,000 documents) or, with `fastupdate`, twice the memory. The owner skips slots
 * that are out of date and builds a new index when there are many.
 */
export class Candidates {
  #terms: string[] = [];
  readonly #index = new Index({
    tokenize: 'strict',
    // One list for each term: places in the text do not matter to us.
    resolution: 1,
    fastupdate: false,
    cache: false,
    encode: () => this.#terms,
  });

  add(slot: number, terms: string[]): void {
    if (terms.length === 0) return;
    this.#terms = terms;
    // The text is not looked at, but must not be empty.
    this.#index.add(slot, '-');
  }

  /** Slots of the documents with this term, oldest first. The list belongs to flexsearch: do not change it. */
  withTerm(term: string): readonly number[] {
    this.#terms = [term];
    return this.#index.search('-', { limit: ALL }) as readonly number[];
  }
}
