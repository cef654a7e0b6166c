import type { PageShape } from '#shared/model/draft';
import { isAuthorLine } from './authors';
import { isCitationLine } from './journal-line';
import { labelOf } from './labels';
import type { Line } from './lines';
import { firstRecord } from './records';

/** Evidence is looked for in this many lines; the head of every page is within them. */
const LOOKED_AT = 600;
/** What a shape must reach to be believed. */
const ENOUGH = 4;

type Evidence = readonly [pattern: RegExp, shape: Exclude<PageShape, 'unknown'>, points: number];

const EVIDENCE: readonly Evidence[] = [
  [/^journal title\s?:/i, 'europub', 5],
  [/\s-{1,2}\s?year:?\s\d{4},?\s?vol/i, 'europub', 4],
  [/^authors and affiliations$/i, 'europub', 3],
  [/^ep id\b/i, 'europub', 4],
  [/europub/i, 'europub', 2],
  [/^how to cite$/i, 'europub', 1],
  [/^-\s?vernacular\s?title\s?:/i, 'wprim', 5],
  [/^-\s?authors?\s?:/i, 'wprim', 3],
  [/^-\s?from\s?:/i, 'wprim', 3],
  [/^-\s?(?:keywords?|language|country|publication type|abstract)\s?:?/i, 'wprim', 2],
  [/\bwprim\b/i, 'wprim', 2],
  [/^author information:$/i, 'pubmed', 3],
  [/^pmid: \d{1,9}(?: \[indexed|$)/i, 'pubmed', 2],
  [/^pmid:? ?\d{1,9}\s+(?:pmcid|doi)/i, 'pubmed', 4],
  [/^similar articles$|^full text links$|^linkout - more resources$|^display options$/i, 'pubmed', 2],
  [/^search in pmc$|^view in nlm catalog$|^search pmc full-text archive$|^pubmed central$/i, 'pmc', 3],
  [/^pmcid:? ?pmc\d{3,9}\s+pmid/i, 'pmc', 5],
  [/^pmc copyright notice|^copyright and license information|^pmc disclaimer/i, 'pmc', 3],
  [/^articles from .{3,120} are provided here courtesy/i, 'pmc', 5],
  [/^(?:author information )?article notes copyright and license information/i, 'pmc', 3],
  [/^pmcid: ?pmc\d{3,9}$/i, 'pmc', 2],
  [/^permalink$/i, 'pmc', 1],
  [/^.{0,120}(?:\bdoi\s?:?\s?10\.|https?:\/\/(?:dx\.)?doi\.org\/10\.)/i, 'publisher', 1],
  [/^(?:1\.?\s)?introduction$/i, 'publisher', 1],
  [/^(?:received|accepted|收稿日期|基金项目)\s?[:：]/i, 'publisher', 1],
  [
    /^(?:get rights and content|cite this article|author links open overlay panel|copyright ©the author)/i,
    'publisher',
    2,
  ],
];

const firstOf = (key: string): RegExp | undefined => (/^[.:]\s?\d{4}\s/.test(key) ? /./ : undefined);

/** How much each shape has for itself, and whether `abstract`, a citation and names stand on the page. */
const weigh = (lines: readonly Line[]): Map<PageShape, number> => {
  const scores = new Map<PageShape, number>();
  const used = new Set<Evidence>();
  const add = (shape: PageShape, points: number): void =>
    void scores.set(shape, (scores.get(shape) ?? 0) + points);
  const labels = new Set<string>();
  let citations = 0;
  let names = 0;
  lines.slice(0, LOOKED_AT).forEach((line, at) => {
    for (const evidence of EVIDENCE) {
      if (used.has(evidence) || !evidence[0].test(line.key)) continue;
      used.add(evidence);
      add(evidence[1], evidence[2]);
    }
    const label = labelOf(line);
    if (label) labels.add(label.name);
    if (firstOf(line.key)) {
      add('pubmed', 2);
      add('pmc', 2);
    }
    if (at < 80 && isCitationLine(line.text)) citations += 1;
    if (at < 80 && line.text.length > 8 && line.text.length < 3000 && isAuthorLine(line.text)) names += 1;
  });
  if (firstRecord(lines) !== undefined) add('pubmed', 5);
  addPublisher(labels, citations, names, add);
  return scores;
};

const CHINESE_LABELS = [
  'title',
  'journal',
  'abstract',
  'authors',
  'keywords',
  'affiliations',
  'authorsAndAffiliations',
  'doi',
  'epId',
];

const addPublisher = (
  labels: ReadonlySet<string>,
  citations: number,
  names: number,
  add: (shape: PageShape, points: number) => void,
): void => {
  if (labels.has('abstract')) add('publisher', 2);
  if (labels.has('keywords')) add('publisher', 1);
  if (citations > 0) add('publisher', 2);
  if (names > 0) add('publisher', 1);
  // Labels alone make a page of labels, whatever the site; EuroPub's reader knows them all.
  const known = CHINESE_LABELS.filter((name) => labels.has(name)).length;
  if (known >= 4 && (labels.has('title') || labels.has('journal')) && labels.has('authors'))
    add('publisher', 4);
};

/** The shape with the most evidence, or `unknown` where no shape has enough. */
export const detectShape = (lines: readonly Line[]): PageShape => {
  let best: PageShape = 'unknown';
  let most = ENOUGH - 1;
  for (const [shape, points] of weigh(lines)) {
    // What any publisher's page has, pages of the named sites have too; their own marks count for more.
    const capped = shape === 'publisher' ? Math.min(points, 6) : points;
    if (capped > most || (capped === most && best === 'publisher')) {
      best = shape;
      most = capped;
    }
  }
  return best;
};
