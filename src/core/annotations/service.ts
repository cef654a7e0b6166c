import { nothing } from '#shared/contract/common';
import type { Services } from '#shared/contract/hepatica';
import { disposeAll } from '#shared/lib/disposable';
import { Emitter } from '#shared/lib/event';
import { randomId } from '#shared/lib/ids';
import type { Annotation, AnnotationTarget } from '#shared/model/annotation';
import { AnnotationId, type ArticleId } from '#shared/model/ids';
import { problem } from '#shared/model/problem';
import { CONTEXT_LENGTH } from '#shared/text/describe';
import { cleanName } from '../library/changes';
import { getArticle } from '../library/rows';
import { documentOf } from '../reader/documents';
import type { DocumentStore, Transaction, Write } from '../storage/types';
import type { AnnotationIndex } from './by-article';

export interface AnnotationsOptions {
  readonly store: DocumentStore;
  readonly index: AnnotationIndex;
}

/** UTF-16 units. A note is written by hand, and a whole article's annotations travel in one message. */
const LONGEST_NOTE = 50_000;
const MOST_TAGS = 50;

/** The annotations service over one open store, with what it holds on to. */
export const createAnnotations = ({
  store,
  index,
}: AnnotationsOptions): { service: Services['annotations']; dispose(): void } => {
  const changes = watchChanges(store);
  const service: Services['annotations'] = {
    list: ({ articleId }) => index.of(articleId),
    create: async ({ id = AnnotationId.parse(randomId()), articleId, target, colour, note }) => {
      if (store.get('annotations', id) !== undefined)
        throw problem('conflict', 'There is an annotation of this id already.', { entry: id, detail: 'id' });
      checkTarget(store, articleId, target);
      checkNote(note);
      const now = new Date().toISOString();
      const created = { id, articleId, target, colour, note, tags: [], created: now, modified: now };
      const label = note === '' ? 'history.highlight' : 'history.note';
      await store.write({ label, capture: 'step', writes: [writeOf(created)] });
      return created;
    },
    update: async ({ id, ...given }) => {
      const annotation = getAnnotation(store, id);
      const change = changeOf(annotation, given);
      if (change === undefined) return annotation;
      const { value, label, capture } = change;
      const changed = { ...value, modified: new Date().toISOString() };
      await store.write({ label, capture, writes: [writeOf(changed)] });
      return changed;
    },
    remove: async ({ ids }) => {
      const writes = [...new Set(ids)].flatMap((id): Write[] =>
        findAnnotation(store, id) === undefined ? [] : [{ table: 'annotations', id, value: null }],
      );
      if (writes.length > 0)
        await store.write({ label: 'history.removeAnnotation', capture: 'step', writes });
      return nothing;
    },
    didChange: changes.didChange,
  };
  return { service, dispose: disposeAll([changes]).dispose };
};

const writeOf = (value: Annotation): Write => ({ table: 'annotations', id: value.id, value });

const findAnnotation = (store: DocumentStore, id: AnnotationId): Annotation | undefined => {
  const stored = store.get('annotations', id);
  return stored === undefined || stored.deletedAt !== undefined ? undefined : (stored.value ?? undefined);
};

const getAnnotation = (store: DocumentStore, id: AnnotationId): Annotation => {
  const annotation = findAnnotation(store, id);
  if (annotation === undefined)
    throw problem('not-found', 'The annotation is no longer in the library.', { entry: id });
  return annotation;
};

/** A target is checked against the text it was made in: a wrong one could never be found again. */
const checkTarget = (store: DocumentStore, articleId: ArticleId, target: AnnotationTarget): void => {
  const document = documentOf(getArticle(store, articleId).value, target.documentId);
  if (document === undefined)
    throw problem('not-found', 'The article has no such text.', { entry: target.documentId });
  if (document.textHash !== target.textHash)
    throw problem('conflict', 'The text of the article has changed meanwhile.', { detail: 'text-changed' });
  const { quote, position } = target.selector;
  const fits =
    quote.exact.trim() !== '' &&
    position.end - position.start === quote.exact.length &&
    quote.prefix.length <= CONTEXT_LENGTH &&
    quote.suffix.length <= CONTEXT_LENGTH;
  if (!fits) throw problem('bad-request', 'The quote and its position do not agree.', { detail: 'target' });
};

const checkNote = (note: string): void => {
  if (note.length > LONGEST_NOTE)
    throw problem('bad-request', `A note may have at most ${LONGEST_NOTE} characters.`, {
      detail: 'note-too-long',
    });
};

const cleanTags = (tags: readonly string[]): string[] => {
  const clean = [...new Set(tags.map((tag) => cleanName(tag, 'tag')))];
  if (clean.length > MOST_TAGS)
    throw problem('bad-request', `An annotation may have at most ${MOST_TAGS} tags.`, {
      detail: 'too-many-tags',
    });
  return clean;
};

type Given = Pick<Parameters<Services['annotations']['update']>[0], 'colour' | 'note' | 'tags'>;

/** The annotation as asked for and how that enters the history; undefined where it is so already. */
const changeOf = (
  annotation: Annotation,
  { colour = annotation.colour, note = annotation.note, tags }: Given,
): (Pick<Transaction, 'label' | 'capture'> & { value: Annotation }) | undefined => {
  checkNote(note);
  const value = { ...annotation, colour, note, tags: tags === undefined ? annotation.tags : cleanTags(tags) };
  const recoloured = colour !== annotation.colour;
  const retagged = JSON.stringify(value.tags) !== JSON.stringify(annotation.tags);
  if (note !== annotation.note) {
    // Typing is saved at every pause, and is one step unless something else changes with it.
    return { value, label: 'history.note', capture: recoloured || retagged ? 'step' : 'merge' };
  }
  if (recoloured) return { value, label: 'history.colour', capture: 'step' };
  return retagged ? { value, label: 'history.annotationTags', capture: 'step' } : undefined;
};

/** Turns the store's commits into the service's event. */
const watchChanges = (store: DocumentStore) => {
  const emitter = new Emitter<{ articleIds: ArticleId[] }>();
  const subscription = store.onDidCommit(({ changes }) => {
    const articleIds = new Set<ArticleId>();
    for (const change of changes) {
      if (change.table !== 'annotations') continue;
      for (const value of [change.before?.value, change.after.value])
        if (value !== null && value !== undefined) articleIds.add(value.articleId);
    }
    if (articleIds.size > 0) emitter.fire({ articleIds: [...articleIds] });
  });
  return { didChange: emitter.event, dispose: () => subscription.dispose() };
};
