import { blockIndexOf, joinBlocks, rangeIndexAt, type TextRange } from '#shared/text/blocks';
import { tidyRange } from '#shared/text/offsets';
import { TEXT_ID } from './frame-source';

interface TextPlace {
  readonly node: Text;
  /** Where the node's text begins in the reading text. */
  readonly start: number;
}

export interface Heading {
  readonly block: number;
  readonly level: number;
  readonly text: string;
}

/**
 * The text in the reading frame, and the way between its offsets and the places in the DOM. It only reads: the
 * DOM of the text is never changed, so that what is computed once stays true.
 */
export class ReadingDocument {
  readonly document: Document;
  readonly window: Window & typeof globalThis;
  readonly root: HTMLElement;
  readonly text: string;
  readonly ranges: readonly TextRange[];
  readonly blocks: readonly HTMLElement[];
  readonly headings: readonly Heading[];
  readonly #places: readonly TextPlace[];
  readonly #startOf: ReadonlyMap<Node, number>;

  constructor(document: Document) {
    const window = document.defaultView;
    const root = document.getElementById(TEXT_ID);
    if (window === null || root === null) throw new Error('the reading frame has no text');
    this.document = document;
    this.window = window;
    this.root = root;
    this.blocks = [...root.querySelectorAll<HTMLElement>('[id]')].filter(
      (element) => blockIndexOf(element.id) !== undefined,
    );
    const { text, ranges } = joinBlocks(this.blocks.map((block) => block.textContent));
    this.text = text;
    this.ranges = ranges;
    this.headings = headingsOf(this.blocks);
    this.#places = placesOf(document, this.blocks, ranges);
    this.#startOf = new Map(this.#places.map(({ node, start }) => [node, start]));
  }

  /** A live range over `[start, end)` of the reading text; undefined in an empty text. */
  rangeOf({ start, end }: TextRange): Range | undefined {
    const first = this.#places[this.#placeAt(start)];
    // The end belongs to the node before it, or the range would reach into the next block.
    const last = this.#places[this.#placeAt(Math.max(start, end - 1))];
    if (first === undefined || last === undefined) return undefined;
    const range = this.document.createRange();
    range.setStart(first.node, clamp(start - first.start, first.node.length));
    range.setEnd(last.node, clamp(end - last.start, last.node.length));
    return range;
  }

  /** The offset of a place in the DOM; one outside the text counts as its start or its end. */
  offsetOf(node: Node, offset: number): number {
    const known = this.#startOf.get(node);
    if (known !== undefined) return known + offset;
    const point = this.document.createRange();
    point.setStart(node, offset);
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const place = this.#places[middle];
      if (place !== undefined && point.comparePoint(place.node, 0) < 0) low = middle + 1;
      else high = middle;
    }
    return this.#places[low]?.start ?? this.text.length;
  }

  /** What is selected of the text, without white space at the ends; undefined where nothing of it is. */
  selected(): TextRange | undefined {
    const selection = this.document.getSelection();
    if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return undefined;
    const range = selection.getRangeAt(0);
    return tidyRange(this.text, {
      start: this.offsetOf(range.startContainer, range.startOffset),
      end: this.offsetOf(range.endContainer, range.endOffset),
    });
  }

  /** The heading that an offset stands under, or is in. */
  headingAt(offset: number): Heading | undefined {
    const block = this.blockAt(offset);
    return this.headings.findLast((heading) => heading.block <= block);
  }

  /** The number of the block at an offset; -1 in an empty text. */
  blockAt(offset: number): number {
    return rangeIndexAt(this.ranges, offset);
  }

  #placeAt(offset: number): number {
    return rangeIndexAt(this.#places, offset);
  }
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most));

const headingsOf = (blocks: readonly HTMLElement[]): Heading[] =>
  blocks.flatMap((block, index) => {
    const level = /^H([1-6])$/.exec(block.tagName)?.[1];
    return level === undefined ? [] : [{ block: index, level: Number(level), text: block.textContent }];
  });

const placesOf = (
  document: Document,
  blocks: readonly HTMLElement[],
  ranges: readonly TextRange[],
): TextPlace[] => {
  const places: TextPlace[] = [];
  blocks.forEach((block, index) => {
    let start = ranges[index]?.start ?? 0;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node as Text;
      if (text.length > 0) places.push({ node: text, start });
      start += text.length;
    }
  });
  return places;
};
