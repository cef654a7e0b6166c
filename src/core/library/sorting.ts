import type { SortKey } from '#shared/contract/library';
import { type Article, yearOf } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';

/**
 * Latin by letter with numbers by value, Han by pinyin. One collator for both: that of `en` would put Han in the
 * order of radicals.
 */
const collator = new Intl.Collator('zh', { numeric: true });

/** What an article is sorted by; undefined where it has none, which comes last either way round. */
type Key = string | number | undefined;

const STATUS = { inbox: 0, 'to-read': 1, reading: 2, read: 3 } as const;

/** Quotes and brackets around a title say nothing about its place. The collator puts Han first; we do not. */
const textKey = (text: string | undefined): string | undefined => {
  const words = text
    ?.slice(0, 300)
    .replace(/^[\p{P}\p{S}\s]+/u, '')
    .slice(0, 200);
  if (words === undefined || words === '') return undefined;
  return `${/^\p{Script=Han}/u.test(words) ? '1' : '0'}${words}`;
};

const compareText = (a: string, b: string): number =>
  a[0] === b[0] ? collator.compare(a.slice(1), b.slice(1)) : a < b ? -1 : 1;
const compareCodes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const KEYS: Record<SortKey, (article: Article) => Key> = {
  // An article comes in together with the stubs that its page named, and stands before them.
  added: ({ added, completeness }) => `${added}${completeness === 'stub' ? 0 : 1}`,
  year: (article) => yearOf(article),
  title: (article) => textKey(article.title),
  journal: (article) => textKey(article['container-title']),
  status: ({ reading }) => (reading.status === undefined ? undefined : STATUS[reading.status]),
  priority: ({ reading }) => reading.priority,
};

interface Entry {
  readonly id: ArticleId;
  readonly key: Key;
  readonly added: string;
}

/**
 * All articles in the order of one key, kept up to date article by article: sorting 10,000 titles takes 20 ms, and
 * a list is asked for after every change.
 */
export class Order {
  readonly #keyOf: (article: Article) => Key;
  readonly #compareKeys: (a: string, b: string) => number;
  readonly #entries: Entry[];
  readonly #byId = new Map<ArticleId, Entry>();

  constructor(sort: SortKey, articles: Iterable<Article>) {
    this.#keyOf = KEYS[sort];
    this.#compareKeys = sort === 'title' || sort === 'journal' ? compareText : compareCodes;
    for (const article of articles) this.#byId.set(article.id, this.#entry(article));
    this.#entries = [...this.#byId.values()].sort((a, b) => this.#compare(a, b));
  }

  /** Puts a new or changed article in its place; `null` takes it out. */
  update(id: ArticleId, article: Article | null): void {
    const old = this.#byId.get(id);
    const next = article === null ? undefined : this.#entry(article);
    if (old !== undefined && next !== undefined && old.key === next.key && old.added === next.added) return;
    if (old !== undefined) this.#entries.splice(this.#place(old), 1);
    if (next === undefined) {
      this.#byId.delete(id);
    } else {
      this.#byId.set(id, next);
      this.#entries.splice(this.#place(next), 0, next);
    }
  }

  /** The ids in order. Those without a key come last, descending too. */
  ids(descending: boolean): ArticleId[] {
    const known = this.#entries.filter((entry) => entry.key !== undefined);
    const unknown = this.#entries.slice(known.length);
    if (descending) known.reverse();
    return [...known, ...unknown].map((entry) => entry.id);
  }

  #entry(article: Article): Entry {
    return { id: article.id, key: this.#keyOf(article), added: article.added };
  }

  /** A total order: by key, then by date added, then by id, so that a place can be found again. */
  #compare(a: Entry, b: Entry): number {
    return this.#compareByKey(a.key, b.key) || compareCodes(a.added, b.added) || compareCodes(a.id, b.id);
  }

  #compareByKey(a: Key, b: Key): number {
    if (a === b) return 0;
    if (a === undefined) return 1;
    if (b === undefined) return -1;
    return typeof a === 'string' && typeof b === 'string' ? this.#compareKeys(a, b) : Number(a) - Number(b);
  }

  #place(entry: Entry): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#entries[middle];
      if (other !== undefined && this.#compare(other, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
