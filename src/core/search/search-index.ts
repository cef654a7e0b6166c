import { eachToken } from '#shared/text/tokenise';
import { Candidates } from './candidates';
import { FIELDS, type IndexedDocument } from './fields';
import { ForwardIndex, fieldOf, keyOf, termOf } from './forward-index';
import { parseQuery, type QueryTerm, type QueryWord } from './query';
import { FieldLengths, PREFIX_WEIGHT, weightedFrequency } from './ranking';
import { type ExpandedWord, type Expansion, type Postings, retrieve } from './retrieval';
import { Vocabulary } from './vocabulary';

/** Of the words that begin with the last word of a query, so many are looked up: those in most documents. */
const MAX_COMPLETIONS = 32;
/** Out-of-date slots are cleared away when there are so many, and a quarter as many as articles. */
const MIN_STALE = 2000;

/** What a word of the query matched, for the snippets. */
export interface MatchedWord {
  /** A word of the text that is one of these is marked. */
  readonly terms: readonly string[];
  /** Han: `terms` must follow one another in the text. Otherwise any of them counts. */
  readonly inOrder: boolean;
  /** A single Han character, of which `terms` are the pairs: only the first character is marked. */
  readonly firstCharacter: boolean;
}

export interface RankedHit {
  readonly id: string;
  readonly score: number;
  /** One bit for each field that has a word of the query, in the order of `FIELDS`. */
  readonly fields: number;
}

export interface RankedHits {
  readonly hits: readonly RankedHit[];
  readonly total: number;
  readonly words: readonly MatchedWord[];
}

/** All words of a document, one entry for each occurrence, in a buffer that is used again and again. */
class Occurrences {
  #buffer = new Uint32Array(1 << 12);
  #size = 0;

