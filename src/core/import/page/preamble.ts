import { isAffiliation, isAuthorLine } from './authors';
import { isFurniture } from './furniture';
import { findDoi } from './identifiers';
import { isCitationLine } from './journal-line';
import { joinWrapped, type Row, weightOf } from './lines';
import type { Page } from './page';

/** Where names and addresses found above the first label go. */
interface People {
  readonly authors: Row[];
  readonly affiliations: Row[];
}

/** A title broken into more lines than this is no title. */
const MOST_TITLE_ROWS = 6;

/** A word or two below a line that says much more. */
const isButton = (row: Row | undefined, above: Row | undefined): boolean =>
  row !== undefined &&
  above !== undefined &&
  weightOf(row.text) < 12 &&
  weightOf(above.text) > 3 * weightOf(row.text) &&
  !/^[\p{Ll}(]/u.test(row.text) &&
  !/[-:：,–]$/.test(above.text);

const titleFrom = (lines: readonly Row[], page: Page): void => {
  // A button between the title and the first label is no title.
  let end = lines.length;
  while (end > 1 && isButton(lines[end - 1], lines[end - 2])) end -= 1;
  const free = lines.slice(0, end);
  const last = free.at(-1);
  if (!last) return;
  const rows: Row[] = [last];
  for (let at = free.length - 2; at >= Math.max(0, free.length - MOST_TITLE_ROWS); at -= 1) {
    const [row, next] = [free[at], rows[0]];
    // A title that the page broke in two goes on in small letters, or breaks after a colon or a hyphen.
    if (
      row &&
      next &&
      !next.gap &&
      (/^[\p{Ll}(]/u.test(next.text) || /[-:：,–]$|\s(?:of|in|and|for|with|the|to|on|by|a)$/.test(row.text))
    )
      rows.unshift(row);
    else break;
  }
  for (const row of rows) page.mark(row, 'title');
  page.fields.title = rows.map((row) => row.text).reduce(joinWrapped);
  if (rows.length < lines.length) page.doubt('title', 'title-before-label');
};

/** Lines before the first label: the title, and furniture, authors or a journal line around it. */
export const readPreamble = (preamble: readonly Row[], page: Page, people: People, titled: boolean): void => {
  const free: Row[] = [];
  for (const row of preamble) {
    if (isFurniture(row.key)) continue;
    const doi = /^(?:doi\s?:?\s?|https?:\/\/(?:dx\.)?doi\.org\/)?10\.\d{4,9}\/\S+$/i.test(row.key)
      ? findDoi(row.text)
      : undefined;
    if (doi !== undefined) {
      page.fill('DOI', doi);
      page.mark(row, 'identifier');
    } else if (isCitationLine(row.text) && page.citeText(row.text)) page.mark(row, 'container-title');
    else if (free.length > 0 && people.authors.length === 0 && isAuthorLine(row.text)) {
      people.authors.push(row);
      page.mark(row, 'author');
    } else if (people.authors.length > 0 && isAffiliation(row.text)) {
      people.affiliations.push(row);
      page.mark(row, 'affiliation');
    } else free.push(row);
  }
  if (titled || free.length === 0) return;
  titleFrom(free, page);
};
