import type { Draft } from '#shared/model/draft';
import { LabelledReader } from './labelled';
import { type Label, labelOf, runInLabel } from './labels';
import { type Line, type Row, toRows } from './lines';
import type { Page } from './page';

/** WPRIM marks labels with a dash; `Author Information` is the one that goes without. */
const wprimLabel = (row: Row | Line): Label | undefined => {
  const label = labelOf(row) ?? runInLabel(row);
  if (!label) return undefined;
  if (/^[-•]/.test(row.key)) return label;
  return label.name === 'affiliations' || label.name === 'abstract' || label.name === 'doi'
    ? label
    : undefined;
};

/**
 * WPRIM (Western Pacific Region Index Medicus): a title, then `- VernacularTitle:`, `- Author:` with the numbers of
 * addresses on lines of their own, `- Keywords:`, `- From: Journal 2025;41(3):561-567`, `- Language:`, `- Abstract:`.
 */
export const readWprim = (page: Page): Draft => {
  const rows = toRows(page.lines, (line) => wprimLabel(line) !== undefined);
  new LabelledReader(page, { labelOf: wprimLabel, preferCapitals: true, freeIsRelated: false }).read(rows);
  page.fields.title = page.fields.title.replace(/^\d{1,3}\.\s/, '').replace(/(?<!\.)\.$/, '');
  return page.finish('wprim', 'abstract');
};
