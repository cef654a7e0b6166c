import { type Disposable, disposeAll, toDisposable } from '#shared/lib/disposable';

/**
 * Passes on what is pasted into the reading frame or dragged over it: events in a frame never reach the page by
 * themselves, and a file that nobody takes would replace what the frame shows.
 */
export const forwardImports = (frame: Document): Disposable => {
  const send = (event: Event, copy: Event): void => {
    if (!document.dispatchEvent(copy)) event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent): void =>
    send(
      event,
      new ClipboardEvent('paste', { clipboardData: event.clipboardData, bubbles: true, cancelable: true }),
    );
  const onDrag = (event: DragEvent): void =>
    send(
      event,
      new DragEvent(event.type, { dataTransfer: event.dataTransfer, bubbles: true, cancelable: true }),
    );
  const drags = ['dragenter', 'dragover', 'drop'] as const;
  frame.addEventListener('paste', onPaste);
  for (const type of drags) frame.addEventListener(type, onDrag);
  return disposeAll([
    toDisposable(() => frame.removeEventListener('paste', onPaste)),
    ...drags.map((type) => toDisposable(() => frame.removeEventListener(type, onDrag))),
  ]);
};
