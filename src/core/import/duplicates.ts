import type { Disposable } from '#shared/lib/disposable';
import { type Article, type Bibliographic, yearOf } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import { fold } from '#shared/text/fold';
import type { DocumentStore } from '../storage/types';

/** Why two articles are taken for one. */
export type DuplicateReason = 'DOI' | 'PMID' | 'PMCID' | 'title';

export interface Duplicate {
  readonly id: ArticleId;
  readonly by: DuplicateReason;
  /** The article found is a stub, which this one would fill in. */
  readonly stub: boolean;
}

type Fields = Pick<Bibliographic, 'title' | 'author'> &
  Partial<Pick<Bibliographic, 'vernacularTitle' | 'issued' | 'DOI' | 'PMID' | 'PMCID'>>;

const IDENTIFIERS = ['DOI', 'PMID', 'PMCID'] as const;
/** A shorter title (`Editorial`) says little: year and author must then both be known and the same. */
const TELLING = 12;

/** A title without case, width, diacritics, spaces and punctuation: `Liver-stiffness: a study` = `LIVER STIFFNESS A STUDY`. */
export const titleKey = (title: string): string => fold(title.slice(0, 1000)).replace(/[^\p{L}\p{N}]+/gu, '');

const identifierKey = (value: string): string =>
  fold(value)
    .trim()
    .replace(/^https?:\/\/(?:dx\.)?doi\.org\//, '')
    .replace(/^(?:doi|pmid|pmcid)\s?:\s?/, '');

const keysOf = (fields: Fields): string[] => [
  ...IDENTIFIERS.flatMap((name) => {
    const value = fields[name];
    return value === undefined || value === '' ? [] : [`${name} ${identifierKey(value)}`];
  }),
  ...titlesOf(fields).map((title) => `title ${title}`),
];

const titlesOf = (fields: Fields): string[] =>
  [fields.title, fields.vernacularTitle].flatMap((title) => {
    const key = title === undefined ? '' : titleKey(title);
    return key === '' ? [] : [key];
  });

/** The first author's family name, folded; the last word of a name that could not be split. */
const firstFamily = ({ author }: Fields): string | undefined => {
  const first = author[0];
  const name = first?.family ?? first?.literal?.split(' ').at(-1);
  return name === undefined ? undefined : titleKey(name);
};

/** Both known and different, both known and the same, or one of them not known. */
const compare = <T>(a: T | undefined, b: T | undefined): 'same' | 'different' | 'unknown' => {
  if (a === undefined || b === undefined) return 'unknown';
  return a === b ? 'same' : 'different';
};

const sameByTitle = (a: Fields, b: Article): boolean => {
  // An identifier of the same kind that differs is proof against: an erratum has the title of its article.
  const differs = IDENTIFIERS.some((name) => {
    const [one, other] = [a[name], b[name]];
    return one !== undefined && other !== undefined && identifierKey(one) !== identifierKey(other);
  });
  if (differs) return false;
  if (b.completeness === 'stub') return true;
  const year = compare(yearOf(a), yearOf(b));
  const author = compare(firstFamily(a), firstFamily(b));
  if (year === 'different' || author === 'different') return false;
  const telling = titlesOf(a).some((title) => title.length >= TELLING);
  return telling || (year === 'same' && author === 'same');
};

/** Finds the article that a draft is, in constant time; kept up to date from the store's commits. */
export class DuplicateIndex implements Disposable {
  readonly #store: DocumentStore;
  readonly #ids = new Map<string, Set<ArticleId>>();
  readonly #subscription: Disposable;

  constructor(store: DocumentStore) {
    this.#store = store;
    for (const { id, value, deletedAt } of store.all('articles')) {
      if (value !== null && deletedAt === undefined) this.#add(id, value);
    }
    this.#subscription = store.onDidCommit(({ changes }) => {
      for (const change of changes) {
        if (change.table !== 'articles') continue;
        if (change.before?.value) this.#remove(change.id, change.before.value);
        // What lies in the Trash is no duplicate: keeping it would show the reader nothing.
        if (change.after.value && change.after.deletedAt === undefined)
          this.#add(change.id, change.after.value);
      }
    });
  }

  /** The article that these fields describe: by DOI, PMID, PMCID, else by title, year and first author. */
  find(fields: Fields): Duplicate | undefined {
    for (const name of IDENTIFIERS) {
      const value = fields[name];
      if (value === undefined || value === '') continue;
      for (const article of this.#articles(`${name} ${identifierKey(value)}`))
        return duplicate(article, name);
    }
    const matches = titlesOf(fields)
      .flatMap((title) => [...this.#articles(`title ${title}`)])
      .filter((article) => sameByTitle(fields, article));
    // The article itself before a stub of it.
    const best = matches.find((article) => article.completeness !== 'stub') ?? matches[0];
    return best && duplicate(best, 'title');
  }

  /** An article with this title, whatever else is known of it: what a related title points to. */
  findByTitle(title: string): ArticleId | undefined {
    const key = titleKey(title);
    if (key === '') return undefined;
    for (const article of this.#articles(`title ${key}`)) return article.id;
    return undefined;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  *#articles(key: string): Generator<Article> {
    for (const id of this.#ids.get(key) ?? []) {
      const stored = this.#store.get('articles', id);
      if (stored?.value && stored.deletedAt === undefined) yield stored.value;
    }
  }

  #add(id: ArticleId, article: Article): void {
    for (const key of keysOf(article)) {
      const ids = this.#ids.get(key);
      if (ids) ids.add(id);
      else this.#ids.set(key, new Set([id]));
    }
  }

  #remove(id: ArticleId, article: Article): void {
    for (const key of keysOf(article)) {
      const ids = this.#ids.get(key);
      ids?.delete(id);
      if (ids?.size === 0) this.#ids.delete(key);
    }
  }
}

const duplicate = (article: Article, by: DuplicateReason): Duplicate => ({
  id: article.id,
  by,
  stub: article.completeness === 'stub',
});
