import type { Draft } from '#shared/model/draft';
import { readArticlePage } from './article-page';
import { labelOf } from './labels';
import { toRows } from './lines';
import type { Page } from './page';

/** A page of PubMed Central copied whole: navigation, `. 2015 Mar 3;9(2):330-336. doi: …`, title, authors, text. */
export const readPmc = (page: Page): Draft => {
  const rows = toRows(page.lines, (line) => labelOf(line) !== undefined);
  const full = readArticlePage(rows, page, { titleAfterCitation: true, hasBody: true });
  return page.finish('pmc', full ? 'full-text' : 'abstract');
};
