import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seal, sha256, unseal } from '#core/storage/envelope';
import type { OpenedLibrary } from '#core/storage/open';
import { fileOf } from '#core/storage/shard-set';
import { Annotation } from '#shared/model/annotation';
import type { Article } from '#shared/model/article';
import type { Collection } from '#shared/model/collection';
import { annotationWrite, opened, placesIn, write } from './storage-fixtures';
import { sampleArticle } from './temp-library';

/** A whole small library on disk, closed, with one of each thing that a check looks at. */
export interface CheckedLibrary {
  readonly base: string;
  readonly path: string;
  readonly article: Article;
  readonly annotation: Annotation;
  readonly collection: Collection;
  /** Paths inside the library. */
  readonly files: Readonly<Record<'article' | 'annotation' | 'document' | 'source', string>>;
}

const TIME = '2026-01-02T03:04:05.000Z';

export const makeLibrary = async (base: string, given: Partial<Article> = {}): Promise<CheckedLibrary> => {
  const { path } = placesIn(base);
  const { store, blobs } = await opened(base);
  const document = await blobs.put('documents', 'html', Buffer.from('<p>Few cells reach the liver.</p>'));
  const source = await blobs.put('sources', 'txt', Buffer.from('TI - Few cells reach the liver.'));
  const collection = { id: 'Shelf00000000001', name: 'Stem cells', order: 'a0' } as Collection;
  const article = sampleArticle({
    collections: [collection.id],
    documents: [
      ...sampleArticle().documents,
      { id: document, kind: 'full-text', textHash: sha256('x'), textRules: 1, content: document },
    ],
    provenance: [{ format: 'text', fileName: 'cells.txt', time: TIME, source }],
    ...given,
  });
  const annotation = Annotation.parse({
    ...annotationWrite('Compare **dose**.').value,
    articleId: article.id,
  });
  await write(
    store,
    { table: 'collections', id: collection.id, value: collection },
    { table: 'articles', id: article.id, value: article },
    { table: 'annotations', id: annotation.id, value: annotation },
  );
  await store.close();
  return {
    base,
    path,
    article,
    annotation,
    collection,
    files: {
      article: fileOf('articles', article.id),
      annotation: fileOf('annotations', annotation.id),
      document: `documents/${document}.html`,
      source: `sources/${source}.txt`,
    },
  };
};

/** Opens it, writes and closes it. */
export const change = async (
  { base }: CheckedLibrary,
  work: (library: OpenedLibrary) => Promise<unknown>,
): Promise<void> => {
  const library = await opened(base);
  await work(library);
  await library.store.close();
};

type Payload = Record<string, unknown>;

/** Changes what a file of records holds, as another program that knows the format would. */
export const rewrite = async (path: string, edit: (payload: Payload) => Payload): Promise<void> => {
  const read = unseal(await readFile(path));
  if (!read.ok) throw new Error(`${path} cannot be read`);
  const { envelope, payload } = read.value;
  await writeFile(path, seal(envelope, JSON.stringify(edit(payload as Payload))));
};

/** A file of records that holds these. */
export const writeShard = (path: string, payload: Payload): Promise<void> =>
  writeFile(
    path,
    seal({ schema: 1, generation: 1, writer: 'test', seq: 1, extra: {} }, JSON.stringify(payload)),
  );

export const inLibrary = (library: CheckedLibrary, file: string): string => join(library.path, file);
