import { randomId } from '#shared/lib/ids';
import type { Collection } from '#shared/model/collection';
import type { CollectionId } from '#shared/model/ids';
import { CollectionId as CollectionIdSchema } from '#shared/model/ids';
import { problem } from '#shared/model/problem';
import { placeBefore, placesAtEnd } from '../lib/place';
import type { DocumentStore, Write } from '../storage/types';
import { cleanName, commit } from './changes';
import { isArticle } from './rows';

/** All collections, unordered. */
export const allCollections = (store: DocumentStore): Collection[] =>
  [...store.all('collections')].flatMap(({ value, deletedAt }) =>
    value === null || deletedAt !== undefined ? [] : [value],
  );

const getCollection = (store: DocumentStore, id: CollectionId): Collection => {
  const stored = store.get('collections', id);
  if (stored?.value == null || stored.deletedAt !== undefined)
    throw problem('not-found', 'The collection is no longer in the library.', { entry: id });
  return stored.value;
};

/** A collection and all that are nested in it. Ends on a cycle, which a merged or edited file could hold. */
export const withNested = (collections: readonly Collection[], id: CollectionId): Set<CollectionId> => {
  const found = new Set([id]);
  for (const outer of found) {
    for (const inner of collections) if (inner.parent === outer) found.add(inner.id);
  }
  return found;
};

/** For each collection, itself and those it lies in. */
export const withOuter = (
  collections: readonly Collection[],
): Map<CollectionId, ReadonlySet<CollectionId>> => {
  const byId = new Map(collections.map((collection) => [collection.id, collection]));
  return new Map(
    collections.map(({ id }) => {
      const chain = new Set<CollectionId>();
      for (
        let at: CollectionId | undefined = id;
        at !== undefined && !chain.has(at);
        at = byId.get(at)?.parent
      )
        chain.add(at);
      return [id, chain];
    }),
  );
};

const siblings = (store: DocumentStore, parent: CollectionId | undefined): Collection[] =>
  allCollections(store).filter((collection) => collection.parent === parent);

/** Throws `conflict` where a collection of this name, in whatever case, lies there already. */
const checkNameIsFree = (others: readonly Collection[], name: string): void => {
  const folded = (each: string): string => each.normalize('NFC').toLowerCase();
  const holder = others.find((other) => folded(other.name) === folded(name));
  if (holder !== undefined)
    throw problem('conflict', 'There is a collection of this name already.', {
      entry: holder.id,
      detail: 'name-taken',
    });
};

/** Creates a collection as the last of its siblings. Throws `conflict` where one of them has this name. */
export const createCollection = async (
  store: DocumentStore,
  name: string,
  parent: CollectionId | undefined,
): Promise<Collection> => {
  if (parent !== undefined) getCollection(store, parent);
  const others = siblings(store, parent);
  const clean = cleanName(name, 'collection');
  checkNameIsFree(others, clean);
  const [order = ''] = placesAtEnd(others, 1);
  const collection: Collection = {
    id: CollectionIdSchema.parse(randomId()),
    name: clean,
    ...(parent === undefined ? {} : { parent }),
    order,
  };
  await commit(store, 'history.collectionCreate', [
    { table: 'collections', id: collection.id, value: collection },
  ]);
  return collection;
};

export const renameCollection = async (
  store: DocumentStore,
  id: CollectionId,
  name: string,
): Promise<void> => {
  const collection = getCollection(store, id);
  const clean = cleanName(name, 'collection');
  if (clean === collection.name) return;
  const others = siblings(store, collection.parent).filter((sibling) => sibling.id !== id);
  checkNameIsFree(others, clean);
  await commit(store, 'history.collectionRename', [
    { table: 'collections', id, value: { ...collection, name: clean } },
  ]);
};

/**
 * Moves a collection under another, or to the top; before a sibling, or to the end. Throws `conflict` on a cycle, and
 * where one of its name lies there already.
 */
export const moveCollection = async (
  store: DocumentStore,
  id: CollectionId,
  parent: CollectionId | undefined,
  before: CollectionId | undefined,
): Promise<void> => {
  const { parent: left, ...collection } = getCollection(store, id);
  if (parent !== undefined) getCollection(store, parent);
  if (parent !== undefined && withNested(allCollections(store), id).has(parent))
    throw problem('conflict', 'A collection cannot be moved into itself.', { entry: id, detail: 'cycle' });
  if (before === id) return;
  const others = siblings(store, parent).filter((sibling) => sibling.id !== id);
  // Two of one name, from another machine, say, are still put in order.
  if (parent !== left) checkNameIsFree(others, collection.name);
  const places = placeBefore(id, others, before);
  const writes = [...places].map(([placed, order]): Write => {
    const value = placed === id ? collection : getCollection(store, placed);
    const under = parent === undefined ? {} : { parent };
    return { table: 'collections', id: placed, value: { ...value, ...under, order } };
  });
  await commit(store, 'history.collectionMove', writes);
};

/** Deletes a collection with those nested in it, and takes its articles, those in the Trash too, out of them. */
export const deleteCollection = async (store: DocumentStore, id: CollectionId): Promise<void> => {
  getCollection(store, id);
  const gone = withNested(allCollections(store), id);
  const writes: Write[] = [...gone].map((each) => ({ table: 'collections', id: each, value: null }));
  const modified = new Date().toISOString();
  for (const stored of store.all('articles')) {
    if (!isArticle(stored) || !stored.value.collections.some((each) => gone.has(each))) continue;
    const collections = stored.value.collections.filter((each) => !gone.has(each));
    writes.push({ table: 'articles', id: stored.id, value: { ...stored.value, collections, modified } });
  }
  await commit(store, 'history.collectionDelete', writes);
};
