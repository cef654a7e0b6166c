import { fold } from './fold';

/** One word of a text. `start` and `end` are UTF-16 offsets into the text as it was given. */
export interface Token {
  readonly term: string;
  readonly start: number;
  readonly end: number;
  /**
   * `word`: a word or number. `whole`: a hyphenated compound without its hyphens, besides its parts. `han`: two
   * neighbouring characters of a script written without spaces, or the last one of a run by itself.
   */
  readonly kind: 'word' | 'whole' | 'han';
}

/** Longer words are cut: nobody types them, and a hostile text could fill the memory with them. */
const MAX_TERM = 64;
/** Compounds of more parts are lists, such as a row of a table, and get no token of their own. */
const MAX_PARTS = 6;

const OTHER = 0;
const WORD = 1;
const HAN = 2;
const HYPHEN = 3;
/** Seen by nobody, and so no border: soft hyphen, zero-width joiners. */
const UNSEEN = 4;
const SURROGATE = 5;

const HAN_CHARACTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;
const UNSEEN_CHARACTER = /[\u00ad\u200b-\u200d\u2060\ufeff]/;
const HYPHENS = /[-\u2010\u2011\u2012\u2013\ufe63\uff0d]/;

const classOf = (character: string): number => {
  if (HYPHENS.test(character)) return HYPHEN;
  if (UNSEEN_CHARACTER.test(character)) return UNSEEN;
  if (HAN_CHARACTER.test(character)) return HAN;
  return WORD_CHARACTER.test(character) ? WORD : OTHER;
};

/** The class of every UTF-16 unit, worked out once: a look-up is many times faster than a regular expression. */
const CLASSES = Uint8Array.from({ length: 0x10000 }, (_, unit) =>
  unit >= 0xd800 && unit <= 0xdfff ? SURROGATE : classOf(String.fromCharCode(unit)),
);

const classAt = (text: string, at: number): number => {
  const found = CLASSES[text.charCodeAt(at)] ?? OTHER;
  return found === SURROGATE ? classOf(String.fromCodePoint(text.codePointAt(at) ?? 0)) : found;
};

/** UTF-16 units of the character at `at`: 2 for a surrogate pair, else 1 (a lone surrogate included). */
const widthAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/** A decimal point or comma between digits belongs to the number. */
const isDecimalSeparator = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return (
    (unit === 0x2e || unit === 0x2c) && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1))
  );
};

const endOfWord = (text: string, from: number): number => {
  let at = from;
  while (at < text.length) {
    const found = classAt(text, at);
    if (found === WORD || found === UNSEEN) at += widthAt(text, at);
    else if (found === OTHER && isDecimalSeparator(text, at)) at += 1;
    else break;
  }
  return at;
};

const endOfHan = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && classAt(text, at) === HAN) at += widthAt(text, at);
  return at;
};

type Take = (term: string, start: number, end: number, kind: Token['kind']) => void;

const ASCII_ONLY = /^[\0-\x7f]*$/;

const wordOf = (raw: string): string =>
  // A compatibility character may stand for several words; one token stays one word.
  ASCII_ONLY.test(raw) ? raw.toLowerCase() : fold(raw).replace(/\s+/gu, '').slice(0, MAX_TERM);

const takeFolded = (text: string, start: number, end: number, kind: Token['kind'], take: Take): string => {
  const term = wordOf(text.slice(start, Math.min(end, start + MAX_TERM)));
  // A word of nothing but combining marks folds to nothing.
  if (term !== '') take(term, start, end, kind);
  return term;
};

/** `HBV-DNA`: its parts, and the whole as one word, so that `HBVDNA` and `HBV DNA` find it. Returns its end. */
const takeCompound = (text: string, start: number, take: Take): number => {
  let end = endOfWord(text, start);
  let whole = takeFolded(text, start, end, 'word', take);
  let parts = 1;
  while (classAt(text, end) === HYPHEN && end + 1 < text.length && classAt(text, end + 1) === WORD) {
    const partStart = end + 1;
    end = endOfWord(text, partStart);
    parts += 1;
    const part = takeFolded(text, partStart, end, 'word', take);
    if (parts <= MAX_PARTS) whole += part;
  }
  if (parts > 1 && parts <= MAX_PARTS && whole !== '' && whole.length <= MAX_TERM)
    take(whole, start, end, 'whole');
  return end;
};

/** Returns the end of the run. */
const takeHan = (text: string, start: number, take: Take): number => {
  const end = endOfHan(text, start);
  let at = start;
  while (at < end) {
    const middle = at + widthAt(text, at);
    const next = middle < end ? middle + widthAt(text, middle) : middle;
    takeFolded(text, at, next, 'han', take);
    at = middle;
  }
  return end;
};

/** Calls `take` for each token, without making objects: the index of a whole library is built with it. */
export const eachToken = (text: string, take: Take): void => {
  let at = 0;
  while (at < text.length) {
    const found = classAt(text, at);
    if (found === WORD) at = takeCompound(text, at, take);
    else if (found === HAN) at = takeHan(text, at, take);
    else at += 1;
  }
};

/**
 * The words of a text in its order. Words are folded (see `fold`). A run of Han characters or kana gives each
 * pair of neighbours, then its last character alone, so that every character begins a token: one character is
 * found as a prefix, several as a chain of pairs that overlap. A compound follows its parts.
 */
export const tokenise = (text: string): Token[] => {
  const tokens: Token[] = [];
  eachToken(text, (term, start, end, kind) => tokens.push({ term, start, end, kind }));
  return tokens;
};
