/** A line of the source that is not blank. */
export interface Line {
  /** Place in the source, from 0. */
  readonly index: number;
  /** What the source says, without invisible characters, white space collapsed and trimmed. */
  readonly text: string;
  /** The head of `text`, full-width signs folded to ASCII, letter by letter: an offset is valid in both. */
  readonly key: string;
}

/** One or more lines that the source wrapped and that belong together. */
export interface Row {
  readonly text: string;
  readonly key: string;
  readonly lines: readonly Line[];
  /** A blank line stands before it. */
  readonly gap: boolean;
}

/** Matching looks no further into a line than this, so that a line of megabytes costs nothing. */
const HEAD = 600;

const LINE_END = /\r\n|[\n\r\f\v\u2028\u2029]/;

/** Splits a source into lines; the line numbers of a draft and of the preview both come from here. */
export const splitLines = (text: string): string[] => text.split(LINE_END);

/** Where each line of `splitLines` begins in the text. */
export const lineStarts = (text: string): number[] => [
  0,
  ...Array.from(text.matchAll(new RegExp(LINE_END, 'g')), (end) => end.index + end[0].length),
];

// Bidi controls could show a text in another order than it is stored; the rest cannot be seen at all.
const INVISIBLE = /[\p{Cc}\p{Bidi_Control}\u00AD\u200B\u2060-\u2064\u206A-\u206F\uFEFF\uFFF9-\uFFFB]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** A line without what cannot be seen: control characters, bidi controls, lone surrogates. White space stays. */
export const visible = (text: string): string =>
  text.replace(/\t/g, ' ').replace(INVISIBLE, '').replace(LONE_SURROGATE, '\uFFFD');

// Most lines are plain and need none of the work.
const PLAIN = /^[\x21-\x7E]+(?: [\x21-\x7E]+)*$/;

/** A line without control characters, bidi controls and lone surrogates, white space collapsed and trimmed. */
export const cleanLine = (text: string): string => (PLAIN.test(text) ? text : cleanAny(text));

const cleanAny = (text: string): string =>
  text
    .replace(/[\t\v\f\u00A0\u3000]/g, ' ')
    .replace(INVISIBLE, '')
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(/\s+/g, ' ')
    .trim();

const ASCII = /^[\p{ASCII}]*$/u;

const foldSign = (sign: string): string => {
  if (sign === '【' || sign === '〔' || sign === '［') return '[';
  if (sign === '】' || sign === '〕' || sign === '］') return ']';
  if (sign === '–' || sign === '—' || sign === '−' || sign === '‐' || sign === '‑') return '-';
  const code = sign.charCodeAt(0);
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : ' ';
};

/** Full-width forms, Chinese brackets and dashes as ASCII; the length stays. For matching only. */
export const fold = (text: string): string =>
  ASCII.test(text) ? text : text.replace(/[\uFF01-\uFF5E\u3000\u00A0【】〔〕–—−‐‑]/g, foldSign);

/** The lines that are not blank, and how many lines the source has in all. */
export const readLines = (text: string): { lines: Line[]; count: number } => {
  const raw = splitLines(text);
  const lines: Line[] = [];
  raw.forEach((entry, index) => {
    if (entry === '') return;
    const clean = cleanLine(entry);
    if (clean !== '') lines.push({ index, text: clean, key: fold(clean.slice(0, HEAD)) });
  });
  return { lines, count: raw.length };
};

const HAN_END = /\p{Script=Han}$|[，。；：、）】》”]$/u;
const HAN_START = /^(?:\p{Script=Han}|[，。；：、（【《“])/u;

/** Joins two halves of a wrapped line: no space inside Chinese or after a hyphen that broke a word. */
export const joinWrapped = (before: string, after: string): string => {
  if (HAN_END.test(before.slice(-2)) && HAN_START.test(after.slice(0, 2))) return before + after;
  if (/\p{L}-$/u.test(before.slice(-3)) && /^\p{Ll}/u.test(after.slice(0, 2))) return before + after;
  return `${before} ${after}`;
};

/**
 * The column at which the source wraps its lines, or undefined when each paragraph is one line. A line was
 * wrapped for certain when the next one goes on in small letters; in Chinese, when many lines are equally full.
 */
export const wrapWidth = (lines: readonly Line[]): number | undefined => {
  let sure = 0;
  let width = 0;
  let han = 0;
  let long = 0;
  for (const [at, line] of lines.entries()) {
    const { length } = line.text;
    if (length > 200) long += 1;
    const next = lines[at + 1];
    if (length > 200 || next?.index !== line.index + 1) continue;
    if (/^\p{Ll}{2}/u.test(next.text.slice(0, 4)) && length >= 40) {
      sure += 1;
      width = Math.max(width, length);
    } else if (HAN_END.test(line.text.slice(-2)) && HAN_START.test(next.text.slice(0, 2)))
      han = Math.max(han, length);
  }
  if (long > 1) return undefined;
  if (sure >= 3) return width;
  const full = lines.filter((line) => line.text.length <= han && line.text.length >= han - 2).length;
  return han >= 25 && full >= 4 ? han : undefined;
};

/** Whether the source can have broken after `line` only because `next` did not fit. */
const isWrapped = (line: Line, next: Line, width: number): boolean => {
  const space = next.text.indexOf(' ');
  const word = space < 0 ? next.text.length : space;
  const han = HAN_START.test(next.text.slice(0, 2));
  return line.text.length + 1 + (han ? 1 : word) > width;
};

export const rowOf = (lines: readonly Line[], gap = false): Row => {
  const only = lines.length === 1 ? lines[0] : undefined;
  if (only) return { text: only.text, key: only.key, lines, gap };
  // Pieces are joined once at the end: joining row by row would copy a long paragraph again for every line.
  const parts: string[] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (last === undefined) parts.push(line.text);
    else parts.push(joinWrapped(last.slice(-4), line.text).slice(last.slice(-4).length));
  }
  const text = parts.join('');
  return { text, key: fold(text.slice(0, HEAD)), lines, gap };
};

/** Lines as rows, with wrapped lines put together. `starts` names lines that begin something of their own. */
export const toRows = (lines: readonly Line[], starts: (line: Line) => boolean): Row[] => {
  const width = wrapWidth(lines);
  const rows: Row[] = [];
  let open: Line[] = [];
  let gap = false;
  lines.forEach((line, at) => {
    const previous = at > 0 ? lines[at - 1] : undefined;
    const blankBefore = previous !== undefined && line.index > previous.index + 1;
    const joins =
      previous !== undefined &&
      width !== undefined &&
      !blankBefore &&
      !starts(line) &&
      !/(?:\.{3}|…)$/.test(previous.text) &&
      isWrapped(previous, line, width);
    if (joins) {
      open.push(line);
      return;
    }
    if (open.length > 0) rows.push(rowOf(open, gap));
    open = [line];
    gap = blankBefore;
  });
  if (open.length > 0) rows.push(rowOf(open, gap));
  return rows;
};

/** The length of a text in letters of an alphabet; a Han character says as much as two. */
export const weightOf = (text: string): number => text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);
