import type { Draft } from '#shared/model/draft';
import { LabelledReader } from './labelled';
import { labelOf } from './labels';
import { toRows } from './lines';
import type { Page } from './page';

/**
 * EuroPub, and other pages made of labels, English or Chinese: title, `Journal Title: X - Year Y, Vol V, Issue I`,
 * Abstract, Authors and Affiliations, Keywords, EP ID, DOI, Views, Downloads, How To Cite, related titles with
 * teasers.
 */
export const readEuropub = (page: Page): Draft => {
  const rows = toRows(page.lines, (line) => labelOf(line) !== undefined);
  new LabelledReader(page, { preferCapitals: true, freeIsRelated: true }).read(rows);
  return page.finish('europub', 'abstract');
};

/** A page of labels from another site, where loose lines are the site's and not related articles. */
export const readLabels = (page: Page): Draft => {
  const rows = toRows(page.lines, (line) => labelOf(line) !== undefined);
  new LabelledReader(page, { preferCapitals: false, freeIsRelated: false }).read(rows);
  return page.finish('publisher', 'abstract');
};
