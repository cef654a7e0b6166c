import type { Disposable } from '#shared/lib/disposable';
import type { Annotation } from '#shared/model/annotation';
import type { AnnotationId, ArticleId } from '#shared/model/ids';
import type { Commit, DocumentStore, Stored } from '../storage/types';

const byPosition = (a: Annotation, b: Annotation): number => {
  const { start: aStart, end: aEnd } = a.target.selector.position;
  const { start: bStart, end: bEnd } = b.target.selector.position;
  return aStart - bStart || aEnd - bEnd || (a.id < b.id ? -1 : 1);
};

const annotationOf = (stored: Stored<'annotations'> | null): Annotation | undefined =>
  stored === null || stored.deletedAt !== undefined ? undefined : (stored.value ?? undefined);

/** Which annotations each article has, kept up to date with the store, so that none has to look through all. */
export class AnnotationIndex implements Disposable {
  readonly #store: DocumentStore;
  readonly #ids = new Map<ArticleId, Set<AnnotationId>>();
  readonly #subscription: Disposable;

  constructor(store: DocumentStore) {
    this.#store = store;
    for (const stored of store.all('annotations')) this.#add(annotationOf(stored));
    this.#subscription = store.onDidCommit((commit) => this.#follow(commit));
  }

  /** How many annotations the article has; 0 for one that is not known. */
  countOf(articleId: ArticleId): number {
    return this.#ids.get(articleId)?.size ?? 0;
  }

  /** The annotations of an article, in the order of their positions. */
  of(articleId: ArticleId): Annotation[] {
    const found = [...(this.#ids.get(articleId) ?? [])].flatMap(
      (id) => annotationOf(this.#store.get('annotations', id) ?? null) ?? [],
    );
    return found.sort(byPosition);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#ids.clear();
  }

  #follow({ changes }: Commit): void {
    for (const change of changes) {
      if (change.table !== 'annotations') continue;
      this.#remove(annotationOf(change.before));
      this.#add(annotationOf(change.after));
    }
  }

  #add(annotation: Annotation | undefined): void {
    if (annotation === undefined) return;
    const ids = this.#ids.get(annotation.articleId);
    if (ids === undefined) this.#ids.set(annotation.articleId, new Set([annotation.id]));
    else ids.add(annotation.id);
  }

  #remove(annotation: Annotation | undefined): void {
    if (annotation === undefined) return;
    const ids = this.#ids.get(annotation.articleId);
    ids?.delete(annotation.id);
    if (ids?.size === 0) this.#ids.delete(annotation.articleId);
  }
}
