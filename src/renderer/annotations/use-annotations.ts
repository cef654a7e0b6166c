import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { randomId } from '#shared/lib/ids';
import type { Annotation, AnnotationTarget, HighlightColour } from '#shared/model/annotation';
import { AnnotationId, type ArticleId } from '#shared/model/ids';
import { ProblemError } from '#shared/model/problem';
import { useServiceQuery } from '../app/data';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { useProblemText } from '../app/problems';
import { useHistory } from '../app/use-app-commands';
import { showToast } from '../ui/toasts';
import { forgetUnsavedNote } from './unsaved-notes';

export type AnnotationChange = Partial<Pick<Annotation, 'colour' | 'note' | 'tags'>>;

/** Each shows its effect at once, and takes it back, saying so, where the service refuses. */
export interface AnnotationEdits {
  /** Its id is known at once, so that its note can be typed; `stored` tells whether it was. */
  create(
    target: AnnotationTarget,
    colour: HighlightColour,
  ): { readonly id: AnnotationId; readonly stored: Promise<boolean> };
  /** Whether it was stored. */
  update(id: AnnotationId, change: AnnotationChange): Promise<boolean>;
  remove(id: AnnotationId): Promise<void>;
}

const NONE: readonly Annotation[] = [];

/** The annotations of an article, in the order of their positions, and how to change them. */
export const useAnnotations = (
  articleId: ArticleId,
): { readonly list: readonly Annotation[]; readonly edits: AnnotationEdits } => {
  const hepatica = useHepatica();
  const query = useServiceQuery(['annotations', 'list', { articleId }], () =>
    hepatica.annotations.list({ articleId }),
  );
  return { list: query.data ?? NONE, edits: useEdits(articleId) };
};

/** An annotation as it will be, until the service answers. */
const provisional = (articleId: ArticleId, target: AnnotationTarget, colour: HighlightColour): Annotation => {
  const now = new Date().toISOString();
  const id = AnnotationId.parse(randomId());
  return { id, articleId, target, colour, note: '', tags: [], created: now, modified: now };
};

const useEdits = (articleId: ArticleId): AnnotationEdits => {
  const hepatica = useHepatica();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const history = useHistory();
  const t = useT();
  return useMemo(() => {
    const queryKey = ['annotations', 'list', { articleId }];
    const show = (change: (list: Annotation[]) => Annotation[]): void => {
      // An answer that is on its way knows nothing of this change.
      void queries.cancelQueries({ queryKey });
      queries.setQueryData<Annotation[]>(queryKey, (list) => change(list ?? []));
    };
    /** Sends what is shown already; on failure the service's own list is shown again. */
    const send = async <T>(call: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        showToast({
          message: t('annotations.failed', { problem: problemText(error.problem) }),
          kind: 'problem',
        });
        return undefined;
      } finally {
        await queries.invalidateQueries({ queryKey });
      }
    };
    return {
      create: (target, colour) => {
        const shown = provisional(articleId, target, colour);
        const { id, note } = shown;
        show((list) => [...list, shown]);
        const sent = send(() => hepatica.annotations.create({ id, articleId, target, colour, note }));
        return { id, stored: sent.then((created) => created !== undefined) };
      },
      update: async (id, change) => {
        show((list) => list.map((each) => (each.id === id ? { ...each, ...change } : each)));
        return (await send(() => hepatica.annotations.update({ id, ...change }))) !== undefined;
      },
      remove: async (id) => {
        show((list) => list.filter((each) => each.id !== id));
        const removed = await send(() => hepatica.annotations.remove({ ids: [id] }));
        if (removed === undefined) return;
        forgetUnsavedNote(id);
        showToast({
          message: t('annotations.removed'),
          action: { label: t('annotations.undo'), run: history.undo },
        });
      },
    };
  }, [articleId, hepatica, queries, problemText, history, t]);
};
