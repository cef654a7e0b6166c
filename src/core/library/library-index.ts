import type { LibraryOverview, ListQuery, SortKey } from '#shared/contract/library';
import type { Disposable } from '#shared/lib/disposable';
import type { Article } from '#shared/model/article';
import type { ArticleId, CollectionId } from '#shared/model/ids';
import { byPlace } from '../lib/place';
import type { DocumentStore } from '../storage/types';
import { allCollections, withOuter } from './collections';
import { isArticle, type StoredArticle } from './rows';
import { Order } from './sorting';

/** What the lists and counts of the library are made from, kept as long as it holds true. */
export class LibraryIndex implements Disposable {
  readonly #store: DocumentStore;
  readonly #orders = new Map<SortKey, Order>();
  readonly #subscription: Disposable;
  #overview: LibraryOverview | undefined;

  constructor(store: DocumentStore) {
    this.#store = store;
    this.#subscription = store.onDidCommit(({ changes }) => {
      for (const change of changes) {
        if (change.table === 'articles')
          for (const order of this.#orders.values()) order.update(change.id, change.after.value);
        if (change.table === 'articles' || change.table === 'collections') this.#overview = undefined;
      }
    });
  }

  /** Ids of the articles that match the query, in its order. */
  list(query: ListQuery, nested: (id: CollectionId) => ReadonlySet<CollectionId>): ArticleId[] {
    const collections = query.collection === undefined ? undefined : nested(query.collection);
    const inTrash = query.scope === 'trash';
    return this.#order(query.sort)
      .ids(query.descending)
      .filter((id) => {
        const stored = this.#store.get('articles', id);
        if (!isArticle(stored) || (stored.deletedAt !== undefined) !== inTrash) return false;
        const { reading, tags, collections: memberOf } = stored.value;
        return (
          (query.status === undefined || reading.status === query.status) &&
          (query.tag === undefined || tags.includes(query.tag)) &&
          (collections === undefined || memberOf.some((each) => collections.has(each)))
        );
      });
  }

  /** Counts of the articles outside the Trash. An article in nested collections counts once in each outer one. */
  overview(): LibraryOverview {
    this.#overview ??= countAll(this.#store);
    return this.#overview;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #order(sort: SortKey): Order {
    let order = this.#orders.get(sort);
    if (order === undefined) {
      order = new Order(sort, articlesOf(this.#store));
      this.#orders.set(sort, order);
    }
    return order;
  }
}

function* articlesOf(store: DocumentStore): Generator<Article> {
  for (const stored of store.all('articles')) if (isArticle(stored)) yield stored.value;
}

const increase = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

const countAll = (store: DocumentStore): LibraryOverview => {
  const collections = allCollections(store);
  const outer = withOuter(collections);
  const byStatus = { inbox: 0, 'to-read': 0, reading: 0, read: 0 };
  const tags = new Map<string, number>();
  const members = new Map<CollectionId, number>();
  let total = 0;
  let trash = 0;
  const count = ({ value }: StoredArticle): void => {
    total += 1;
    if (value.reading.status !== undefined) byStatus[value.reading.status] += 1;
    for (const tag of value.tags) increase(tags, tag);
    const memberOf = new Set(value.collections.flatMap((id) => [...(outer.get(id) ?? [])]));
    for (const id of memberOf) increase(members, id);
  };
  for (const stored of store.all('articles')) {
    if (!isArticle(stored)) continue;
    if (stored.deletedAt === undefined) count(stored);
    else trash += 1;
  }
  const byName = new Intl.Collator('zh', { numeric: true });
  return {
    total,
    trash,
    byStatus,
    tags: [...tags].map(([tag, n]) => ({ tag, count: n })).sort((a, b) => byName.compare(a.tag, b.tag)),
    collections: [...collections]
      .sort(byPlace)
      .map((collection) => ({ collection, count: members.get(collection.id) ?? 0 })),
  };
};
