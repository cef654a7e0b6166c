import { createHash } from 'node:crypto';
import type { Element, ElementContent, Nodes, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Bibliographic, DocumentRef } from '#shared/model/article';
import type { TextBlock } from '#shared/model/draft';
import { blockId, blockIndexOf, htmlSafeText, joinBlocks, TEXT_RULES } from '#shared/text/blocks';
import { languageOfScript } from './script';

/** The part of an article that its abstract's document is made from. */
export type AbstractSource = Pick<Bibliographic, 'abstract' | 'sections'>;

export interface WrittenDocument {
  /** The blocks, one element each, with their ids; no document around them. */
  readonly html: string;
  /** The reading text of `html`. */
  readonly text: string;
}

/** SHA-256 of a reading text, lower-case hexadecimal. */
export const textHashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** The page's `h1` is the article's title, so a heading of level 1 in the text becomes `h2`. */
const tagOf = (level: number): 'p' | 'h2' | 'h3' | 'h4' | 'h5' => {
  const tags = ['p', 'h2', 'h3', 'h4', 'h5'] as const;
  return tags[Math.max(0, Math.min(Math.trunc(level), 4))] ?? 'p';
};

const writeBlock = (tag: string, text: string, index: number): Element => {
  const lang = languageOfScript(text);
  return h(tag, { id: blockId(index), ...(lang === undefined ? {} : { lang }) }, text);
};

/** A text of more lines than this, as far as can be told before it is laid out, is written in parts. */
const MANY_LINES = 4000;
/** Lines of one part; article.css estimates its height from this number. */
const PART_LINES = 120;
/** Letters on a line at the usual measure; a Han character is as wide as two. */
const LETTERS = 64;

const linesOf = (text: string): number => {
  const wide = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return Math.ceil((text.length + wide) / LETTERS) + 0.6;
};

/**
 * Blocks in parts of about the same height. The browser lays a part out when it comes near the window: 5 MB of text
 * took half a minute to open as one flow. An ordinary article stays as it is.
 */
const inParts = (elements: ElementContent[], texts: readonly string[]): ElementContent[] => {
  const lines = texts.map(linesOf);
  if (lines.reduce((sum, each) => sum + each, 0) <= MANY_LINES) return elements;
  const parts: ElementContent[][] = [];
  let room = 0;
  for (const [at, element] of elements.entries()) {
    if (room <= 0) {
      parts.push([]);
      room = PART_LINES;
    }
    parts.at(-1)?.push(element);
    room -= lines[at] ?? 0;
  }
  return parts.map((part) => h('div', { className: 'part' }, part));
};

/**
 * Writes running text as semantic HTML with stable block ids. Each line of a block's text becomes a block of
 * its own; blank ones are left out. All escaping is the serialiser's, from a typed tree.
 */
export const writeDocument = (blocks: readonly TextBlock[]): WrittenDocument => {
  const elements: ElementContent[] = [];
  const texts: string[] = [];
  for (const block of blocks) {
    for (const line of htmlSafeText(block.text).split('\n')) {
      const text = line.trim();
      if (text === '') continue;
      elements.push(writeBlock(tagOf(block.level), text, elements.length));
      texts.push(text);
    }
  }
  return { html: toHtml({ type: 'root', children: inParts(elements, texts) }), text: joinBlocks(texts).text };
};

/** What stands between two sections is the label of the later one, with its brackets or colon, and perhaps text. */
const withoutLabel = (gap: string, label: string): string => {
  const at = label === '' ? -1 : gap.lastIndexOf(label);
  if (at === -1) return gap;
  const before = gap.slice(0, at).replace(/[[(【［(（〔]\s*$/u, '');
  const after = gap.slice(at + label.length).replace(/^[\s\]】］)）〕:：.。-]+/u, '');
  return `${before}\n${after}`;
};

/** The abstract as blocks: a heading for each labelled section, and every other part of it as paragraphs. */
export const abstractBlocks = (source: AbstractSource): TextBlock[] => {
  const abstract = source.abstract ?? '';
  const blocks: TextBlock[] = [];
  let at = 0;
  for (const section of [...source.sections].sort((a, b) => a.start - b.start)) {
    if (section.start < at || section.end < section.start) continue;
    blocks.push({ level: 0, text: withoutLabel(abstract.slice(at, section.start), section.label) });
    if (section.label !== '') blocks.push({ level: 1, text: section.label });
    blocks.push({ level: 0, text: abstract.slice(section.start, section.end) });
    at = section.end;
  }
  blocks.push({ level: 0, text: abstract.slice(at) });
  return blocks.filter((block) => block.text.trim() !== '');
};

/** The document of an article's abstract, made from the record: it needs no file of its own. */
export const abstractDocument = (source: AbstractSource): WrittenDocument & { readonly ref: DocumentRef } => {
  const written = writeDocument(abstractBlocks(source));
  const ref: DocumentRef = {
    id: 'abstract',
    kind: 'abstract',
    textHash: textHashOf(written.text),
    textRules: TEXT_RULES,
  };
  return { ...written, ref };
};

const textContentOf = (node: Nodes): string => {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textContentOf).join('') : '';
};

const collectBlocks = (node: Root | Element, texts: string[]): void => {
  for (const child of node.children) {
    if (child.type !== 'element') continue;
    const id = child.properties['id'];
    if (typeof id === 'string' && blockIndexOf(id) !== undefined) texts.push(textContentOf(child));
    else collectBlocks(child, texts);
  }
};

/** The reading text of HTML that {@link writeDocument} wrote. Not for foreign HTML: depth is not limited. */
export const readingTextOf = (html: string): string => {
  const texts: string[] = [];
  collectBlocks(fromHtml(html, { fragment: true }), texts);
  return joinBlocks(texts).text;
};