  clear(): void {
    this.#size = 0;
  }
  push(key: number): void {
    if (this.#size === this.#buffer.length) {
      const larger = new Uint32Array(this.#size * 2);
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    this.#buffer[this.#size] = key;
    this.#size += 1;
  }
  /** A view that the next `clear` makes worthless. */
  view(): Uint32Array {
    return this.#buffer.subarray(0, this.#size);
  }
}

/**
 * The index of a library: candidates from flexsearch, order by BM25F over a forward index of our own. Holds no
 * text. Synchronous; made to live in a worker.
 */
export class SearchIndex {
  readonly #vocabulary = new Vocabulary();
  readonly #occurrences = new Occurrences();
  #candidates = new Candidates();
  #forward = new ForwardIndex();
  #lengths = new FieldLengths();
  /** In how many articles each term is, by its number. */
  readonly #articlesWith: number[] = [];
  readonly #slots = new Map<string, number>();
  /** The article of each slot; undefined when the slot is out of date. */
  #ids: (string | undefined)[] = [];

  get size(): number {
    return this.#slots.size;
  }

  /** Bytes of the forward index, the part that grows with the text. */
  get forwardBytes(): number {
    return this.#forward.bytes;
  }

  /** Adds an article, or takes its new text in place of the old. */
  upsert(document: IndexedDocument): void {
    this.remove(document.id);
    this.#occurrences.clear();
    FIELDS.forEach((field, number) => {
      const text = document.fields[field];
      if (text !== undefined)
        eachToken(text, (term) => this.#occurrences.push(keyOf(this.#vocabulary.intern(term), number)));
    });
    const slot = this.#forward.add(this.#occurrences.view());
    this.#slots.set(document.id, slot);
    this.#ids[slot] = document.id;
    this.#list(slot);
  }

  remove(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    this.#slots.delete(id);
    this.#ids[slot] = undefined;
    this.#lengths.count(this.#forward, slot, -1);
    for (const term of this.#forward.termsOf(slot))
      this.#articlesWith[term] = (this.#articlesWith[term] ?? 1) - 1;
    const stale = this.#forward.slots - this.#slots.size;
    if (stale >= MIN_STALE && stale * 4 >= this.#slots.size) this.#compact();
  }

  /** Work that the next search would have to do; for a moment when nobody waits. */
  prepare(): void {
    this.#vocabulary.prepare();
  }

  /** Articles for a query, best first. Articles with all words come before those with some. */
  search(query: string, limit: number): RankedHits {
    const words = parseQuery(query).map((word) => this.#expand(word));
    if (words.length === 0) return { hits: [], total: 0, words: [] };
    const ranked = retrieve(this.#postings(), words);
    return {
      hits: ranked.slice(0, limit).map(({ slot, score }) => ({
        id: this.#ids[slot] ?? '',
        score,
        fields: this.#fieldsOf(slot, words),
      })),
      total: ranked.length,
      words: words.map((word) => this.#matched(word)),
    };
  }

  #postings(): Postings {
    return {
      slots: this.#forward.slots,
      documents: this.size,
      withTerm: (id) => this.#candidates.withTerm(this.#vocabulary.nameOf(id)),
      isCurrent: (slot) => this.#ids[slot] !== undefined,
      frequency: (slot, id) => weightedFrequency(this.#forward, this.#lengths, slot, id),
    };
  }

  /** Makes the terms of a slot known to flexsearch and to the statistics. */
  #list(slot: number): void {
    const terms = this.#forward.termsOf(slot);
    for (const term of terms) this.#articlesWith[term] = (this.#articlesWith[term] ?? 0) + 1;
    this.#lengths.count(this.#forward, slot, 1);
    this.#candidates.add(
      slot,
      terms.map((term) => this.#vocabulary.nameOf(term)),
    );
  }

  #compact(): void {
    const kept = [...this.#slots].sort((a, b) => a[1] - b[1]);
    this.#forward = this.#forward.keeping(kept.map(([, slot]) => slot));
    this.#candidates = new Candidates();
    this.#lengths = new FieldLengths();
    this.#articlesWith.fill(0);
    this.#ids = kept.map(([id]) => id);
    kept.forEach(([id], slot) => {
      this.#slots.set(id, slot);
      this.#list(slot);
    });
  }

  #expand(word: QueryWord): ExpandedWord {
    return {
      word,
      alternatives: word.alternatives
        .map((chain) => chain.map((term) => this.#expansions(term)))
        .filter((chain) => chain.every((expansions) => expansions.length > 0)),
    };
  }

  #expansions({ term, prefix }: QueryTerm): Expansion[] {
    const own = this.#vocabulary.idOf(term);
    const itself = own === undefined ? [] : [{ id: own, weight: 1 }];
    if (!prefix) return itself;
    const completions = this.#vocabulary
      .startingWith(term)
      .filter((id) => id !== own && (this.#articlesWith[id] ?? 0) > 0)
      .sort((a, b) => (this.#articlesWith[b] ?? 0) - (this.#articlesWith[a] ?? 0))
      .slice(0, MAX_COMPLETIONS);
    return [...itself, ...completions.map((id) => ({ id, weight: PREFIX_WEIGHT }))];
  }

  #fieldsOf(slot: number, words: readonly ExpandedWord[]): number {
    const end = this.#forward.endOf(slot);
    let fields = 0;
    for (const { id } of words.flatMap((word) => word.alternatives.flat(2)))
      for (let entry = this.#forward.firstEntry(slot, id); entry < end; entry += 1) {
        const key = this.#forward.keyAt(entry);
        if (termOf(key) !== id) break;
        fields |= 1 << fieldOf(key);
      }
    return fields;
  }

  #matched({ word, alternatives }: ExpandedWord): MatchedWord {
    const single = word.han && word.alternatives[0]?.[0]?.prefix === true;
    return {
      terms: alternatives.flat(2).map(({ id }) => this.#vocabulary.nameOf(id)),
      inOrder: word.han && !single,
      firstCharacter: single,
    };
  }
}
