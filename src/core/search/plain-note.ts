import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** What the parser gives, as far as it is read here. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly alt?: string | null | undefined;
  readonly children?: readonly Node[];
}

/** Nodes whose children stand on lines of their own. */
const OF_BLOCKS = new Set(['root', 'blockquote', 'list', 'listItem', 'table', 'footnoteDefinition']);
/** As the page reads a note: one tilde is a range, as in "2~3". */
const PARSER = { extensions: [gfm({ singleTilde: false })], mdastExtensions: [gfmFromMarkdown()] };
/** Text without any of these is the same as Markdown and without. */
const MARKS = /[\\`*_~#>|[\]<&]|^\s*(?:[-+=]|\d+[.)])|^(?: {4}|\t)/m;

const textOf = ({ type, value, alt, children = [] }: Node): string => {
  if (type === 'break') return '\n';
  if (children.length === 0) return value ?? alt ?? '';
  const separator = OF_BLOCKS.has(type) ? '\n' : type === 'tableRow' ? ' ' : '';
  return children.map(textOf).join(separator);
};

/** The words of a note as they are shown, without their Markdown: a block or a line of a table to a line. */
export const plainNote = (note: string): string =>
  MARKS.test(note) ? textOf(fromMarkdown(note, PARSER)) : note;
