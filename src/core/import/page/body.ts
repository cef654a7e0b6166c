import type { TextBlock } from '#shared/model/draft';
import { isFurniture } from './furniture';
import { fold, type Row } from './lines';
import type { Page } from './page';

const MAIN =
  /^(?:(?:\d{1,2}|[IVX]{1,4})\.?\s{1,2})?(?:introduction|background|materials? (?:and|&) methods?|patients (?:and|&) methods?|subjects and methods|methods(?: and materials)?|experimental(?: section)?|results?(?: and discussion)?|discussion|conclusions?|concluding remarks|summary|case (?:report|presentation)|literature review|references?|acknowledge?ments?|supplementary (?:materials?|data)|funding|author contributions?|data availability(?: statement)?|conflicts? of interest|abbreviations|footnotes|appendix|ethics statement|引言|前言|资料与方法|材料与方法|对象与方法|方法|结果|讨论|结论|参考文献|致谢|小结|总结(?:与展望)?)[:.]?$/i;
const REFERENCES = /^(?:(?:\d{1,2})\.?\s{1,2})?(?:references?|bibliography|literature cited|参考文献)[:.]?$/i;
const NUMBERED = /^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s{1,2}(?=[\p{Lu}\p{Script=Han}])/u;
const CAPTION = /^(?:fig(?:ure)?s?\.?|table|scheme|box|图|表)\s?\d{1,3}/i;
const END =
  /^(?:articles from .{3,120} (?:are provided here courtesy|are (?:made )?available here)|actions$|resources$|permalink$|cite this article$|footer$)/i;

/** The level of a heading, 1 to 4, or 0 for a paragraph. */
const levelOf = (row: Row, next: Row | undefined): number => {
  const { text } = row;
  const key = row.key;
  if (MAIN.test(key)) return 1;
  if (text.length > 120 || CAPTION.test(key) || /[.。;；,，!！]$/.test(text.slice(-1))) return 0;
  const numbered = NUMBERED.exec(key)?.[1];
  if (numbered !== undefined) return Math.min(4, numbered.split('.').length);
  if (next === undefined || next.text.length < 120 || CAPTION.test(next.key)) return 0;
  if (/^\p{Lu}[\p{Lu}\s,&/-]{3,}$/u.test(text)) return 1;
  return /^[\p{Lu}\p{Script=Han}]/u.test(text) && text.length <= 90 ? 2 : 0;
};

/** Whether a row is the heading with which an article's own text begins. */
export const isBodyHeading = (row: Row): boolean => MAIN.test(fold(row.key));

/** The text after the abstract, in reading order; captions are paragraphs, references stay under a heading. */
export const readBody = (rows: readonly Row[], page: Page): TextBlock[] => {
  const blocks: TextBlock[] = [];
  let inReferences = false;
  for (const [at, row] of rows.entries()) {
    if (END.test(row.key)) break;
    const level = inReferences && !MAIN.test(row.key) ? 0 : levelOf(row, rows[at + 1]);
    if (level > 0) inReferences = REFERENCES.test(row.key);
    else if (isFurniture(row.key)) continue;
    blocks.push({ level, text: row.text });
    page.mark(row, 'body');
  }
  // Headings at the end have nothing under them: a list of links, not a text.
  while ((blocks.at(-1)?.level ?? 0) > 0) blocks.pop();
  return blocks;
};

/** Whether blocks are an article's text and not a few leftovers of its page. */
export const isFullText = (blocks: readonly TextBlock[]): boolean => {
  const paragraphs = blocks.filter((block) => block.level === 0 && block.text.length >= 100);
  const headings = blocks.filter((block) => block.level > 0 && MAIN.test(fold(block.text)));
  return headings.length > 0 && paragraphs.length >= 1 && paragraphs.length + headings.length >= 3;
};
