import { err, ok, type Result } from '#shared/lib/result';
import type { Draft, EncodingDoubt } from '#shared/model/draft';
import type { Problem } from '#shared/model/problem';
import { decode } from './decode';
import { splitLines, visible } from './page/lines';
import { parsePage } from './page/parse-page';
import { splitRecords } from './page/records';

/** One record as read: the whole draft, and as much of the text as a preview may show. */
export interface ReadSource {
  readonly draft: Draft;
  readonly sourceLines: string[];
  readonly hiddenLines: number;
  readonly encoding: string;
  readonly encodingDoubts: readonly EncodingDoubt[];
  /** The record's own text, where the source holds several. */
  readonly text?: string;
}

/** What a source holds: one page, or records, the first of them read and the text of the others. */
export interface ReadSources {
  readonly records: readonly ReadSource[];
  readonly rest: string;
}

/** Characters of source text for one preview; with the field of each line this stays under a message's limit. */
const SHOWN = 400_000;
/** What a line costs besides its text: quotes, and the name of the field it went to. */
const LINE_COST = 24;

const shownLines = (lines: readonly string[]): string[] => {
  let left = SHOWN;
  const shown: string[] = [];
  for (const line of lines) {
    if (left < line.length + LINE_COST) {
      // The first lines are what the reader needs; one line of megabytes is shown in part.
      if (shown.length === 0) shown.push(visible(line.slice(0, left - LINE_COST)));
      break;
    }
    left -= line.length + LINE_COST;
    shown.push(visible(line));
  }
  return shown;
};

/** More records than one answer has room for need not be read at once. */
const AT_ONCE = 200;

/** Bytes to drafts; the work of the worker thread. Fails with `binary-input` or `empty-input`. */
export const readSource = (bytes: Uint8Array, fileName?: string): Result<ReadSources, Problem> => {
  const decoded = decode(bytes, fileName);
  if (!decoded.ok) return err(decoded.error);
  const { text, encoding, doubts } = decoded.value;
  const texts = splitRecords(text);
  const several = texts.length > 1;
  return ok({
    records: texts.slice(0, AT_ONCE).map((record) => ({
      ...readRecord(record),
      encoding,
      encodingDoubts: doubts,
      ...(several && { text: record }),
    })),
    rest: texts.slice(AT_ONCE).join(''),
  });
};

const readRecord = (text: string): Pick<ReadSource, 'draft' | 'sourceLines' | 'hiddenLines'> => {
  const lines = splitLines(text);
  const sourceLines = shownLines(lines);
  return { draft: parsePage(text), sourceLines, hiddenLines: lines.length - sourceLines.length };
};
