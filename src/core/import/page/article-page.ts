import { endsSentence, hasCutMark, isSectionLabel, kindOf } from './abstract';
import { isBodyHeading, isFullText, readBody } from './body';
import { isFurniture } from './furniture';
import { readHeader, readIdentifiers } from './header';
import { findDoi } from './identifiers';
import { joinParagraphs } from './joining';
import { isCitationLine, parseReference } from './journal-line';
import { labelOf, splitKeywords } from './labels';
import type { Row } from './lines';
import type { Page } from './page';

export interface ArticlePageOptions {
  /** The title stands below the line of journal and date (PubMed, PMC). */
  readonly titleAfterCitation: boolean;
  /** Text after the abstract is the article's own (PMC, publishers), not the site's (PubMed). */
  readonly hasBody: boolean;
}

const isAbstractHeading = (row: Row): boolean => labelOf(row)?.name === 'abstract';

const saysNoAbstract = (row: Row): boolean => /^no abstract/i.test(row.key);

const isSentence = (row: Row): boolean =>
  endsSentence(row.text) &&
  /\s|\p{Script=Han}/u.test(row.text) &&
  !isSectionLabel(row.text) &&
  !isFurniture(row.key) &&
  labelOf(row) === undefined;

/** The heading `Abstract` that has a text below it; a list of contents has the same word and none. */
const findAbstract = (rows: readonly Row[]): number => {
  for (const [at, row] of rows.entries()) {
    if (!isAbstractHeading(row)) continue;
    const value = labelOf(row)?.value ?? '';
    const [next, second] = [rows[at + 1], rows[at + 2]];
    if (value.length > 60) return at;
    if (next === undefined) continue;
    if (next.text.length > 60 && !isFurniture(next.key)) return at;
    // A part of one short sentence; the entries of a list of contents are no sentences.
    if (isSentence(next)) return at;
    if (isSectionLabel(next.text) && second !== undefined && (second.text.length > 40 || isSentence(second)))
      return at;
    if (saysNoAbstract(next)) return at;
  }
  return -1;
};

const TAIL =
  /^(?:copyright|©|\(c\)\s?\d{4}|conflicts? of interest|competing interests|declaration of|graphical abstract|highlights|figures?$|section snippets|similar articles|references?(?:\s\(\d+\))?$|publication types|mesh terms|substances|core tip|impact (?:and|&) implications:?$|lay summary$|introduction$|keywords|key words|access options|linkout|related information|grants? and funding|full text sources|see this image|comment in|associated data|更多|基金|通信作者|收稿日期|利益冲突|引用本文|中图分类号)/i;

/** `Funding: …` in a row of its own is a part of the abstract where its other parts are set like that. */
const isInlineSection = (row: Row): boolean => {
  const colon = row.key.slice(0, 60).indexOf(': ');
  return colon > 0 && isSectionLabel(row.text.slice(0, colon));
};

/** The rows of an abstract that begin at `from`, up to keywords, tail or the article's own text. */
const abstractEnd = (rows: readonly Row[], from: number): number => {
  const first = rows[from];
  const headed = first !== undefined && isSectionLabel(first.text);
  const seen = new Set<string>();
  let concluded = false;
  for (let at = from; at < rows.length; at += 1) {
    const row = rows[at];
    if (!row) break;
    const label = labelOf(row);
    const isLabel = isSectionLabel(row.text);
    if (isLabel && headed) {
      const kind = kindOf(row.text);
      // A second `Methods`, or an introduction after the conclusions, belongs to the article's text.
      if (seen.has(row.key.toLowerCase()) || (concluded && (kind === 'background' || kind === 'methods')))
        return at;
      seen.add(row.key.toLowerCase());
      concluded ||= kind === 'conclusions';
      continue;
    }
    const before = rows[at - 1];
    if (at === from || (headed && before && isSectionLabel(before.text))) continue;
    if (isInlineSection(row) && before && isInlineSection(before)) continue;
    if (label && label.name !== 'abstract' && !(label.name === 'notice' && label.value.length > 80))
      return at;
    if (TAIL.test(row.key) || isBodyHeading(row) || isCitationLine(row.text) || isFurniture(row.key))
      return at;
    if (!/[.。:：!?！？;；)\]”"…]$/.test(row.text.slice(-1)) && row.text.length < 90) return at;
  }
  return rows.length;
};

const readAbstract = (rows: readonly Row[], at: number, page: Page): number => {
  const heading = rows[at];
  if (!heading) return at;
  const value = labelOf(heading)?.value ?? '';
  page.mark(heading, 'abstract');
  const own: Row[] =
    value === ''
      ? []
      : [{ ...heading, text: value, key: heading.key.slice(heading.key.length - value.length) }];
  const until = abstractEnd(
    own.length > 0 ? [...rows.slice(0, at), ...own, ...rows.slice(at + 1)] : rows,
    own.length > 0 ? at : at + 1,
  );
  own.push(...rows.slice(at + 1, until));
  fillAbstract(own, page);
  return until;
};

const fillAbstract = (own: readonly Row[], page: Page): void => {
  const text = joinParagraphs(own);
  if (text === '' || /^no abstract (?:is )?available/i.test(text)) return;
  for (const row of own) page.mark(row, 'abstract');
  page.fill('abstract', text);
  if (hasCutMark(text)) page.fields.abstractCutOff = true;
  else if (!endsSentence(text)) page.doubt('abstract', 'abstract-cut-off');
};

