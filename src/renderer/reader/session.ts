import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Disposable, disposeAll, toDisposable } from '#shared/lib/disposable';
import type { TextRange } from '#shared/text/blocks';
import { forwardImports } from '../import/forward';
import { type Caret, createCaret } from './caret';
import { openableLink } from './links';
import { Painter } from './paint';
import type { ReadingDocument } from './reading-document';

/** What the page shows of the frame. */
export interface SessionState {
  /** What is selected of the text. */
  readonly selection: TextRange | undefined;
  /** The mouse is still at it. */
  readonly dragging: boolean;
  readonly caretOn: boolean;
  /** The first block in sight. */
  readonly block: number;
  /** How much of the text has been in sight, 0 to 1. */
  readonly fraction: number;
  /** Grows whenever the text moved under the page: something placed over it has to be placed anew. */
  readonly moves: number;
}

/** What the page does with what happens in the frame. */
export interface SessionActions {
  /** A key that the frame has no use for; true where it was used. */
  key(event: KeyboardEvent): boolean;
  /** The marks under a click, the shortest first; none where it was beside them. */
  marksClicked(ids: readonly string[]): void;
  /** Tab, while something is selected; true where the focus went somewhere. */
  leaveToToolbar(): boolean;
}

/** Space kept above a block or passage that is scrolled to, in CSS pixels. */
const ABOVE = 32;

/** One text shown in the frame: listens to it, scrolls it and paints in it, until it is disposed. */
export class ReaderSession implements Disposable {
  readonly reading: ReadingDocument;
  readonly painter: Painter;
  readonly state: StoreApi<SessionState>;
  readonly #caret: Caret;
  readonly #listening: Disposable;
  #actions: SessionActions | undefined;

  constructor(reading: ReadingDocument) {
    this.reading = reading;
    this.painter = new Painter(reading);
    this.state = createStore<SessionState>(() => ({
      selection: undefined,
      dragging: false,
      caretOn: false,
      moves: 0,
      ...this.#place(),
    }));
    this.#caret = createCaret(
      reading,
      () => this.state.getState().block,
      (at) => {
        this.painter.caret(at);
        this.state.setState({ caretOn: at !== undefined });
      },
    );
    this.#listening = this.#listen();
  }

  /** Whom to tell; replaced at every rendering of the page. */
  use(actions: SessionActions): void {
    this.#actions = actions;
  }

  /** Scrolls so that the passage is in sight, where it is not. */
  show(range: TextRange): void {
    const rect = this.reading.rangeOf(range)?.getBoundingClientRect();
    if (rect === undefined) return;
    const { innerHeight } = this.reading.window;
    if (rect.top < ABOVE || rect.bottom > innerHeight - ABOVE) {
      this.reading.window.scrollBy(0, rect.top - innerHeight / 4);
    }
  }

  /** Scrolls so that the block is at the top; block -1 is the title. */
  showBlock(block: number): void {
    const element = this.reading.blocks[block];
    const top =
      element === undefined ? Number.NEGATIVE_INFINITY : element.getBoundingClientRect().top - ABOVE;
    if (top === Number.NEGATIVE_INFINITY) this.reading.window.scrollTo(0, 0);
    else this.reading.window.scrollBy(0, top);
  }

  clearSelection(): void {
    this.#caret.leave();
    this.reading.document.getSelection()?.removeAllRanges();
  }

  /** Ends the selection where it reached, so that the caret goes on from there. */
  collapseSelection(): void {
    const selection = this.reading.document.getSelection();
    if (selection !== null && selection.rangeCount > 0) selection.collapseToEnd();
  }

  focus(): void {
    this.reading.window.focus();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#actions = undefined;
  }

  #place(): Pick<SessionState, 'block' | 'fraction'> {
    const { blocks, root, window } = this.reading;
    const block = firstInSight(blocks, ABOVE / 2);
    const { top, height } = root.getBoundingClientRect();
    const seen = height === 0 ? 1 : (window.innerHeight - top) / height;
    return { block, fraction: Math.max(0, Math.min(seen, 1)) };
  }

  #listen(): Disposable {
    const { document, window } = this.reading;
    let frame = 0;
    const moved = (): void => {
      if (frame !== 0) return;
      frame = window.requestAnimationFrame(() => {
        frame = 0;
        this.state.setState(({ moves }) => ({ moves: moves + 1, ...this.#place() }));
      });
    };
    const selected = (): void => this.state.setState({ selection: this.reading.selected() });
    return disposeAll([
      on(document, 'selectionchange', selected),
      on(document, 'scroll', moved),
      on(window, 'resize', moved),
      on(document, 'keydown', (event) => this.#key(event)),
      forwardImports(document),
      on(document, 'mousedown', () => {
        this.#caret.leave();
        this.state.setState({ dragging: true });
      }),
      on(document, 'mouseup', () => this.state.setState({ dragging: false })),
      on(document, 'click', (event) => this.#click(event)),
      toDisposable(() => window.cancelAnimationFrame(frame)),
    ]);
  }

  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    if (this.#use(event)) event.preventDefault();
  }

  #use(event: KeyboardEvent): boolean {
    const { selection, caretOn } = this.state.getState();
    if (event.key === 'Escape' && (caretOn || selection !== undefined)) {
      this.clearSelection();
      return true;
    }
    if (event.key === 'Tab' && !event.shiftKey && selection !== undefined) {
      return this.#actions?.leaveToToolbar() ?? false;
    }
    return this.#caret.handle(event) || (this.#actions?.key(event) ?? false);
  }

  #click(event: MouseEvent): void {
    const target = event.target as Element | null;
    const link = target?.closest('a[href]');
    if (link) {
      event.preventDefault();
      const href = openableLink(link.getAttribute('href') ?? undefined);
      // The frame itself is never navigated.
      if (href !== undefined) window.open(href, '_blank', 'noopener,noreferrer');
      return;
    }
    if (target === null || !this.reading.root.contains(target)) return;
    if (this.reading.document.getSelection()?.isCollapsed === false) return;
    this.#actions?.marksClicked(this.painter.hit(event.clientX, event.clientY));
  }
}

/** The first block that ends below the line `y` of the viewport, by halving: blocks stand one under the other. */
const firstInSight = (blocks: readonly HTMLElement[], y: number): number => {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((blocks[middle]?.getBoundingClientRect().bottom ?? 0) <= y) low = middle + 1;
    else high = middle;
  }
  return low;
};

const on = <T extends Document | Window, K extends keyof DocumentEventMap & keyof WindowEventMap>(
  target: T,
  type: K,
  listener: (event: DocumentEventMap[K] & WindowEventMap[K]) => void,
): Disposable => {
  const listen = listener as EventListener;
  target.addEventListener(type, listen);
  return toDisposable(() => target.removeEventListener(type, listen));
};
