import { isAffiliation, isAuthorLine, parseAuthors, readAffiliations, someNames } from './authors';
import { findDate, MONTH } from './dates';
import { isFurniture, publicationTypeOf } from './furniture';
import { findDoi, findIssn, findPmcid, findPmid, languageOf } from './identifiers';
import { joinNames } from './joining';
import { isCitationLine, parseCitation } from './journal-line';
import { labelOf } from './labels';
import { joinWrapped, type Row, weightOf } from './lines';
import { isNameLike } from './names';
import type { Page } from './page';

/** A header longer than this many lines is no header. */
const MOST_ROWS = 400;

type Role = 'free' | 'author' | 'affiliation' | 'citation' | 'done';

/** What the rows above the abstract are, before the title is chosen among the free ones. */
interface Sorted {
  readonly free: { row: Row; at: number }[];
  readonly authors: { row: Row; at: number }[];
  readonly affiliations: Row[];
  citationAt: number | undefined;
}

const ID_LINE =
  /^(?:doi\b|https?:\/\/(?:dx\.)?doi\.org|pmc?id\b|pmcid\b|issn\b|e-?issn\b|pii\b|\[?article doi)/i;

/** Reads identifiers from a line that is made of them. Returns whether it was. */
export const readIdentifiers = (row: Row, page: Page): boolean => {
  if (!ID_LINE.test(row.key) || row.text.length > 300) return false;
  page.fill('DOI', findDoi(row.text));
  page.fill('PMID', findPmid(row.text));
  page.fill('PMCID', findPmcid(row.text));
  page.fill('ISSN', findIssn(row.text));
  page.mark(row, 'identifier');
  return true;
};

const LANGUAGE = /^\[?\s?article in (\w{4,12})/i;
const DATED =
  /^(?:first published|published(?: online)?|available online|version of record online|出版日期|发表时间)\s?[:：]?\s?/i;

/** `Front. Immunol., 12 March 2024`: the journal and the day, above a line with the volume. */
const JOURNAL_DATE = new RegExp(
  `^(?<journal>\\p{Lu}[\\p{L}. &-]{2,60}?),\\s(?<date>(?:\\d{1,2}\\s)?${MONTH}\\s\\d{4})$`,
  'u',
);

const readJournalDate = (row: Row, page: Page): boolean => {
  const found = JOURNAL_DATE.exec(row.key);
  const date = findDate(found?.groups?.['date'] ?? '');
  if (!found || !date) return false;
  page.fill('container-title', found.groups?.['journal']);
  page.fill('issued', { 'date-parts': [date] });
  page.mark(row, 'container-title');
  return true;
};

const readDetails = (row: Row, page: Page): boolean => {
  if (readJournalDate(row, page)) return true;
  const language = LANGUAGE.exec(row.key)?.[1];
  if (language !== undefined) {
    page.fill('language', languageOf(language));
    page.mark(row, 'language');
    return true;
  }
  const type = publicationTypeOf(row.key);
  if (type !== undefined) {
    page.fill('publicationTypes', [type]);
    page.mark(row, 'publicationTypes');
    return true;
  }
  return readIdentifiers(row, page);
};

/** `. 2015 Mar 3;9(2):330-336.` below the journal's name, as PubMed and PMC set it. */
const isSplitCitation = (row: Row): boolean => /^[.:]\s?\d{4}\b/.test(row.key);

/** Where a page stands in its site, which on Chinese journals' pages says year, volume and issue. */
const BREADCRUMB = /^(?:home|首页)\s?[>›»/|]/i;

const roleOf = (row: Row, at: number, rows: readonly Row[], sorted: Sorted, page: Page): Role => {
  const { authors, free, affiliations } = sorted;
  if (readDetails(row, page)) return 'done';
  if (BREADCRUMB.test(row.key) && parseCitation(row.text)?.volume !== undefined) return 'citation';
  if (isFurniture(row.key)) return 'done';
  if (isSplitCitation(row) || isCitationLine(row.text)) return 'citation';
  const next = rows[at + 1];
  if (next && isSplitCitation(next)) return 'free';
  const lastAuthor = authors.at(-1)?.at;
  if (lastAuthor !== undefined) {
    const near = at - lastAuthor === 1;
    if (
      near &&
      affiliations.length === 0 &&
      (/^[\d,*;\s†‡§✉()]{1,16}$/.test(row.key) || /^[,;]/.test(row.key))
    )
      return 'author';
    if (isAffiliation(row.text)) return 'affiliation';
    if (near && affiliations.length === 0 && isAuthorLine(row.text)) return 'author';
    if (affiliations.length === 0 && isNumberedNext(row, next)) return 'affiliation';
    return affiliations.length > 0 && isAddressPart(row) ? 'affiliation' : 'free';
  }
  const hasTitle = free.some((entry) => weightOf(entry.row.text) >= 20);
  if (isAuthorLine(row.text) && couldBeAuthors(row, hasTitle, free.length > 0 && !listFollows(rows, at)))
    return 'author';
  return hasTitle && isAffiliation(row.text) && !/^\p{Lu}.{60,}$/u.test(row.text) ? 'affiliation' : 'free';
};

/** A short title looks like names, and names like a short title: where they stand decides. */
const couldBeAuthors = (row: Row, hasTitle: boolean, isLastList: boolean): boolean =>
  isList(row.text) ? row.text.length > 45 || hasTitle || isLastList : hasTitle && isLastList;

const isList = (text: string): boolean =>
  /[,;，；、]|\s(?:and|&)\s|\p{Script=Han}\s\p{Script=Han}/u.test(text);
const listFollows = (rows: readonly Row[], at: number): boolean =>
  rows
    .slice(at + 1, at + 9)
    .some((row) => isList(row.text) && isAuthorLine(row.text) && !isAffiliation(row.text));
const isNumberedNext = (row: Row, next: Row | undefined): boolean =>
  /^\(?(?:\d{1,2}|[a-z*])\)?$/.test(row.key) && next !== undefined && isAffiliation(next.text);
const isAddressPart = (row: Row): boolean => /^\(?(?:\d{1,2}|[a-z*])\)?$/.test(row.key);

/** ScienceDirect runs a button's words into the names. */
const withoutPrefix = (row: Row): Row => {
  const prefix = /^author links open overlay panel(?=\p{Lu})/iu.exec(row.key)?.[0].length ?? 0;
  return prefix === 0 ? row : { ...row, text: row.text.slice(prefix), key: row.key.slice(prefix) };
};

const sortRows = (rows: readonly Row[], page: Page): Sorted => {
  const sorted: Sorted = { free: [], authors: [], affiliations: [], citationAt: undefined };
  rows.slice(0, MOST_ROWS).forEach((original, at) => {
    const row = withoutPrefix(original);
    const label = labelOf(row);
    if (label && readLabelled(label.name, label.value, row, page, sorted, at)) return;
    const role = roleOf(row, at, rows, sorted, page);
    if (role === 'free') sorted.free.push({ row, at });
    else if (role === 'author') sorted.authors.push({ row, at });
    else if (role === 'affiliation') sorted.affiliations.push(row);
    else if (role === 'citation') readCitation(row, at, rows, page, sorted);
  });
  return sorted;
};

/** A label inside a header (`DOI: …`, `作者：…`). Returns whether the row was used up. */
const readLabelled = (
  name: string,
  value: string,
  row: Row,
  page: Page,
  sorted: Sorted,
  at: number,
): boolean => {
  if (value === '') return false;
  if (name === 'authors') sorted.authors.push({ row: { ...row, text: value }, at });
  else if (name === 'affiliations') sorted.affiliations.push({ ...row, text: value });
  else if (name === 'journal' && page.citeText(value)) page.mark(row, 'container-title');
  else if (name === 'notice') return isFurniture(row.key);
  else return false;
  return true;
};

const readCitation = (row: Row, at: number, rows: readonly Row[], page: Page, sorted: Sorted): void => {
  const split = isSplitCitation(row);
  const above = split ? rows[at - 1] : undefined;
  if (above) {
    const entry = sorted.free.findIndex((candidate) => candidate.at === at - 1);
    if (entry >= 0) sorted.free.splice(entry, 1);
    page.fill('container-title', above.text.replace(/\.$/, ''));
    page.mark(above, 'container-title');
  }
  page.cite(parseCitation(split ? row.text.replace(/^[.:]\s?/, '') : row.text));
  page.fill('PMCID', findPmcid(row.text));
  page.fill('PMID', findPmid(row.text));
  page.mark(row, 'container-title');
  sorted.citationAt ??= at;
};

/** The title: the longest free row above the authors, with the rows that it was broken into. */
const chooseTitle = (sorted: Sorted, page: Page, after: number): number | undefined => {
  const authorsAt = sorted.authors[0]?.at ?? Number.POSITIVE_INFINITY;
  const above = sorted.free.filter(
    (entry) => entry.at < authorsAt && entry.at > after && !/^\[/.test(entry.row.text),
  );
  const pool = above.length > 0 ? above : sorted.free.filter((entry) => entry.at < authorsAt);
  const usable = pool.length > 0 ? pool : sorted.free;
  const best = usable.reduce<(typeof usable)[number] | undefined>(
    (chosen, entry) =>
      chosen === undefined || entry.row.text.length > chosen.row.text.length ? entry : chosen,
    undefined,
  );
  if (!best) return undefined;
  let text = best.row.text;
  page.mark(best.row, 'title');
  const used = [best.at];
  while (used.length < 6) {
    const next = usable.find((entry) => entry.at === (used.at(-1) ?? 0) + 1 && !entry.row.gap);
    if (!next || !(/^[\p{Ll}(]/u.test(next.row.text) || /[-:：–]$/.test(text))) break;
    text = joinWrapped(text, next.row.text);
    page.mark(next.row, 'title');
    used.push(next.at);
  }
  page.fields.title = text.replace(/(?<![.])\.$/, '');
  sorted.free.splice(0, sorted.free.length, ...sorted.free.filter((entry) => !used.includes(entry.at)));
  if (usable.length - used.length > 2) page.doubt('title', 'title-of-several');
  return best.at;
};

/** A name that can only be a journal's, wherever it stands. */
const MASTHEAD = /^(?:\p{Script=Han}{2,20}(?:杂志|学报)|(?:the )?journal of [\p{L} &]{3,60})$/iu;

const JOURNAL_WORD =
  /journal|hepatol|gastro|liver|medicine|杂志|学报|lancet|gut|jama|bmj|nature|plos|clinic/i;

/** A journal's name on a line of its own, near the numbers that have no name before them. */
const chooseJournal = (sorted: Sorted, page: Page, titleAt: number | undefined): void => {
  if (page.fields['container-title'] !== undefined) return;
  const near = sorted.free
    .filter(
      (entry) =>
        entry.row.text.length <= 90 && !/[.。!?]$/.test(entry.row.text) && /\p{L}{3}/u.test(entry.row.text),
    )
    .sort((a, b) => distance(a.at, sorted, titleAt) - distance(b.at, sorted, titleAt))[0];
  if (!near || distance(near.at, sorted, titleAt) > 4) {
    const masthead = sorted.free.find((entry) => MASTHEAD.test(entry.row.key));
    page.fill('container-title', masthead?.row.text);
    if (masthead) page.mark(masthead.row, 'container-title');
    return;
  }
  const isKnownJournal = JOURNAL_WORD.test(near.row.key);
  // Without a citation nothing says that a line is a journal's name but its own words.
  if (!isKnownJournal && sorted.citationAt === undefined && page.fields.volume === undefined) return;
  page.fill('container-title', near.row.text);
  page.mark(near.row, 'container-title');
  if (!isKnownJournal) page.doubt('container-title', 'journal-near-volume');
};

const distance = (at: number, sorted: Sorted, titleAt: number | undefined): number =>
  Math.abs(at - (sorted.citationAt ?? titleAt ?? 0));

/** A date of publication stated on a line of its own, for pages without a citation. */
const readDates = (rows: readonly Row[], page: Page): void => {
  if (page.fields.issued !== undefined) return;
  for (const row of rows.slice(0, MOST_ROWS)) {
    const found = DATED.exec(row.key);
    const date = found ? findDate(row.text.slice(found[0].length)) : undefined;
    if (!date) continue;
    page.fill('issued', { 'date-parts': [date] });
    page.mark(row, 'issued');
    return;
  }
};

/** Reads the rows above an abstract. With `titleAfterCitation` the title stands below the journal's line. */
export const readHeader = (rows: readonly Row[], page: Page, titleAfterCitation: boolean): void => {
  const sorted = sortRows(rows, page);
  const after = titleAfterCitation ? (sorted.citationAt ?? -1) : -1;
  const titleAt = chooseTitle(sorted, page, after);
  chooseJournal(sorted, page, titleAt);
  readDates(rows, page);
  if (sorted.authors.length === 0) return;
  for (const { row } of sorted.authors) page.mark(row, 'author');
  for (const row of sorted.affiliations) page.mark(row, 'affiliation');
  const list = parseAuthors(
    joinNames(sorted.authors.map((entry) => entry.row.text)),
    readAffiliations(pairNumbers(sorted.affiliations.map((row) => row.text))),
  );
  page.fill('author', list.authors);
  const odd = list.odd.filter((name) => !isNameLike(name));
  if (odd.length > 0) page.doubt('author', 'author-odd', someNames(odd));
};

/** MDPI sets the number of an address on the line above it. */
const pairNumbers = (rows: readonly string[]): string[] => {
  const paired: string[] = [];
  let number = '';
  for (const row of rows) {
    if (/^\(?(?:\d{1,2}|[a-z*])\)?$/.test(row)) number = row.replace(/[()]/g, '');
    else {
      paired.push(number === '' ? row : `${number} ${row}`);
      number = '';
    }
  }
  return paired;
};
