import { useCallback, useMemo, useState } from 'react';
import type { HighlightColour } from '#shared/model/annotation';
import type { DocumentRef } from '#shared/model/article';
import type { AnnotationId, ArticleId } from '#shared/model/ids';
import { describe } from '#shared/text/describe';
import { useT } from '../app/i18n';
import { openPanel } from '../reader/panels';
import type { ReaderSession } from '../reader/session';
import { showToast } from '../ui/toasts';
import { type PlacedAnnotation, type Placing, usePaint, usePlacing } from './placing';
import { type AnnotationEdits, useAnnotations } from './use-annotations';

export interface Marking {
  readonly placing: Placing;
  readonly edits: AnnotationEdits;
  readonly active: AnnotationId | undefined;
  readonly editing: AnnotationId | undefined;
  /** What was done last, for screen readers. */
  readonly said: string;
  activate(id: AnnotationId | undefined): void;
  edit(id: AnnotationId | undefined): void;
  /** Highlights what is selected. */
  mark(colour: HighlightColour): void;
  /** Highlights what is selected and opens its note. */
  note(): void;
  /** Copies what is selected. */
  copy(): void;
  /** Scrolls to an annotation and lets it stand out. */
  go(placed: PlacedAnnotation): void;
}

/** Marking one text: its annotations with their places, painted, and what can be done with the selection. */
export const useMarking = (
  session: ReaderSession | undefined,
  articleId: ArticleId,
  document: Pick<DocumentRef, 'id' | 'textHash'>,
): Marking => {
  const t = useT();
  const { list, edits } = useAnnotations(articleId);
  const [active, activate] = useState<AnnotationId>();
  const [editing, edit] = useState<AnnotationId>();
  const [said, say] = useState('');
  const placing = usePlacing(session, document, list);
  usePaint(session, placing.placed, active);
  const { id, textHash } = document;

  const create = useCallback(
    (colour: HighlightColour): AnnotationId | undefined => {
      const selection = session?.state.getState().selection;
      if (session === undefined || selection === undefined) return undefined;
      const { text } = session.reading;
      const section = session.reading.headingAt(selection.start)?.text;
      const target = describe({ id, textHash }, text, selection, section);
      if (target === undefined) return undefined;
      session.collapseSelection();
      const { id: created, stored } = edits.create(target, colour);
      void stored.then((isStored) => {
        if (isStored) say(t('annotations.marked', { colour: t(`annotations.colours.${colour}`) }));
      });
      return created;
    },
    [session, id, textHash, edits, t],
  );
  const actions = useMemo(
    () => ({
      mark: (colour: HighlightColour) => void create(colour),
      note: () => {
        // Opened before it is stored: who presses the key goes on typing at once.
        const created = create('finding');
        if (created === undefined) return;
        activate(created);
        edit(created);
        openPanel('annotations');
      },
      copy: () => {
        const selection = session?.state.getState().selection;
        if (session === undefined || selection === undefined) return;
        const words = session.reading.text.slice(selection.start, selection.end);
        navigator.clipboard.writeText(words).then(
          () => showToast({ message: t('annotations.copied') }),
          () => showToast({ message: t('reader.copyFailed'), kind: 'problem' }),
        );
      },
      go: ({ annotation, place }: PlacedAnnotation) => {
        activate(annotation.id);
        session?.show(place);
      },
    }),
    [create, session, t],
  );
  return { placing, edits, active, editing, said, activate, edit, ...actions };
};
