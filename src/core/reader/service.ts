import { nothing } from '#shared/contract/common';
import type { Services } from '#shared/contract/hepatica';
import type { Article, ReadingState } from '#shared/model/article';
import { ArticleId } from '#shared/model/ids';
import { ProblemError, problem } from '#shared/model/problem';
import { type AnnotationCount, findArticle, getArticle, rowsOf } from '../library/rows';
import { moveToStatus } from '../reading-list/places';
import type { BlobStore, DocumentStore } from '../storage/types';
import { documentOf, documentToRead } from './documents';
import { abstractDocument } from './html';

export interface ReaderOptions {
  readonly store: DocumentStore;
  readonly blobs: BlobStore;
  readonly annotationCount: AnnotationCount;
}

/** A page that asks again within this time (after a change elsewhere, say) is still the same visit. */
const SAME_VISIT_MS = 60_000;

/** The reader service over one open library, and the texts for the content route. */
export const createReader = (
  options: ReaderOptions,
): { service: Services['reader']; readingText: ReadingText } => {
  const { store, annotationCount } = options;
  const service: Services['reader'] = {
    open: async ({ id }) => {
      await markOpened(store, id);
      const stored = getArticle(store, id);
      const article = stored.value;
      const document = documentToRead(article);
      return {
        article,
        document,
        textUrl: `/reading/${id}/${document.id}`,
        related: rowsOf(store, article.related, annotationCount),
        inTrash: stored.deletedAt !== undefined,
      };
    },
    setPosition: async ({ id, position }) => {
      const article = getArticle(store, id).value;
      if (documentOf(article, position.documentId) === undefined)
        throw problem('not-found', 'The article has no such text.', { entry: position.documentId });
      const same = JSON.stringify(article.reading.position) === JSON.stringify(position);
      if (!same) await writeReading(store, 'history.position', article, { position });
      return nothing;
    },
  };
  return { service, readingText: readingText(options) };
};

/** Writes the reading state only: where the reader stands is no change of the record, so `modified` stays. */
const writeReading = async (
  store: DocumentStore,
  label: string,
  article: Article,
  change: Partial<ReadingState>,
): Promise<void> => {
  const value = { ...article, reading: { ...article.reading, ...change } };
  await store.write({ label, capture: 'never', writes: [{ table: 'articles', id: article.id, value }] });
};

/** Notes that the article was opened; one that is to read moves to reading. Reading goes on where it cannot be kept. */
const markOpened = async (store: DocumentStore, id: ArticleId): Promise<void> => {
  const { value: article, deletedAt } = getArticle(store, id);
  const { opened, status } = article.reading;
  const sameVisit = opened !== undefined && Date.now() - Date.parse(opened) < SAME_VISIT_MS;
  if (store.readOnly || deletedAt !== undefined || (sameVisit && status !== 'to-read')) return;
  const [moved = article] = status === 'to-read' ? moveToStatus(store, [article], 'reading') : [article];
  try {
    await writeReading(store, 'history.open', moved, { opened: new Date().toISOString() });
  } catch (error) {
    // The save state of the library tells the reader of either; the article can be read all the same.
    const expected = error instanceof ProblemError && ['not-saved', 'read-only'].includes(error.problem.code);
    if (!expected) throw error;
  }
};

/** The HTML of one document of an article, or undefined where there is none. Takes ids as they came in a URL. */
export type ReadingText = (articleId: string, documentId: string) => Promise<string | undefined>;

const readingText =
  ({ store, blobs }: ReaderOptions): ReadingText =>
  async (articleId, documentId) => {
    const id = ArticleId.safeParse(articleId);
    const article = id.success ? findArticle(store, id.data)?.value : undefined;
    if (article === undefined) return undefined;
    if (documentId === 'abstract') return abstractDocument(article).html;
    const content = documentOf(article, documentId)?.content;
    const bytes = content === undefined ? undefined : await blobs.read('documents', content);
    return bytes === undefined ? undefined : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  };
