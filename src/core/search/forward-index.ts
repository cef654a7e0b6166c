import { FIELD_BITS, FIELD_COUNT } from './fields';

const MAX_FREQUENCY = 0xffff;

const grown = <A extends Uint32Array | Uint16Array>(
  old: A,
  needed: number,
  make: (length: number) => A,
): A => {
  if (needed <= old.length) return old;
  const next = make(Math.max(needed, Math.ceil(old.length * 1.5)));
  next.set(old);
  return next;
};
const words32 = (length: number): Uint32Array<ArrayBuffer> => new Uint32Array(length);
const words16 = (length: number): Uint16Array<ArrayBuffer> => new Uint16Array(length);

/** A term in a field, as one number; terms sort before fields. */
export const keyOf = (term: number, field: number): number => ((term << FIELD_BITS) | field) >>> 0;
export const termOf = (key: number): number => key >>> FIELD_BITS;
export const fieldOf = (key: number): number => key & (FIELD_COUNT - 1);

/**
 * Which terms each document has, how often in each field, and how long the fields are: 6 bytes an entry, in
 * three growing arrays. A slot is a version of a document and is never written twice.
 */
export class ForwardIndex {
  #keys = words32(1 << 16);
  #counts = words16(1 << 16);
  /** Slot `s` has the entries from `#starts[s]` up to `#starts[s + 1]`. */
  #starts = words32(1 << 10);
  #lengths = words32(FIELD_COUNT << 10);
  #slots = 0;
  #entries = 0;

  get slots(): number {
    return this.#slots;
  }
  get bytes(): number {
    return (
      this.#keys.byteLength + this.#counts.byteLength + this.#starts.byteLength + this.#lengths.byteLength
    );
  }

  /** Takes the keys of all words of a document, one for each occurrence, and sorts them in place. Returns the slot. */
  add(occurrences: Uint32Array): number {
    const slot = this.#slots;
    this.#keys = grown(this.#keys, this.#entries + occurrences.length, words32);
    this.#counts = grown(this.#counts, this.#entries + occurrences.length, words16);
    this.#starts = grown(this.#starts, slot + 2, words32);
    this.#lengths = grown(this.#lengths, (slot + 1) * FIELD_COUNT, words32);
    occurrences.sort();
    let at = 0;
    while (at < occurrences.length) {
      const key = occurrences[at] ?? 0;
      const from = at;
      while (at < occurrences.length && occurrences[at] === key) at += 1;
      this.#push(key, at - from);
      const length = slot * FIELD_COUNT + fieldOf(key);
      this.#lengths[length] = (this.#lengths[length] ?? 0) + (at - from);
    }
    this.#slots += 1;
    this.#starts[this.#slots] = this.#entries;
    return slot;
  }

  #push(key: number, count: number): void {
    this.#keys[this.#entries] = key;
    this.#counts[this.#entries] = Math.min(count, MAX_FREQUENCY);
    this.#entries += 1;
  }

  lengthOf(slot: number, field: number): number {
    return this.#lengths[slot * FIELD_COUNT + field] ?? 0;
  }

  /** The first entry of the document at or after the term; walk on with `keyAt` as long as it has the term. */
  firstEntry(slot: number, term: number): number {
    let low = this.#starts[slot] ?? 0;
    let high = this.#starts[slot + 1] ?? 0;
    const first = keyOf(term, 0);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? 0) < first) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  /** One past the last entry of the document. */
  endOf(slot: number): number {
    return this.#starts[slot + 1] ?? 0;
  }
  keyAt(entry: number): number {
    return this.#keys[entry] ?? 0;
  }
  countAt(entry: number): number {
    return this.#counts[entry] ?? 0;
  }

  /** The terms of a document, each once, ascending. */
  termsOf(slot: number): number[] {
    const terms: number[] = [];
    const end = this.#starts[slot + 1] ?? 0;
    for (let at = this.#starts[slot] ?? 0; at < end; at += 1) {
      const term = termOf(this.#keys[at] ?? 0);
      if (terms.at(-1) !== term) terms.push(term);
    }
    return terms;
  }

  /** A new index with only these slots, numbered anew in this order. */
  keeping(slots: readonly number[]): ForwardIndex {
    const kept = new ForwardIndex();
    for (const slot of slots) {
      const start = this.#starts[slot] ?? 0;
      const end = this.#starts[slot + 1] ?? 0;
      kept.#copy(this, slot, start, end);
    }
    return kept;
  }

  #copy(from: ForwardIndex, slot: number, start: number, end: number): void {
    this.#keys = grown(this.#keys, this.#entries + end - start, words32);
    this.#counts = grown(this.#counts, this.#entries + end - start, words16);
    this.#starts = grown(this.#starts, this.#slots + 2, words32);
    this.#lengths = grown(this.#lengths, (this.#slots + 1) * FIELD_COUNT, words32);
    this.#keys.set(from.#keys.subarray(start, end), this.#entries);
    this.#counts.set(from.#counts.subarray(start, end), this.#entries);
    const lengths = from.#lengths.subarray(slot * FIELD_COUNT, (slot + 1) * FIELD_COUNT);
    this.#lengths.set(lengths, this.#slots * FIELD_COUNT);
    this.#entries += end - start;
    this.#slots += 1;
    this.#starts[this.#slots] = this.#entries;
  }
}
