import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { abstractDocument } from '#core/reader/html';
import { openLibrary } from '#core/storage/open';
import type { BlobStore, DocumentStore } from '#core/storage/types';
import { randomId } from '#shared/lib/ids';
import { Article } from '#shared/model/article';

export interface TempLibrary {
  readonly folder: string;
  store: DocumentStore;
  blobs: BlobStore;
  /** Closes the library and opens it again from disk. */
  reopen(mode?: 'read-write' | 'read-only'): Promise<void>;
  /** Closes it and deletes the folder. */
  remove(): Promise<void>;
}

/** A real library in a fresh folder. */
export const tempLibrary = async (): Promise<TempLibrary> => {
  const base = await mkdtemp(join(tmpdir(), 'hepatica-test-'));
  const folder = join(base, 'library');
  const open = async (mode: 'read-write' | 'read-only') => {
    const opened = await openLibrary({ path: folder, userData: join(base, 'user'), create: false, mode });
    if (!opened.ok) throw new Error(`the library did not open: ${JSON.stringify(opened.error)}`);
    return opened.value;
  };
  const first = await open('read-write');
  const library: TempLibrary = {
    folder,
    store: first.store,
    blobs: first.blobs,
    reopen: async (mode = 'read-write') => {
      await library.store.close();
      const { store, blobs } = await open(mode);
      Object.assign(library, { store, blobs });
    },
    remove: async () => {
      await library.store.close();
      await rm(base, { recursive: true, force: true });
    },
  };
  return library;
};

/** An article with an abstract, and whatever else is given. */
export const sampleArticle = (given: Partial<Article> = {}): Article => {
  const abstract = 'Mesenchymal stem cells are promising. Few of them reach the liver.';
  const plain = { abstract, sections: [], ...given };
  return Article.parse({
    id: randomId(),
    title: 'Homing of mesenchymal stem cells',
    author: [],
    abstractCutOff: false,
    keyword: [],
    publicationTypes: [],
    otherIds: [],
    completeness: 'abstract',
    documents: [abstractDocument(plain).ref],
    provenance: [],
    added: '2026-01-02T03:04:05.000Z',
    modified: '2026-01-02T03:04:05.000Z',
    reading: { priority: 2 },
    tags: [],
    collections: [],
    related: [],
    ...plain,
  });
};

/** Puts articles into a library as one step that cannot be undone. */
export const addArticles = async (store: DocumentStore, ...articles: readonly Article[]): Promise<void> => {
  await store.write({
    label: 'history.import',
    capture: 'never',
    writes: articles.map((value) => ({ table: 'articles', id: value.id, value })),
  });
};
