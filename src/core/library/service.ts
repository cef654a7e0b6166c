import { nothing } from '#shared/contract/common';
import type { Services } from '#shared/contract/hepatica';
import { disposeAll } from '#shared/lib/disposable';
import { Emitter } from '#shared/lib/event';
import type { ArticleId } from '#shared/model/ids';
import { problem } from '#shared/model/problem';
import type { DocumentStore, Write } from '../storage/types';
import { articleWrites, cleanName, commit } from './changes';
import {
  allCollections,
  createCollection,
  deleteCollection,
  moveCollection,
  renameCollection,
  withNested,
} from './collections';
import { applyEdit } from './edit';
import { LibraryIndex } from './library-index';
import { type AnnotationCount, getArticle, rowsOf } from './rows';

export interface LibraryOptions {
  readonly store: DocumentStore;
  readonly annotationCount: AnnotationCount;
}

/** Rows that come with a list, so that its first screen needs no second call. */
const FIRST_ROWS = 60;
/** More changed articles than this are not named in an event. */
const MOST_NAMED = 200;

/** The library service over one open store, with what it holds on to. */
export const createLibrary = (options: LibraryOptions): { service: Services['library']; dispose(): void } => {
  const { store } = options;
  const index = new LibraryIndex(store);
  // After the index, which has to know of a change before anybody is told of it.
  const changes = watchChanges(store);
  const service = {
    ...reading(options, index),
    ...writing(options),
    ...collecting(store),
    didChange: changes.didChange,
  };
  return { service, dispose: disposeAll([index, changes]).dispose };
};

/** Turns the store's commits into the service's event. */
const watchChanges = (store: DocumentStore) => {
  const emitter = new Emitter<{ ids: ArticleId[]; collections: boolean }>();
  const subscription = store.onDidCommit(({ changes }) => {
    const ids = new Set<ArticleId>();
    let collections = false;
    for (const change of changes) {
      if (change.table === 'articles') ids.add(change.id);
      if (change.table === 'collections') collections = true;
      if (
        change.table === 'annotations' &&
        (change.before?.value == null) !== (change.after.value === null)
      ) {
        const articleId = (change.after.value ?? change.before?.value)?.articleId;
        if (articleId !== undefined) ids.add(articleId);
      }
    }
    if (ids.size > 0 || collections)
      emitter.fire({ ids: ids.size > MOST_NAMED ? [] : [...ids], collections });
  });
  return { didChange: emitter.event, dispose: () => subscription.dispose() };
};

const reading = ({ store, annotationCount }: LibraryOptions, index: LibraryIndex) =>
  ({
    list: (query) => {
      const ids = index.list(query, (id) => withNested(allCollections(store), id));
      return { ids, rows: rowsOf(store, ids.slice(0, FIRST_ROWS), annotationCount) };
    },
    rows: ({ ids }) => rowsOf(store, ids, annotationCount),
    overview: () => index.overview(),
    get: ({ id }) => getArticle(store, id).value,
  }) satisfies Partial<Services['library']>;

const writing = ({ store }: LibraryOptions) =>
  ({
    edit: async ({ id, fields }) => {
      const article = getArticle(store, id).value;
      const edited = applyEdit(article, fields);
      const changed = JSON.stringify(edited) !== JSON.stringify(article);
      if (changed)
        await commit(
          store,
          'history.edit',
          articleWrites(store, [id], () => edited),
        );
      return getArticle(store, id).value;
    },
    tag: async ({ ids, add, remove }) => {
      const added = [...new Set(add.map((tag) => cleanName(tag, 'tag')))];
      if (added.length > 100)
        throw problem('bad-request', 'At most 100 tags can be added at once.', { detail: 'too-many-tags' });
      const removed = new Set(remove);
      await commit(
        store,
        'history.tag',
        articleWrites(store, ids, (article) => {
          const kept = article.tags.filter((tag) => !removed.has(tag) || added.includes(tag));
          const tags = [...kept, ...added.filter((tag) => !kept.includes(tag))];
          return tags.length === article.tags.length && kept.length === tags.length
            ? article
            : { ...article, tags };
        }),
      );
      return nothing;
    },
    trash: async ({ ids }) => {
      await commit(store, 'history.trash', trashWrites(store, ids, true));
      return nothing;
    },
    restore: async ({ ids }) => {
      await commit(store, 'history.restore', trashWrites(store, ids, false));
      return nothing;
    },
    purge: async ({ ids }) => {
      await commit(store, 'history.purge', purgeWrites(store, ids), 'never');
      return nothing;
    },
    collect: async ({ ids, collection, member }) => {
      if (!allCollections(store).some(({ id }) => id === collection))
        throw problem('not-found', 'The collection is no longer in the library.', { entry: collection });
      await commit(
        store,
        member ? 'history.collect' : 'history.uncollect',
        articleWrites(store, ids, (article) => {
          if (article.collections.includes(collection) === member) return article;
          const others = article.collections.filter((id) => id !== collection);
          return { ...article, collections: member ? [...others, collection] : others };
        }),
      );
      return nothing;
    },
  }) satisfies Partial<Services['library']>;

const collecting = (store: DocumentStore) =>
  ({
    createCollection: ({ name, parent }) => createCollection(store, name, parent),
    renameCollection: async ({ id, name }) => {
      await renameCollection(store, id, name);
      return nothing;
    },
    moveCollection: async ({ id, parent, before }) => {
      await moveCollection(store, id, parent, before);
      return nothing;
    },
    deleteCollection: async ({ id }) => {
      await deleteCollection(store, id);
      return nothing;
    },
  }) satisfies Partial<Services['library']>;

const trashWrites = (store: DocumentStore, ids: readonly ArticleId[], trash: boolean): Write[] =>
  [...new Set(ids)].flatMap((id) => {
    const stored = getArticle(store, id);
    const there = stored.deletedAt !== undefined;
    return there === trash ? [] : [{ table: 'articles' as const, id, value: stored.value, trash }];
  });

const purgeWrites = (store: DocumentStore, ids: readonly ArticleId[]): Write[] => {
  const gone = new Set(ids);
  const writes: Write[] = [...gone].map((id) => {
    if (getArticle(store, id).deletedAt === undefined)
      throw problem('conflict', 'Only articles in the Trash can be deleted for good.', {
        entry: id,
        detail: 'not-in-trash',
      });
    return { table: 'articles', id, value: null };
  });
  for (const { id, value } of store.all('annotations'))
    if (value !== null && gone.has(value.articleId)) writes.push({ table: 'annotations', id, value: null });
  return writes;
};
