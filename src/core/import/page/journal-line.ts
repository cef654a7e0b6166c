import { findDate, MONTH } from './dates';
import { isJournalSection } from './furniture';
import { findDoi } from './identifiers';
import { fold } from './lines';

/** What a line like `Journal 2025;41(3):561-567` says. */
export interface Citation {
  readonly journal?: string;
  readonly issued?: readonly number[];
  readonly volume?: string;
  readonly issue?: string;
  readonly page?: string;
  readonly DOI?: string;
}

const VOLUME = '(?<volume>[A-Za-z]?\\d{1,4}[A-Za-z]?)';
const ISSUE = '(?:\\s?\\((?<issue>[^()]{1,24})\\))?';
const PAGE = '(?<page>[A-Za-z]{0,3}\\d[\\w.]{0,12}(?:\\s?-{1,2}\\s?[A-Za-z]{0,3}\\d[\\w.]{0,11})?)';
const DATE_HEAD = `\\d{4}(?: ?-? ?${MONTH}(?:-${MONTH})?(?: \\d{1,2})?)?`;

/** Each notation is looked for in this order; what stands before the match is the journal. */
const NOTATIONS: readonly RegExp[] = [
  // X - Year 2025, Vol 41, Issue 3
  /\s-{1,2}\s?Year:?\s(?<date>\d{4})(?:,?\s?Vol(?:ume)?\.?:?\s?(?<volume>[\w./-]{1,12}))?(?:,?\s?(?:Issue|No\.?):?\s?(?<issue>[\w./-]{1,16}))?(?:,?\s?(?:Pages?|pp?\.):?\s?(?<page>[\w-]{1,20}))?/i,
  // World J Hepatol. Dec 27, 2023; 15(12): 1294-1306
  new RegExp(`(?<date>${MONTH} (?:\\d{1,2}, )?\\d{4})\\s?;\\s?${VOLUME}${ISSUE}\\s?:\\s?${PAGE}`, 'i'),
  // Journal. 2015 Mar 3;9(2):330-336 and Journal 2025;41(3):561-567
  new RegExp(`(?<date>${DATE_HEAD})\\s?;\\s?${VOLUME}?${ISSUE}\\s?:\\s?${PAGE}`, 'i'),
  // 临床肝胆病杂志, 2025, 41(3): 561-567 and Int. J. Mol. Sci. 2024, 25(3), 1234
  new RegExp(`(?<date>\\d{4})\\s?,\\s?${VOLUME}${ISSUE}\\s?[:,]\\s?${PAGE}`, 'i'),
  // 2025, Vol. 41, Issue (3): 561-567 and 2025, Vol.41 No.3 pp.561-567
  /(?<date>\d{4})\s?,?\s?Vol(?:ume)?\.?\s?(?<volume>\d{1,4})[,.]?\s?(?:(?:Issue|No)\.?\s?\(?(?<issue>[\w-]{1,10})\)?)?\s?[:,]?\s?(?:pp?\.?\s?|Pages?\s?)?(?<page>\d{1,6}-\d{1,6})?/i,
  // 2025年第41卷第3期 561-567页
  /(?<date>\d{4})\s?年?\s?,?\s?(?:第?\s?(?<volume>\d{1,4})\s?卷)?\s?[,>/]?\s?(?:第?\s?(?<issue>\d{1,4})\s?期)\s?,?[:第]?\s?(?:(?<page>\d{1,6}\s?-\s?\d{1,6})\s?页?)?/,
  // Volume 80, Issue 3, March 2024, Pages 456-470
  new RegExp(
    `Vol(?:ume)?\\.?\\s?(?<volume>\\d{1,4})(?:,?\\s?(?:Issue|No\\.?|Supplement)\\s?(?<issue>[\\w-]{1,10}))?,?\\s(?<date>(?:\\d{1,2} )?${MONTH}(?:[-/]${MONTH})?,?\\s\\d{4}|\\d{4})(?:,?\\s?(?:Pages?\\s?(?<page>[\\w.-]{1,20})|(?<article>[A-Za-z]{0,6}\\d{3,7})))?`,
    'i',
  ),
  // Volume 401, Issue 10379, P786-797, March 04, 2023, in capitals or with the commas lost
  new RegExp(
    `Vol(?:ume)?\\.?\\s(?<volume>\\d{1,4}),?\\s(?:Issue|No\\.?)\\s(?<issue>\\d{1,6}(?:-\\d{1,6})?),?\\s?p{1,2}\\.?\\s?(?<page>[a-z]?\\d{1,6}(?:-[a-z]?\\d{1,6})?),?\\s?(?<date>${MONTH}\\s(?:\\d{1,2},?\\s)?\\d{4})`,
    'i',
  ),
  // Volume 53, Issue 9 p. 801-812, with the year on another line
  /^Vol(?:ume)?\.?\s(?<volume>\d{1,4}),?\s(?:Issue|No\.?)\s(?<issue>[\w-]{1,10}),?\sp{1,2}\.?\s?(?<page>[\w.-]{1,20})$/i,
  // Volume 18, pages 345-356, (2024)
  /Volume\s(?<volume>\d{1,4})(?:,\s(?:issue|number)\s(?<issue>[\w-]{1,10}))?,\s?(?:pages?\s(?<page>[\w-]{1,20})|article number:?\s(?<article>\w{1,12}))\s?,?\s?\(?(?<date>\d{4})\)?/i,
  // Hepatology 79(2):p 345-356, February 2024
  new RegExp(
    `${VOLUME}\\((?<issue>[^()]{1,24})\\)\\s?:\\s?p{0,2}\\.?\\s?${PAGE},\\s(?<date>${MONTH}\\s(?:\\d{1,2},\\s)?\\d{4})`,
    'i',
  ),
  // Volume 15 - 2024
  /Volume\s(?<volume>\d{1,4})\s-\s(?<date>\d{4})\b/i,
  // 北方药学. 2012,9(05) and 肝脏 2016, 21(8), without pages
  new RegExp(`(?<date>\\d{4})\\s?,\\s?${VOLUME}\\((?<issue>[^()]{1,24})\\)(?=$|\\s)`, 'i'),
  // Journal. 2015 Mar 3;9(2) or 2024 Jan 5. without pages
  new RegExp(`(?<date>${DATE_HEAD})\\s?;\\s?${VOLUME}(?:\\s?\\((?<issue>[^()]{1,24})\\))?`, 'i'),
];

