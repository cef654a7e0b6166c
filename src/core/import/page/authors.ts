import type { Author } from '#shared/model/author';
import { fold } from './lines';
import { DEGREE, GROUP, INSTITUTION } from './name-data';
import { isNameLike, orderOf, parseName } from './names';

/** A name as a list gives it, with the marks that point to affiliations. */
interface Entry {
  name: string;
  marks: string[];
}

const MARK_SIGNS = '*†‡§¶∗✉#⁎※△▲✝☯🖂📧';
const SUPERSCRIPT = new Map([...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((sign, digit) => [sign, String(digit)]));
const MARK_TAIL = new RegExp(
  `[\\s,]*(?:\\(\\d{1,2}\\)|\\[\\d{1,2}\\]|\\d{1,2}|[${MARK_SIGNS}]|\\s[a-z](?=$|[\\s,]))$`,
  'u',
);
const MARK_ONLY = new RegExp(
  `^(?:[\\s,;()[\\]]|\\d{1,2}|[${MARK_SIGNS}]|(?<![\\p{L}])[a-z](?![\\p{L}]))+$`,
  'u',
);

const marksIn = (text: string): string[] => text.match(/\d{1,2}|(?<!\p{L})[a-z](?!\p{L})|[*†‡§¶∗#⁎]/gu) ?? [];

/** Takes superscripts run into the end of a name off it: `Smith1,2*`, `Jane Smith a b`, `Smith(1)(2)`. */
const splitMarks = (piece: string): Entry => {
  let name = piece.trim();
  const tails: string[] = [];
  // At most a few marks stand at a name; the bound keeps a line of digits from costing a pass for each.
  for (let step = 0; step < 24; step += 1) {
    const tail = MARK_TAIL.exec(name);
    if (!tail || tail.index === 0) break;
    tails.unshift(tail[0]);
    name = name.slice(0, tail.index).trimEnd();
  }
  return {
    name: name.replace(/[\s,.]+$/, (end) => (/\b\p{Lu}\.$/u.test(name) ? end.replace(/[\s,]+$/, '') : '')),
    marks: marksIn(tails.join(' ')),
  };
};

/** `Elena Petrova1* Lars Nilsson2`: where nothing but marks stands between the names. */
const separateByMarks = (text: string): string =>
  /[,;，；、]/.test(text.replace(/\d,\s?(?=\d)/g, ''))
    ? text
    : text.replace(/(?<=[\p{L}.]\s?\d{0,2}[\d*†‡✉])\s+(?=\p{Lu})/gu, ', ');

/** Markers and separators in one spelling, so that the list can be cut by commas or semicolons. */
const normalise = (text: string): string =>
  separateByMarks(text)
    .replace(/^author links open overlay panel/i, '')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (sign) => SUPERSCRIPT.get(sign) ?? '')
    .replace(/[，、]/g, ',')
    .replace(/；/g, ';')
    .replace(/（/g, '(')
    .replace(/）/g, ')')
    .replace(
      /\b(?:orcid(?: logo)?|https?:\/\/orcid\.org\/\S{1,30}|e-?mail|\(view orcid profile\))(?=$|[\s,;])/gi,
      ' ',
    )
    .replace(/\bORCID: ?(?:https?:\/\/)?(?:orcid\.org\/)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]/gi, ' ')
    .replace(/^(?:by|authors?|作者)\s?:?\s+/i, '')
    .replace(/(?:,\s?)?(?<=[\s,\d*✉;])(?:and|&)\s+(?=\p{Lu})/gu, ', ')
    .replace(/[,;]?\s?\bet al\.?$/i, '')
    .replace(/\s+/g, ' ')
    .trim();

const separatorOf = (text: string): ';' | ',' => (text.includes(';') ? ';' : ',');

/** `A Smith, B Doe; STUDY Group; OTHER Investigators`: groups behind the names, as PubMed sets them. */
const withGroupsInList = (text: string): string => {
  const [names = '', ...groups] = text.split(';');
  return names.includes(',') && groups.every((group) => GROUP.test(group))
    ? [names, ...groups].join(',')
    : text;
};

/** Han names are often set apart by spaces alone: `刘玉新 张辽云`. */
const splitHan = (piece: string): string[] => {
  const words = piece.split(' ');
  const isName = (word: string): boolean => /^\p{Script=Han}{2,4}[\d*,[\]]*$/u.test(word);
  return words.length > 1 &&
    words.every(isName) &&
    !(words.length === 2 && words[0]?.length === 2 && words[1]?.length === 1)
    ? words
    : [piece];
};

const entriesOf = (text: string): Entry[] => {
  const entries: Entry[] = [];
  const list = withGroupsInList(normalise(text.slice(0, 40_000))).replace(/\.$/, (end) =>
    /\b\p{Lu}\.$/u.test(text.slice(-3)) ? end : '',
  );
  for (const piece of list.split(separatorOf(list)).flatMap((part) => splitHan(part.trim()))) {
    if (piece === '' || DEGREE.test(piece)) continue;
    const previous = entries.at(-1);
    if (MARK_ONLY.test(piece)) {
      previous?.marks.push(...marksIn(piece));
      continue;
    }
    const entry = splitMarks(piece);
    // `2 Kim S`: marks of the author before, when the list was cut at a comma inside `1,2 `.
    const lead = /^(?:\d{1,2}|[*†‡§¶])\s+(?=\p{L})/u.exec(entry.name);
    if (lead) {
      previous?.marks.push(...marksIn(lead[0]));
      entry.name = entry.name.slice(lead[0].length);
    }
    const degree = entry.name.split(',').map((part) => part.trim());
    entry.name = degree.filter((part, at) => at === 0 || !DEGREE.test(part)).join(', ');
    entry.name = entry.name.replace(/\s(?:M\.?D\.?|Ph\.?D\.?|MSc|MPH|MBBS)$/, '');
    if (/\p{L}/u.test(entry.name)) entries.push(entry);
  }
  return entries;
};

/** `Jensen, Karl, Olsen, Per` cannot be told from four names; with semicolons it can. */
export interface AuthorList {
  readonly authors: Author[];
  /** Pieces that do not look like names, for a doubt. */
  readonly odd: string[];
}

/** A mark has one address, or a few where a page begins to count anew. */
const MOST_WITH_MARK = 20;

/** Affiliations by the number or letter in front of them; lines without one under `''`. */
export const readAffiliations = (rows: readonly string[]): Map<string, string[]> => {
  const map = new Map<string, string[]>();
  const add = (mark: string, text: string): void => {
    const own = map.get(mark);
    if (text === '' || (own?.length ?? 0) >= MOST_WITH_MARK) return;
    if (own) own.push(text);
    else map.set(mark, [text]);
  };
  for (const row of rows) {
    const pieces =
      row.length < 4000 ? row.split(/(?:;\s?|；\s?|\s)(?=\(?\d{1,2}[.)]\s?[\p{Lu}\p{Script=Han}])/u) : [row];
    for (const piece of pieces) {
      const found = /^[([]?(\d{1,2}|[a-z]|[*†‡§¶])[.)\]、]?\s?(?=[\p{Lu}\p{Script=Han}])/u.exec(piece);
      const mark = found?.[1] ?? '';
      add(
        mark,
        piece
          .slice(found?.[0].length ?? 0)
          .replace(/[;；]$/, '')
          .trim(),
      );
    }
  }
  return map;
};

const affiliationsFor = (entry: Entry, map: ReadonlyMap<string, string[]>): string[] => {
  const own = entry.marks.flatMap((mark) => (/[\da-z]/.test(mark) ? (map.get(mark) ?? []) : []));
  // One unnumbered address is everybody's; several unnumbered ones cannot be given to anybody.
  const common = map.get('');
  if (own.length === 0 && entry.marks.filter((mark) => /\d/.test(mark)).length === 0 && common?.length === 1)
    return common;
  return own;
};

/** Reads a list of authors in any of the usual notations; `affiliations` are attached by their marks. */
export const parseAuthors = (
  text: string,
  affiliations: ReadonlyMap<string, string[]> = new Map(),
  preferCapitals = false,
): AuthorList => {
  const entries = entriesOf(text);
  const order = orderOf(
    entries.map((entry) => entry.name),
    preferCapitals,
  );
  const authors = entries.map((entry) => {
    const author = parseName(entry.name, order);
    const affiliation = affiliationsFor(entry, affiliations);
    return affiliation.length > 0 ? { ...author, affiliation } : author;
  });
  const odd = entries.filter((entry) => !isNameLike(entry.name.replace(/,/g, ''))).map((entry) => entry.name);
  return { authors, odd };
};

/** The first few names of a list, cut, to be shown to the reader. */
export const someNames = (names: readonly string[]): string =>
  names
    .slice(0, 3)
    .map((name) => name.slice(0, 60))
    .join('; ');

/** How far a line reads like a list of authors, 0 to 1: the share of its pieces that could be names. */
export const authorScore = (text: string): number => {
  const head = text.slice(0, 2000);
  if (/[.!?。]\s\p{Lu}\p{Ll}+\s\p{Ll}{2,}\s\p{Ll}{2}/u.test(head)) return 0;
  const entries = entriesOf(head);
  if (entries.length === 0) return 0;
  const good = entries.filter((entry) => isNameLike(entry.name.replace(/,/g, ''))).length;
  return good / entries.length;
};

export const isAuthorLine = (text: string): boolean => authorScore(text) >= 0.75;

/** Whether a line is an address of an institution. */
export const isAffiliation = (text: string): boolean =>
  text.length < 1500 &&
  INSTITUTION.test(fold(text.slice(0, 600))) &&
  !/[.。]\s\p{Lu}\p{Ll}+\s\p{Ll}+\s\p{Ll}+\s/u.test(text.slice(0, 600).replace(/^\(?\d+\)?[.]?\s/, ''));
