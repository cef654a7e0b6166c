import type { MarkedText } from '#shared/contract/common';

/** Text with its marked ranges, every piece of it a text node: nothing in it is ever taken for HTML. */
export const Marked = ({ value: { text, marks } }: { value: MarkedText }) => {
  const pieces: { readonly text: string; readonly start: number; readonly isMark: boolean }[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (start > at) pieces.push({ text: text.slice(at, start), start: at, isMark: false });
    pieces.push({ text: text.slice(start, end), start, isMark: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), start: at, isMark: false });
  return pieces.map((piece) => (piece.isMark ? <mark key={piece.start}>{piece.text}</mark> : piece.text));
};
