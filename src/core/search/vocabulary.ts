/** Fewer new words than this are looked through one by one; more are sorted in first. */
const MAX_UNSORTED = 512;

/** V8 keeps a slice of this length or more as a view of the text it was cut from, which it keeps alive. */
const SHORTEST_VIEW = 13;

const unshared = (term: string): string => {
  if (term.length < SHORTEST_VIEW) return term;
  const encoding = /^[\0-\x7f]*$/.test(term) ? 'latin1' : 'utf16le';
  return Buffer.from(term, encoding).toString(encoding);
};

/** Numbers for words, and the words that begin with given letters. A word keeps its number for good. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  /** All words but those from `#sortedCount` on, in the order of their UTF-16 units. */
  #sorted: string[] = [];
  #sortedCount = 0;

  get size(): number {
    return this.#names.length;
  }

  /** The number of a word; a new one is given the next. */
  intern(term: string): number {
    const known = this.#ids.get(term);
    if (known !== undefined) return known;
    const id = this.#names.length;
    const own = unshared(term);
    this.#ids.set(own, id);
    this.#names.push(own);
    return id;
  }

  idOf(term: string): number | undefined {
    return this.#ids.get(term);
  }

  nameOf(id: number): string {
    return this.#names[id] ?? '';
  }

  /** Sorts new words in now, so that the next search need not wait for it. */
  prepare(): void {
    if (this.#names.length > this.#sortedCount) this.#sort();
  }

  /** Numbers of the words that begin with `prefix`, itself included, in no order. */
  startingWith(prefix: string): number[] {
    if (this.#names.length - this.#sortedCount > MAX_UNSORTED) this.#sort();
    const found: number[] = [];
    for (let at = this.#firstFrom(prefix); at < this.#sorted.length; at += 1) {
      const term = this.#sorted[at] ?? '';
      if (!term.startsWith(prefix)) break;
      found.push(this.#ids.get(term) ?? 0);
    }
    for (let id = this.#sortedCount; id < this.#names.length; id += 1)
      if (this.nameOf(id).startsWith(prefix)) found.push(id);
    return found;
  }

  #sort(): void {
    // Without a function `sort` goes by UTF-16 units, as `<` does.
    const fresh = this.#names.slice(this.#sortedCount).sort();
    const merged: string[] = [];
    let next = 0;
    for (const term of this.#sorted) {
      while (next < fresh.length && (fresh[next] ?? '') < term) merged.push(fresh[next++] ?? '');
      merged.push(term);
    }
    while (next < fresh.length) merged.push(fresh[next++] ?? '');
    this.#sorted = merged;
    this.#sortedCount = this.#names.length;
  }

  /** Place of the first sorted word that is not before `prefix`. */
  #firstFrom(prefix: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
