import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useState } from 'react';
import { gapAt, indexInGap } from './order';

/** How near to an edge the list begins to scroll, and how fast, in pixels. */
const EDGE = 40;
const STEP = 12;

interface Drag<Id> {
  readonly id: Id;
  readonly gap: number;
}

/**
 * Dragging a row by its handle. Pointer events rather than the platform's drag and drop: they scroll the list at
 * its edges, work by touch and pen, and Esc gives up.
 */
export const useDrag = <Id extends string>(
  scroller: RefObject<HTMLElement | null>,
  ids: readonly Id[],
  rowHeight: number,
  move: (id: Id, index: number) => void,
) => {
  const [drag, setDrag] = useState<Drag<Id>>();
  useEffect(() => {
    const box = scroller.current;
    if (drag === undefined || box === null) return;
    const onMove = (event: PointerEvent): void => {
      const bounds = box.getBoundingClientRect();
      if (event.clientY < bounds.top + EDGE) box.scrollTop -= STEP;
      else if (event.clientY > bounds.bottom - EDGE) box.scrollTop += STEP;
      const top = box.querySelector('ul')?.getBoundingClientRect().top ?? bounds.top;
      setDrag({ id: drag.id, gap: gapAt(event.clientY - top, rowHeight, ids.length) });
    };
    const onUp = (): void => {
      setDrag(undefined);
      move(drag.id, indexInGap(ids.indexOf(drag.id), drag.gap));
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setDrag(undefined);
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('keydown', onKey);
    };
  }, [drag, ids, rowHeight, move, scroller]);
  const start = (event: ReactPointerEvent, id: Id): void => {
    event.preventDefault();
    setDrag({ id, gap: ids.indexOf(id) });
  };
  return { dragged: drag?.id, gap: drag?.gap, handlers: { start } };
};
