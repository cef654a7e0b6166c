import type { Draft } from '#shared/model/draft';
import { readArticlePage } from './article-page';
import { readLabels } from './europub';
import { labelOf } from './labels';
import { toRows } from './lines';
import type { Page } from './page';

/** Labels without which a page of labels cannot be read as one: it must name its title or its journal. */
const isLabelled = (page: Page): boolean => {
  const names = new Set(page.lines.slice(0, 300).flatMap((line) => labelOf(line)?.name ?? []));
  const authors = names.has('authors') || names.has('authorsAndAffiliations');
  return (
    (names.has('title') && (authors || names.has('journal'))) ||
    (names.has('journal') && authors && names.has('abstract'))
  );
};

/** A publisher's page: Baishideng, Elsevier, Wiley, Springer, MDPI, Chinese journals, and pages like theirs. */
export const readPublisher = (page: Page): Draft => {
  if (isLabelled(page)) return readLabels(page);
  const rows = toRows(page.lines, (line) => labelOf(line) !== undefined);
  const full = readArticlePage(rows, page, { titleAfterCitation: false, hasBody: true });
  return page.finish('publisher', full ? 'full-text' : 'abstract');
};
