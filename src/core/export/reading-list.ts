import { type Article, nameOf, yearOf } from '#shared/model/article';

const COLUMNS: readonly (readonly [string, (article: Article) => string | number | undefined])[] = [
  ['id', ({ id }) => id],
  ['title', ({ title }) => title],
  ['authors', ({ author }) => author.map(nameOf).join('; ')],
  ['journal', (article) => article['container-title']],
  ['year', yearOf],
  ['DOI', ({ DOI }) => DOI],
  ['PMID', ({ PMID }) => PMID],
  ['status', ({ reading }) => reading.status],
  ['priority', ({ reading }) => reading.priority],
  ['due', ({ reading }) => reading.due],
  ['added', ({ added }) => added],
  ['opened', ({ reading }) => reading.opened],
  ['finished', ({ reading }) => reading.finished],
  ['read', ({ reading }) => reading.position?.fraction],
  ['tags', ({ tags }) => tags.join('; ')],
];

/** RFC 4180. A text that a spreadsheet would run as a formula is made one that it shows (OWASP, CSV injection). */
const cell = (value: string | number | undefined): string => {
  const text = String(value ?? '');
  const shown = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
};

/** The head line of the reading list as CSV. */
export const readingListHead = `${COLUMNS.map(([name]) => name).join(',')}\r\n`;

/** One article as a line of it. */
export const readingListLine = (article: Article): string =>
  `${COLUMNS.map(([, value]) => cell(value(article))).join(',')}\r\n`;
