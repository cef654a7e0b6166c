import type { Draft, PageShape } from '#shared/model/draft';
import { detectShape } from './detect';
import { readEuropub } from './europub';
import { readLines } from './lines';
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

/**
 * Reads the text of an article's page into fields, abstract, related titles and text. Never throws, whatever the
 * text, and takes time in proportion to its length. A page that fits no shape comes back `unrecognised`.
 */
export const parsePage = (text: string): Draft => {
  const { lines, count } = readLines(text);
  const shape = detectShape(lines);
  const draft = READERS[shape](new Page(lines, count));
  // Too little was found to call it understood: better the whole text than a page without a title.
  const useful =
    draft.fields.title !== '' &&
    (draft.fields.abstract !== undefined ||
      draft.fields.author.length > 0 ||
      draft.fields['container-title'] !== undefined);
  return shape === 'unknown' || useful ? draft : readUnknown(new Page(lines, count));
};
