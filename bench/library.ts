import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { abstractDocument } from '#core/reader/html';
import { openLibrary } from '#core/storage/open';
import type { Write } from '#core/storage/types';
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

const generate = async (count: number, path: string, userData: string): Promise<void> => {
  const opened = await openLibrary({ path, userData, create: true, mode: 'read-write' });
  if (!opened.ok) throw new Error(`cannot create a library: ${opened.error.reason}`);
  const writes = articles(count).map(asWrite);
  for (let from = 0; from < writes.length; from += 500)
    await opened.value.store.write({
      label: 'import',
      capture: 'never',
      writes: writes.slice(from, from + 500),
    });
  await opened.value.store.close();
};

/** A fresh copy of a library of `count` articles, made once and kept under .cache. */
export const libraryOf = async (
  count: number,
): Promise<{ library: string; userData: string; remove(): void }> => {
  const kept = join(CACHE, String(count));
  if (!existsSync(join(kept, 'done'))) {
    rmSync(kept, { recursive: true, force: true });
    await generate(count, join(kept, 'library'), join(kept, 'user-data'));
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
