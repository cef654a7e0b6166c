import type { Draft } from '#shared/model/draft';
import { endsSentence, hasCutMark, isSectionLabel } from './abstract';
import { readArticlePage } from './article-page';
import { parseAuthors, readAffiliations } from './authors';
import { readIdentifiers } from './header';
import { languageOf } from './identifiers';
import { labelOf, splitKeywords } from './labels';
import { joinWrapped, type Line, type Row, rowOf, toRows } from './lines';
import type { Page } from './page';
import { firstRecord } from './records';

const SECTION_START = /^[A-Z][A-Z &/,'-]{2,58}[A-Z]:\s/;
const startsSection = (key: string): boolean =>
  SECTION_START.test(key) ||
  (key.slice(0, 60).includes(': ') && isSectionLabel(key.slice(0, key.indexOf(': '))));

/** Blocks between blank lines, each joined; a labelled section of an abstract begins a row of its own. */
const toBlocks = (lines: readonly Line[]): Row[][] => {
  const blocks: Row[][] = [];
  let open: Line[] = [];
  let block: Row[] = [];
  const closeRow = (): void => {
    if (open.length > 0) block.push(rowOf(open));
    open = [];
  };
  lines.forEach((line, at) => {
    const previous = lines[at - 1];
    if (previous && line.index > previous.index + 1) {
      closeRow();
      if (block.length > 0) blocks.push(block);
      block = [];
    }
    const ownRow =
      startsSection(line.key) || /^\(\d{1,3}\)\S/.test(line.key) || /^(?:DOI|PMC?ID|PMCID): /.test(line.key);
    if (ownRow) closeRow();
    open.push(line);
  });
  closeRow();
  if (block.length > 0) blocks.push(block);
  return blocks;
};

const NOTE =
  /^(?:copyright|©|\(c\)|conflict of interest|comment in|comment on|erratum|collaborators|publication types?|update (?:in|of)|retract|expression of concern|summary for patients|ecollection|online ahead of print|published by|author'?s? (?:declaration)|disclosure|the authors? declare|plain language summary)/i;

const isIdBlock = (block: readonly Row[]): boolean => /^(?:DOI|PMC?ID|PMCID): /.test(block[0]?.key ?? '');

const textOf = (block: readonly Row[]): string => block.map((row) => row.text).join('\n');

/** One record of PubMed's "Abstract (text)": blocks in a fixed order, most of which may be missing. */
const readRecord = (lines: readonly Line[], page: Page): void => {
  const [citation, ...blocks] = toBlocks(lines);
  for (const row of citation ?? []) page.mark(row, 'container-title');
  page.citeText(
    textOf(citation ?? [])
      .replace(/\n/g, ' ')
      .replace(/^\d{1,5}\.\s/, ''),
  );
  let names: Row | undefined;
  let addresses: string[] = [];
  for (const block of blocks) {
    const first = block[0];
    if (!first) continue;
    const text = textOf(block);
    if (isIdBlock(block)) {
      for (const row of block) readIdentifiers(row, page);
    } else if (page.fields.title === '') readTitle(block, page);
    else if (/^author information:/i.test(first.key)) {
      addresses = block.map((row) => row.text.replace(/^Author information:\s?/i, ''));
      for (const row of block) page.mark(row, 'affiliation');
    } else if (/^\[article in /i.test(first.key)) {
      page.fill('language', languageOf(/^\[article in (\w+)/i.exec(first.key)?.[1] ?? ''));
      page.mark(first, 'language');
    } else if (labelOf(first)?.name === 'keywords') {
      page.fill('keyword', splitKeywords([labelOf(first)?.value ?? '']));
      for (const row of block) page.mark(row, 'keyword');
    } else if (
      names === undefined &&
      page.fields.abstract === undefined &&
      block.length === 1 &&
      looksLikeNames(text)
    ) {
      names = first;
      page.mark(first, 'author');
    } else if (!NOTE.test(first.key) && page.fields.abstract === undefined) readText(block, page);
  }
  if (names) page.fill('author', parseAuthors(names.text, readAffiliations(addresses)).authors);
};

/** Names in PubMed's text end with a full stop and hold no sentence: `Smith J(1), Doe AB(1)(2).` */
const looksLikeNames = (text: string): boolean => {
  const pieces = text.slice(0, 3000).split(/[,;]/);
  const good = pieces.filter(
    (piece) =>
      /^\s?[\p{L}'’. -]{1,50}?(?:\s(?:\p{Lu}-?){1,4}(?:\s(?:Jr|Sr|2nd|3rd|II|III))?)?(?:\(\d{1,3}\))*\.?$/u.test(
        piece,
      ) && piece.trim().split(' ').length <= 7,
  );
  return good.length / pieces.length >= 0.7 && !/[a-z]{3}\.\s[A-Z]/.test(text);
};

const readTitle = (block: readonly Row[], page: Page): void => {
  const text = block.map((row) => row.text).reduce(joinWrapped);
  // PubMed sets a translated title in brackets.
  page.fields.title = text.replace(/(?<!\.)\.$/, '').replace(/^\[(.*?)\.?\]$/, '$1');
  for (const row of block) page.mark(row, 'title');
};

const readText = (block: readonly Row[], page: Page): void => {
  const text = textOf(block);
  page.fill('abstract', text);
  for (const row of block) page.mark(row, 'abstract');
  if (hasCutMark(text)) page.fields.abstractCutOff = true;
  else if (!endsSentence(text)) page.doubt('abstract', 'abstract-cut-off');
};

/** PubMed: one record saved as text, or the page of an article copied from the browser. */
export const readPubmed = (page: Page): Draft => {
  const first = firstRecord(page.lines);
  if (first === undefined) {
    const rows = toRows(page.lines, (line) => labelOf(line) !== undefined);
    readArticlePage(rows, page, { titleAfterCitation: true, hasBody: false });
  } else readRecord(page.lines.slice(first), page);
  return page.finish('pubmed', 'abstract');
};
