import type { Article } from '#shared/model/article';
import { readingTextOf } from '../reader/html';
import type { BlobStore } from '../storage/types';

/** So many characters of reading texts are kept for the snippets of the next keystroke. */
const MAX_CACHED = 4_000_000;

/** A full text of an article: the document and its reading text. */
export interface FullText {
  readonly documentId: string;
  readonly text: string;
}

/** Reading texts out of the blob store. Keeps the last ones, up to a bound. */
export class FullTexts {
  readonly #blobs: Pick<BlobStore, 'read'>;
  readonly #cache = new Map<string, string>();
  #cached = 0;

  constructor(blobs: Pick<BlobStore, 'read'>) {
    this.#blobs = blobs;
  }

  /** The article's newest full text; undefined when it has none or its file is gone. */
  async of(article: Article, keep = true): Promise<FullText | undefined> {
    const document = article.documents.findLast((each) => each.kind === 'full-text');
    if (document?.content === undefined) return undefined;
    const known = this.#cache.get(document.content);
    if (known !== undefined) {
      // Last used, last to go.
      this.#cache.delete(document.content);
      this.#cache.set(document.content, known);
      return { documentId: document.id, text: known };
    }
    const bytes = await this.#blobs.read('documents', document.content);
    if (bytes === undefined) return undefined;
    const text = readingTextOf(new TextDecoder().decode(bytes));
    if (keep) this.#keep(document.content, text);
    return { documentId: document.id, text };
  }

  #keep(content: string, text: string): void {
    if (text.length > MAX_CACHED) return;
    this.#cache.set(content, text);
    this.#cached += text.length;
    for (const [oldest, old] of this.#cache) {
      if (this.#cached <= MAX_CACHED) return;
      this.#cache.delete(oldest);
      this.#cached -= old.length;
    }
  }
}
