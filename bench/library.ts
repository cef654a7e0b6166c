import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { abstractDocument } from '#core/reader/html';
import { openLibrary } from '#core/storage/open';
import type { DocumentStore, Write } from '#core/storage/types';
import { randomId } from '#shared/lib/ids';
import { Article } from '#shared/model/article';
import { ArticleId } from '#shared/model/ids';
import { articles } from './corpus';

const CACHE = join(import.meta.dirname, 'libraries');

const asWrite = (fields: ReturnType<typeof articles>[number], index: number): Write => {
  const time = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString();
  const bare = {
    ...fields,
    id: ArticleId.parse(randomId()),
    completeness: 'abstract',
    documents: [],
    provenance: [],
    added: time,
    modified: time,
    reading: { status: 'inbox', priority: 2 },
    tags: [],
    collections: [],
    related: [],
  } as Article;
  const value = Article.parse({ ...bare, documents: [abstractDocument(bare).ref] });
  return { table: 'articles', id: value.id, value };
};

/** Fills an empty library through its store, closed when this returns. */
export type Fill = (store: DocumentStore) => Promise<void>;

const IN_ONE_WRITE = 500;

/** Writes in the portions of an import. */
export const writeAll = async (store: DocumentStore, writes: readonly Write[]): Promise<void> => {
  for (let from = 0; from < writes.length; from += IN_ONE_WRITE)
    await store.write({ label: 'import', capture: 'never', writes: writes.slice(from, from + IN_ONE_WRITE) });
};

export const addArticles = (store: DocumentStore, count: number): Promise<void> =>
  writeAll(store, articles(count).map(asWrite));

const generate = async (path: string, userData: string, fill: Fill): Promise<void> => {
  const opened = await openLibrary({ path, userData, create: true, mode: 'read-write' });
  if (!opened.ok) throw new Error(`cannot create a library: ${opened.error.reason}`);
  await fill(opened.value.store);
  await opened.value.store.close();
};

export interface LibraryCopy {
  readonly library: string;
  readonly userData: string;
  remove(): void;
}

/** A fresh copy of a library that is made once and kept under .cache. */
export const keptLibrary = async (name: string, fill: Fill): Promise<LibraryCopy> => {
  const kept = join(CACHE, name);
  if (!existsSync(join(kept, 'done'))) {
    rmSync(kept, { recursive: true, force: true });
    await generate(join(kept, 'library'), join(kept, 'user-data'), fill);
    mkdirSync(join(kept, 'done'));
  }
  const folder = mkdtempSync(join(tmpdir(), 'hepatica-bench-'));
  cpSync(kept, folder, { recursive: true });
  return {
    library: join(folder, 'library'),
    userData: join(folder, 'user-data'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

export const libraryOf = (count: number): Promise<LibraryCopy> =>
  keptLibrary(String(count), (store) => addArticles(store, count));
