import { useEffect, useRef } from 'react';
import type { Marking } from '../annotations/use-marking';
import type { View } from '../app/navigation';
import type { ReaderSession } from './session';

/** Goes to what the reader came for, once for each time of coming: a passage found, or an annotation. */
export const useArrival = (
  session: ReaderSession | undefined,
  view: Extract<View, { name: 'article' }>,
  marking: Pick<Marking, 'placing' | 'go'>,
): void => {
  const arrived = useRef<{ view: unknown; session: unknown }>(undefined);
  const { placing, go } = marking;
  useEffect(() => {
    if (session === undefined) return;
    if (arrived.current?.view === view && arrived.current.session === session) return;
    const { passage, annotationId } = view;
    if (passage !== undefined) {
      session.painter.matches([passage], 0);
      session.show(passage);
    }
    const placed = placing.placed.find(({ annotation }) => annotation.id === annotationId);
    if (placed !== undefined) go(placed);
    // The annotations may come after the text.
    if (annotationId === undefined || placed !== undefined) arrived.current = { view, session };
  }, [session, view, placing, go]);
};
