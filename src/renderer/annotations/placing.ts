import { useLayoutEffect, useMemo } from 'react';
import type { Annotation } from '#shared/model/annotation';
import type { DocumentRef } from '#shared/model/article';
import type { AnnotationId } from '#shared/model/ids';
import { type Anchored, anchorer, type Orphan } from '#shared/text/anchor';
import type { ReaderSession } from '../reader/session';

export interface PlacedAnnotation {
  readonly annotation: Annotation;
  readonly place: Anchored;
}
export interface OrphanedAnnotation {
  readonly annotation: Annotation;
  readonly orphan: Orphan;
}
export interface Placing {
  /** In the order of the text. */
  readonly placed: readonly PlacedAnnotation[];
  readonly orphans: readonly OrphanedAnnotation[];
}

/** Finds each annotation in the text, once for each text and list. */
export const usePlacing = (
  session: ReaderSession | undefined,
  document: Pick<DocumentRef, 'textHash'>,
  annotations: readonly Annotation[],
): Placing => {
  const { textHash } = document;
  const text = session?.reading.text;
  const find = useMemo(
    () => (text === undefined ? undefined : anchorer({ textHash }, text)),
    [textHash, text],
  );
  return useMemo(() => {
    const placed: PlacedAnnotation[] = [];
    const orphans: OrphanedAnnotation[] = [];
    if (find === undefined) return { placed, orphans };
    for (const annotation of annotations) {
      const place = find(annotation.target);
      if (place.state === 'orphan') orphans.push({ annotation, orphan: place });
      else placed.push({ annotation, place });
    }
    placed.sort((a, b) => a.place.start - b.place.start || a.place.end - b.place.end);
    return { placed, orphans };
  }, [find, annotations]);
};

/** Paints the placed annotations before the next frame, and lets one stand out. */
export const usePaint = (
  session: ReaderSession | undefined,
  placed: readonly PlacedAnnotation[],
  active: AnnotationId | undefined,
): void => {
  useLayoutEffect(() => {
    session?.painter.marks(
      placed.map(({ annotation: { id, colour, note }, place: { start, end } }) => ({
        id,
        colour,
        noted: note.trim() !== '',
        start,
        end,
      })),
    );
  }, [session, placed]);
  // After the marks, since it is one of their ranges; and again whenever they were painted anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `placed` is not read, but says that the ranges are new
  useLayoutEffect(() => session?.painter.active(active), [session, placed, active]);
};
