import type { HighlightColour } from '#shared/model/annotation';
import type { TextRange } from '#shared/text/blocks';
import type { ReadingDocument } from './reading-document';

export interface Mark extends TextRange {
  readonly id: string;
  readonly colour: HighlightColour;
  readonly noted: boolean;
}

/** Highlights of one colour that overlap are painted on top of each other, up to this many. */
const LEVELS = 3;
/** The order of painting, from the bottom. The names are those of `styles/article.css`. */
const PRIORITY = { mark: 0, noted: 10, active: 20, find: 30, 'find-current': 40, caret: 50 } as const;

/** Ranges by the name of the highlight that paints them, without the colour's own levels mixed up. */
const namedRanges = (marks: readonly Mark[]): Map<string, { priority: number; marks: Mark[] }> => {
  const named = new Map<string, { priority: number; marks: Mark[] }>();
  const add = (name: string, priority: number, mark: Mark): void => {
    const entry = named.get(name);
    if (entry === undefined) named.set(name, { priority, marks: [mark] });
    else entry.marks.push(mark);
  };
  const ends = new Map<HighlightColour, number[]>();
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const levels = ends.get(mark.colour) ?? [];
    const free = levels.findIndex((end) => end <= mark.start);
    const level = free === -1 ? Math.min(levels.length, LEVELS - 1) : free;
    levels[level] = Math.max(levels[level] ?? 0, mark.end);
    ends.set(mark.colour, levels);
    add(`${mark.colour}-${level}`, PRIORITY.mark + level, mark);
    if (mark.noted) add('noted', PRIORITY.noted, mark);
  }
  return named;
};

/**
 * Paints in the reading frame with the CSS Custom Highlight API, which changes nothing in its DOM. Each method
 * replaces what it painted before.
 */
export class Painter {
  readonly #reading: ReadingDocument;
  readonly #ranges = new Map<string, { mark: Mark; range: Range }>();
  #names: string[] = [];

  constructor(reading: ReadingDocument) {
    this.#reading = reading;
  }

  marks(marks: readonly Mark[]): void {
    const { highlights } = this.#reading.window.CSS;
    for (const name of this.#names) highlights.delete(name);
    this.#ranges.clear();
    for (const mark of marks) {
      const range = this.#reading.rangeOf(mark);
      if (range !== undefined) this.#ranges.set(mark.id, { mark, range });
    }
    const named = namedRanges(marks);
    for (const [name, entry] of named) {
      const ranges = entry.marks.flatMap(({ id }) => this.#ranges.get(id)?.range ?? []);
      this.#set(name, ranges, entry.priority);
    }
    this.#names = [...named.keys()];
  }

  /** Makes one mark stand out, or none. */
  active(id: string | undefined): void {
    const range = id === undefined ? undefined : this.#ranges.get(id)?.range;
    this.#set('active', range === undefined ? [] : [range], PRIORITY.active);
  }

  matches(matches: readonly TextRange[], current: number): void {
    const ranges = matches.flatMap((match) => this.#reading.rangeOf(match) ?? []);
    this.#set('find', ranges, PRIORITY.find);
    const range = ranges[current];
    this.#set('find-current', range === undefined ? [] : [range], PRIORITY['find-current']);
  }

  caret(at: TextRange | undefined): void {
    const range = at === undefined ? undefined : this.#reading.rangeOf(at);
    this.#set('caret', range === undefined ? [] : [range], PRIORITY.caret);
  }

  /** Where a mark is on the screen of the frame. */
  rangeOf(id: string): Range | undefined {
    return this.#ranges.get(id)?.range;
  }

  /** The marks under a point of the frame's viewport, the shortest first. */
  hit(x: number, y: number): string[] {
    const position = this.#reading.document.caretPositionFromPoint(x, y);
    if (position === null) return [];
    const offset = this.#reading.offsetOf(position.offsetNode, position.offset);
    return [...this.#ranges.values()]
      .filter(({ mark }) => mark.start <= offset && offset <= mark.end)
      .filter(({ range }) => [...range.getClientRects()].some((rect) => contains(rect, x, y)))
      .sort((a, b) => a.mark.end - a.mark.start - (b.mark.end - b.mark.start))
      .map(({ mark }) => mark.id);
  }

  #set(name: string, ranges: readonly Range[], priority: number): void {
    const { CSS, Highlight } = this.#reading.window;
    if (ranges.length === 0) {
      CSS.highlights.delete(name);
      return;
    }
    const highlight = new Highlight(...ranges);
    highlight.priority = priority;
    CSS.highlights.set(name, highlight);
  }
}

const contains = (rect: DOMRect, x: number, y: number): boolean =>
  rect.left <= x && x <= rect.right && rect.top <= y && y <= rect.bottom;
