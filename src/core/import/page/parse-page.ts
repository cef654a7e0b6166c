import type { Draft, PageShape } from '#shared/model/draft';
import { detectShape } from './detect';
import { readEuropub } from './europub';
import { type Line, readLines } from './lines';
import { Page } from './page';
import { readPmc } from './pmc';
import { readPublisher } from './publisher';
import { readPubmed } from './pubmed';
import { readUnknown } from './unknown';
import { readWprim } from './wprim';

const READERS: Readonly<Record<PageShape, (page: Page) => Draft>> = {
  europub: readEuropub,
  wprim: readWprim,
  pubmed: readPubmed,
  pmc: readPmc,
  publisher: readPublisher,
  unknown: readUnknown,
};

/** No page of one article has more lines; what follows them is kept as text, unread. */
const MOST_LINES = 8000;

/** Keeps lines beyond the limit as one block of text, so that nothing of the source is lost. */
const keepRest = (draft: Draft, rest: readonly Line[]): Draft => {
  if (rest.length === 0) return draft;
  for (const line of rest) draft.lines[line.index] = 'body';
  draft.body.push({ level: 0, text: rest.map((line) => line.text).join('\n') });
  draft.doubts.push({
    field: 'body',
    reason: 'lines-limit',
    detail: String(MOST_LINES),
  });
  return draft;
};

/**
 * Reads the text of an article's page into fields, abstract, related titles and text. Never throws, whatever the
 * text, and takes time in proportion to its length. A page that fits no shape comes back `unrecognised`.
 */
export const parsePage = (text: string): Draft => {
  const { lines, count } = readLines(text);
  const head = lines.slice(0, MOST_LINES);
  const rest = lines.slice(MOST_LINES);
  const shape = detectShape(head);
  const draft = READERS[shape](new Page(head, count));
  const { title, abstract, author, 'container-title': journal } = draft.fields;
  // Too little was found to call it understood: better the whole text than a page without a title.
  const useful = title !== '' && (abstract !== undefined || author.length > 0 || journal !== undefined);
  return keepRest(shape === 'unknown' || useful ? draft : readUnknown(new Page(head, count)), rest);
};