/** `Journal. 2024 Jan 5. doi: …`: ahead of print, a date and no volume. */
const AHEAD = new RegExp(`(?:^|[.\\s])(?<date>\\d{4} ${MONTH}(?: \\d{1,2})?)\\s?[.:]\\s`, 'i');

const tidyJournal = (text: string): string | undefined => {
  const name = text
    .replace(/^(?:home|首页)\s?[>›»/|]\s?/i, '')
    .replace(/^(?:\d{1,3}\.\s)?(?:Cite (?:this|as)\s?:?\s?)?/i, '')
    .replace(/^\s?\[[A-Z](?:\/[A-Z]{2})?\]\.?/, '')
    .replace(/^[\s.,;:·-]+/, '')
    .replace(/[\s,;:，；：·|–—-]+$/u, '')
    // An abbreviated name keeps its inner full stops (`Int. J. Mol. Sci.`); a lone one at the end is a separator.
    .replace(/^([^.]*)\.$/, '$1')
    .replace(/^《(.*)》$/, '$1');
  if (/article|paper|original|review|论著|综述/i.test(name) && isJournalSection(fold(name))) return undefined;
  return name.length >= 2 && name.length <= 200 && /\p{L}{2}/u.test(name) ? name : undefined;
};

const tidyPage = (page: string | undefined): string | undefined => {
  const value = page?.replace(/\s/g, '').replace(/--/g, '-').replace(/[.]$/, '');
  return value === undefined || value === '-' || value === '' ? undefined : value;
};

const build = (text: string, key: string, found: RegExpExecArray): Citation | undefined => {
  const { date = '', volume, issue, page, article } = found.groups ?? {};
  const issued = findDate(date);
  if (issued === undefined && date !== '') return undefined;
  const journal = tidyJournal(text.slice(0, found.index));
  const pages = tidyPage(page ?? article);
  const DOI = findDoi(key);
  return {
    ...(issued !== undefined && { issued }),
    ...(journal !== undefined && { journal }),
    ...(volume !== undefined && { volume }),
    ...(issue !== undefined && { issue: issue.trim() }),
    ...(pages !== undefined && { page: pages }),
    ...(DOI !== undefined && { DOI }),
  };
};

/** Reads a line of journal, date, volume, issue and pages in any notation known here. */
export const parseCitation = (line: string): Citation | undefined => {
  const text = line.slice(0, 600);
  const key = fold(text);
  if (!/\d{4}|^Vol/i.test(key)) return undefined;
  for (const notation of NOTATIONS) {
    const found = notation.exec(key);
    const citation = found ? build(text, key, found) : undefined;
    if (citation) return citation;
  }
  const ahead = AHEAD.exec(key);
  return ahead ? build(text, key, ahead) : undefined;
};

/** The numbers with which a reference ends; authors, title and journal stand before them. */
const REFERENCES: readonly RegExp[] = [
  // (2008) Title. PLoS ONE 3(7): e2565
  new RegExp(`\\s${VOLUME}\\((?<issue>[^()]{1,24})\\)\\s?:\\s?${PAGE}`),
  // Title. Hepatol Int 18, 345-356 (2024)
  new RegExp(`\\s${VOLUME}(?:\\((?<issue>[^()]{1,24})\\))?,\\s${PAGE}\\s\\((?<date>\\d{4})\\)`),
];

/** The last sentence of a text, with the abbreviated words of a journal's name (`J. Clin. Hepatol.`) put together. */
const lastPart = (text: string): string => {
  const parts = text.split(/(?<=[.?!])\s/);
  let at = parts.length - 1;
  while (at > 0 && /^\p{Lu}\p{L}{0,16}\.$/u.test(parts[at - 1] ?? '')) at -= 1;
  return parts.slice(at).join(' ');
};

/** Reads where an article appeared from the reference that it gives for itself. */
export const parseReference = (reference: string): Citation | undefined => {
  const text = reference.slice(0, 1500);
  const key = fold(text);
  for (const notation of REFERENCES) {
    const found = notation.exec(key);
    if (!found) continue;
    const before = text.slice(0, found.index);
    const date = found.groups?.['date'] ?? /\((\d{4})\)/.exec(before)?.[1] ?? '';
    const citation = build('', key, found);
    const journal = tidyJournal(lastPart(before));
    const issued = findDate(date);
    if (!citation || issued === undefined || journal === undefined) continue;
    return { ...citation, journal, issued };
  }
  return undefined;
};

/** Whether a line is nothing but a citation, and no sentence that happens to hold one. */
export const isCitationLine = (line: string): boolean => {
  if (line.length > 400) return false;
  const citation = parseCitation(line);
  if (!citation) return false;
  return (citation.journal?.length ?? 0) <= 120 && (citation.volume !== undefined || /doi/i.test(line));
};
