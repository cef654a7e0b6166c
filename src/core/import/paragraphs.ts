import type { TextBlock } from '#shared/model/draft';

/** No paragraph of an article is as long; a longer one is a text without line breaks, which no browser lays out fast. */
const LONGEST = 10_000;
/** Characters of the paragraphs it is cut into, at most. */
const CUT = 4000;

const SENTENCE_END = /[.!?]["'”’)\]]{0,2}\s(?=\S)|[。！？][”’）】]{0,2}/gu;

/** Where to cut `text`, which is longer than {@link CUT}: after a sentence, else after a word, else where it must be. */
const cutOf = (text: string): number => {
  const window = text.slice(CUT / 2, CUT);
  const end = [...window.matchAll(SENTENCE_END)].at(-1);
  if (end) return CUT / 2 + end.index + end[0].length;
  const space = window.lastIndexOf(' ');
  if (space >= 0) return CUT / 2 + space + 1;
  // Not between the halves of a surrogate pair.
  return /[\uD800-\uDBFF]$/.test(window) ? CUT - 1 : CUT;
};

const cutLine = (line: string): string[] => {
  if (line.length <= LONGEST) return [line];
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > CUT) {
    const at = cutOf(rest);
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...pieces, rest];
};

/** The blocks with paragraphs that are too long cut at the ends of sentences; not a character is lost. */
export const cutLongParagraphs = (blocks: readonly TextBlock[]): TextBlock[] =>
  blocks.map(({ level, text }) =>
    text.length <= LONGEST ? { level, text } : { level, text: text.split('\n').flatMap(cutLine).join('\n') },
  );
