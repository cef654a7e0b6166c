import type { TextRange } from '#shared/text/blocks';
import { splitsPair } from '#shared/text/offsets';
import type { ReadingDocument } from './reading-document';

type Direction = 'forward' | 'backward' | 'left' | 'right';
type Granularity = 'character' | 'word' | 'line' | 'lineboundary' | 'documentboundary' | 'paragraph';

/** How a key moves the caret, as `Selection.modify` names it; undefined for a key that does not. */
const movementOf = (event: KeyboardEvent): [Direction, Granularity] | undefined => {
  const byWord = event.ctrlKey || event.altKey;
  switch (event.key) {
    case 'ArrowLeft':
      return event.metaKey ? ['left', 'lineboundary'] : ['left', byWord ? 'word' : 'character'];
    case 'ArrowRight':
      return event.metaKey ? ['right', 'lineboundary'] : ['right', byWord ? 'word' : 'character'];
    case 'ArrowUp':
      return ['backward', byWord ? 'paragraph' : 'line'];
    case 'ArrowDown':
      return ['forward', byWord ? 'paragraph' : 'line'];
    case 'Home':
      return ['backward', event.ctrlKey || event.metaKey ? 'documentboundary' : 'lineboundary'];
    case 'End':
      return ['forward', event.ctrlKey || event.metaKey ? 'documentboundary' : 'lineboundary'];
    default:
      return undefined;
  }
};

/** The selection's moving end as an offset, undefined where nothing is selected or the end is outside the text. */
const focusOf = (reading: ReadingDocument): number | undefined => {
  const selection = reading.document.getSelection();
  const node = selection?.focusNode;
  if (!selection || !node || !reading.root.contains(node)) return undefined;
  return reading.offsetOf(node, selection.focusOffset);
};

const isHere = (reading: ReadingDocument): boolean => focusOf(reading) !== undefined;

/** Puts the caret at the first block that is to be seen, where it is not in the text yet. */
const place = (reading: ReadingDocument, block: number): boolean => {
  if (isHere(reading)) return true;
  const range = reading.rangeOf(reading.ranges[block] ?? { start: 0, end: 0 });
  if (range === undefined) return false;
  reading.document.getSelection()?.collapse(range.startContainer, range.startOffset);
  return true;
};

const scrollToCaret = (reading: ReadingDocument, at: TextRange): void => {
  const rect = reading.rangeOf(at)?.getBoundingClientRect();
  if (rect === undefined) return;
  const { innerHeight } = reading.window;
  const margin = Math.min(48, innerHeight / 4);
  if (rect.top < margin) reading.window.scrollBy(0, rect.top - margin);
  else if (rect.bottom > innerHeight - margin) reading.window.scrollBy(0, rect.bottom - innerHeight + margin);
};

/** The character that the caret stands on: a block cursor, since the platform draws none in text that is not edited. */
const characterAt = (reading: ReadingDocument, offset: number): TextRange => {
  const block = reading.ranges[reading.blockAt(offset)];
  const start = block !== undefined && offset >= block.end ? Math.max(block.start, block.end - 1) : offset;
  const from = splitsPair(reading.text, start) ? start - 1 : start;
  const to = splitsPair(reading.text, from + 1) ? from + 2 : from + 1;
  return { start: from, end: to };
};

export interface Caret {
  readonly on: boolean;
  /** Takes a key of the frame; true where it was the caret's. */
  handle(event: KeyboardEvent): boolean;
  leave(): void;
}

/**
 * Selecting by keyboard. F7, or an arrow key with Shift, turns the caret on; then the arrow keys move it and
 * extend the selection with Shift, and Escape turns it off.
 * @param firstVisible the number of the first block in sight
 * @param onChange told where the caret is to be painted, and that it is on or off
 */
export const createCaret = (
  reading: ReadingDocument,
  firstVisible: () => number,
  onChange: (at: TextRange | undefined) => void,
): Caret => {
  let on = false;
  const show = (): void => {
    const focus = focusOf(reading);
    if (focus === undefined) return;
    const at = characterAt(reading, focus);
    scrollToCaret(reading, at);
    onChange(at);
  };
  const leave = (): void => {
    if (!on) return;
    on = false;
    onChange(undefined);
  };
  const enter = (): boolean => {
    on = place(reading, firstVisible());
    if (on) show();
    return on;
  };
  return {
    get on() {
      return on;
    },
    leave,
    handle(event) {
      if (event.key === 'F7') {
        if (on) leave();
        else enter();
        return true;
      }
      const movement = movementOf(event);
      if (movement === undefined || (!on && !event.shiftKey)) return false;
      if (!on && !enter()) return false;
      reading.document.getSelection()?.modify(event.shiftKey ? 'extend' : 'move', ...movement);
      show();
      return true;
    },
  };
};