/** Rows of keywords that begin at `at`; returns the row after them. */
export const readKeywords = (rows: readonly Row[], at: number, page: Page): number => {
  const heading = rows[at];
  if (!heading) return at;
  const value = labelOf(heading)?.value ?? '';
  page.mark(heading, 'keyword');
  const words: string[] = value === '' ? [] : [value];
  let next = at + 1;
  for (; next < rows.length; next += 1) {
    const row = rows[next];
    if (
      !row ||
      row.text.length > 200 ||
      labelOf(row) ||
      isBodyHeading(row) ||
      TAIL.test(row.key) ||
      isFurniture(row.key)
    )
      break;
    const goesOn =
      words.length === 0 ||
      /[;,；，、]$/.test(words.at(-1) ?? '') ||
      (value === '' && row.text.length <= 60 && !/[;；]/.test(words[0] ?? ''));
    if (!goesOn || /[.。]$/.test(words.at(-1) ?? '')) break;
    words.push(row.text);
    page.mark(row, 'keyword');
  }
  page.fill('keyword', splitKeywords(words));
  return next;
};

/** `Citation: …`, or the heading `Cite this article` with the reference below it. */
const readReference = (label: Row, next: Row | undefined, page: Page): void => {
  const row = labelOf(label)?.value === '' ? next : label;
  if (row && page.cite(parseReference(row.text))) page.mark(row, 'container-title');
};

/** What stands between the abstract and the article's text: keywords, identifiers, notices. */
const readTail = (rows: readonly Row[], from: number, page: Page, hasBody: boolean): void => {
  let at = from;
  let cited = false;
  while (at < rows.length) {
    const row = rows[at];
    if (!row) return;
    if (/^section snippets$/i.test(row.key)) return;
    if (labelOf(row)?.name === 'keywords') {
      at = readKeywords(rows, at, page);
      continue;
    }
    if (labelOf(row)?.name === 'howToCite' && !cited) {
      readReference(row, rows[at + 1], page);
      cited = true;
    }
    page.fill('page', /(?:^|\s)页码\s?:\s?(\d{1,6}-\d{1,6})/.exec(row.key)?.[1]);
    if (hasBody && startsBody(row, rows[at + 1])) {
      takeBody(rows.slice(at), page);
      return;
    }
    if (
      !readIdentifiers(row, page) &&
      isCitationLine(row.text) &&
      page.fields.volume === undefined &&
      page.citeText(row.text)
    )
      page.mark(row, 'container-title');
    at += 1;
  }
};

const NOTICE =
  /^(?:core tip|highlights|graphical abstract|copyright|©|citation:|corresponding|correspondence|funding|supported by|author contributions|conflict|data sharing|informed consent|open[- ]access|e-?mail|trial registration|abbreviations?:|this is an open|academic editor|how to cite|impact and implications|基金|通信作者|引用本文)/i;

const startsBody = (row: Row, next: Row | undefined): boolean => {
  if (isBodyHeading(row)) return next !== undefined && !/^(?:references?|参考文献)$/i.test(row.key);
  if (NOTICE.test(row.key)) return false;
  // A heading that is not one of the usual ones, above the first paragraph.
  const heading = row.text.length <= 90 && !/[.。:：;,]$/.test(row.text) && !isFurniture(row.key);
  return (
    row.text.length > 300 ||
    (heading && next !== undefined && next.text.length > 300 && !NOTICE.test(next.key))
  );
};

const takeBody = (rows: readonly Row[], page: Page): void => {
  // A preview of the first lines of each section is no full text: what a publisher shows to those without access.
  const snippets = rows.findIndex((row) => /^section snippets$/i.test(row.key));
  if (snippets >= 0) return;
  const keywords = rows.findIndex((row) => labelOf(row)?.name === 'keywords' && labelOf(row)?.value !== '');
  if (keywords >= 0 && keywords < 3 && page.fields.keyword === undefined) readKeywords(rows, keywords, page);
  const blocks = readBody(rows, page);
  if (isFullText(blocks)) page.body.push(...blocks);
  else for (const row of rows) page.mark(row, 'ignored');
};

/** The first long paragraph of a page that has no heading `Abstract`, if one follows the authors. */
const looseAbstract = (rows: readonly Row[]): number =>
  rows.findIndex(
    (row, at) =>
      at > 1 &&
      (row.text.length > 350 || (isSectionLabel(row.text) && (rows[at + 1]?.text.length ?? 0) > 100)),
  );

/** Reads a page of one article: header, abstract, and what follows. Returns whether it holds the full text. */
export const readArticlePage = (rows: readonly Row[], page: Page, options: ArticlePageOptions): boolean => {
  const at = findAbstract(rows);
  if (at >= 0) {
    readHeader(rows.slice(0, at), page, options.titleAfterCitation);
    const until = readAbstract(rows, at, page);
    readTail(rows, until, page, options.hasBody);
  } else {
    const loose = looseAbstract(rows);
    const end = loose >= 0 ? loose : rows.length;
    readHeader(rows.slice(0, end), page, options.titleAfterCitation);
    if (loose >= 0) {
      const until = abstractEnd(rows, loose);
      fillAbstract(rows.slice(loose, until), page);
      page.doubt('abstract', 'abstract-without-heading');
      readTail(rows, until, page, options.hasBody);
    }
  }
  if (page.fields.abstract === undefined && rows.some(isAbstractHeading) && !rows.some(saysNoAbstract))
    page.doubt('abstract', 'abstract-not-found');
  readLooseDoi(rows, page);
  return page.body.length > 0;
};

/** A DOI anywhere in the first lines, where no line of its own has one. */
const readLooseDoi = (rows: readonly Row[], page: Page): void => {
  if (page.fields.DOI !== undefined) return;
  for (const row of rows.slice(0, 60)) {
    const doi = /\bdoi\b/i.test(row.key) && row.text.length < 400 ? findDoi(row.text) : undefined;
    if (doi === undefined) continue;
    page.fill('DOI', doi);
    return;
  }
};
