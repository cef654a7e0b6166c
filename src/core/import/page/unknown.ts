import type { Draft } from '#shared/model/draft';
import { findDoi } from './identifiers';
import { rowOf, toRows } from './lines';
import { type Page, safeCut } from './page';

const TITLE_LIMIT = 300;

/** A page of no known shape: the first line is the title, the rest is kept as text, and both say so. */
export const readUnknown = (page: Page): Draft => {
  const [firstLine, ...others] = page.lines;
  const first = firstLine && rowOf([firstLine]);
  const rest = toRows(others, () => false);
  if (!first) {
    page.doubt('title', 'text-empty');
    return page.finish('unknown', 'unrecognised');
  }
  page.mark(first, 'title');
  if (first.text.length > TITLE_LIMIT) {
    const space = first.text.lastIndexOf(' ', TITLE_LIMIT);
    const cut = safeCut(first.text, space > TITLE_LIMIT / 2 ? space : TITLE_LIMIT);
    page.fields.title = first.text.slice(0, cut).trim();
    page.body.push({ level: 0, text: first.text.slice(cut).trim() });
    page.doubt('title', 'title-long', String(first.text.length));
  } else {
    page.fields.title = first.text;
    page.doubt('title', 'title-first-line');
  }
  for (const row of rest) {
    page.mark(row, 'body');
    page.body.push({ level: 0, text: row.text });
  }
  const dois = new Set(
    [first, ...rest.slice(0, 40)].map((row) => findDoi(row.text)).filter((doi) => doi !== undefined),
  );
  const [doi] = dois;
  if (dois.size === 1 && doi !== undefined) {
    page.fill('DOI', doi);
    page.doubt('identifier', 'doi-in-text');
  }
  return page.finish('unknown', 'unrecognised');
};
