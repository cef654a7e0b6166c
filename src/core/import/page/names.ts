import type { Author } from '#shared/model/author';
import { DOUBLE_SURNAMES, GROUP, NOT_A_NAME, PARTICLES, SHORT_SURNAMES, SUFFIX } from './name-data';

/** How a list writes its names; a list is consistent, a single name is often ambiguous. */
export type NameOrder = 'given-first' | 'family-first' | 'vancouver' | 'capitals';

/** The full name of a group, which is no sentence about one: `PREDICT Study Group of the EASL-CLIF Consortium`. */
const LONG_GROUP = /^(?:(?:\p{Lu}[\p{L}\d'’&/-]*|of|the|for|and|in|on|behalf|de|la|&)(?:\s|$))+$/u;
const HAN_NAME = /^\p{Script=Han}[\p{Script=Han}\s]{0,8}$/u;
const HAN_DOT = /^[\p{Script=Han}]{1,12}[·•.．][\p{Script=Han}·•.．]{1,16}$/u;
const INITIALS = /^(?:\p{Lu}\.?-?){1,4}$/u;
const isCapitals = (word: string): boolean => /^\p{Lu}[\p{Lu}'’-]*\p{Lu}$/u.test(word);
const isMixed = (word: string): boolean => /^\p{Lu}[\p{Lu}'’.-]*\p{Ll}/u.test(word) || /^\p{Ll}/u.test(word);

const nameFrom = (family: string, given: string): Author => ({
  ...(family !== '' && { family }),
  ...(given !== '' && { given }),
});

const hanName = (text: string): Author => {
  const spaced = text.split(/\s+/);
  const name = text.replace(/\s+/g, '');
  const [first, ...rest] = spaced;
  // 欧阳 修 says itself where the family name ends; 刘 玉 新 does not.
  if (spaced.length === 2 && first !== undefined && first.length === 2) return nameFrom(first, rest.join(''));
  if (name.length > 5 || name.length < 2) return { literal: name };
  const long = name.length >= 3 && DOUBLE_SURNAMES.has(name.slice(0, 2)) ? 2 : 1;
  return nameFrom(name.slice(0, long), name.slice(long));
};

const capitalsName = (words: readonly string[]): Author | undefined => {
  const isFamily = (word: string): boolean =>
    isCapitals(word) && !(INITIALS.test(word) && word.includes('.'));
  const from = words.findIndex(isFamily);
  if (from < 0 || words.every(isFamily)) return undefined;
  let to = from;
  while (to + 1 < words.length && isFamily(words[to + 1] ?? '')) to += 1;
  // `Karl van der BERG`: the particle goes with the family name even in small letters.
  let start = from;
  while (start > 1 && PARTICLES.has((words[start - 1] ?? '').toLowerCase())) start -= 1;
  const given = [...words.slice(0, start), ...words.slice(to + 1)].join(' ');
  return nameFrom(words.slice(start, to + 1).join(' '), given);
};

/** `Smith JA`, `van der Berg J`, `Kim S Jr`: the family name, then initials without full stops. */
const vancouverName = (words: readonly string[]): Author | undefined => {
  const suffix = SUFFIX.test(words.at(-1) ?? '') ? words.at(-1) : undefined;
  const core = suffix === undefined ? words : words.slice(0, -1);
  const initials = core.at(-1);
  if (initials === undefined || core.length < 2 || !INITIALS.test(initials)) return undefined;
  const family = core.slice(0, -1);
  if (!family.some((word) => isMixed(word) || isCapitals(word))) return undefined;
  // `Smith J.` at the end of a list has the list's full stop; `Smith J.A.` has its own.
  const plain = /^\p{Lu}\.$/u.test(initials) ? initials.slice(0, -1) : initials;
  return nameFrom(family.join(' '), suffix === undefined ? plain : `${plain} ${suffix}`);
};

const givenFirst = (words: readonly string[]): Author => {
  const suffix = SUFFIX.test(words.at(-1) ?? '') && words.length > 2 ? words.at(-1) : undefined;
  const core = suffix === undefined ? words : words.slice(0, -1);
  let start = core.length - 1;
  while (start > 1 && PARTICLES.has((core[start - 1] ?? '').toLowerCase())) start -= 1;
  // After initials alone all the rest is family name when a particle joins it: `O. B. Schaffalitzky de Muckadell`.
  const initials = core.findIndex((word) => !INITIALS.test(word));
  if (initials > 0 && start > initials && start < core.length - 1) start = initials;
  const given = core.slice(0, start).join(' ');
  return nameFrom(core.slice(start).join(' '), suffix === undefined ? given : `${given} ${suffix}`);
};

/** One name without markers, in the order its list uses. */
export const parseName = (text: string, order: NameOrder): Author => {
  if (GROUP.test(text)) return { literal: text.replace(/^(?:on behalf of|for)\s(?:the\s)?/i, '') };
  if (HAN_NAME.test(text)) return hanName(text);
  if (HAN_DOT.test(text)) return { literal: text };
  const comma = text.indexOf(',');
  if (comma > 0) return nameFrom(text.slice(0, comma).trim(), text.slice(comma + 1).trim());
  const words = text.split(' ').filter(Boolean);
  if (words.length < 2 || words.length > 8) return { literal: text };
  if (order === 'capitals') {
    const name = capitalsName(words);
    if (name) return name;
  }
  if (order === 'vancouver') {
    const name = vancouverName(words);
    if (name) return name;
  }
  return givenFirst(words);
};

/**
 * The order of a list. Family names in capitals are told from initials (`Smith JA`) by a long word in capitals;
 * `preferCapitals` is for sites that always write them so, where `LI Wei` would else be unclear.
 */
export const orderOf = (names: readonly string[], preferCapitals = false): NameOrder => {
  let capitals = 0;
  let vancouver = 0;
  for (const name of names) {
    const words = name.split(' ').filter(Boolean);
    const first = words[0];
    // The capitals of `PREDICT Study Group` say nothing of how persons are written.
    if (words.length < 2 || first === undefined || GROUP.test(name)) continue;
    if (!words.some(isMixed)) continue;
    if (words.some((word) => isCapitals(word) && word.length >= 4 && !SUFFIX.test(word))) capitals += 1;
    // `LIU Yuxin`: three capitals with a vowel are a family name; `ED Bateman` has initials in front.
    else if (isCapitals(first) && (SHORT_SURNAMES.has(first) || (first.length > 2 && /[AEIOU]/.test(first))))
      capitals += 1;
    else if (vancouverName(words)) vancouver += 1;
  }
  if (capitals > 0 && (capitals >= vancouver || preferCapitals)) return 'capitals';
  if (preferCapitals && vancouver > 0) return 'capitals';
  return vancouver > 0 ? 'vancouver' : 'given-first';
};

/** Whether a piece between commas could be the name of a person or a group. */
export const isNameLike = (text: string): boolean => {
  if (text.length < 2 || text.length > (LONG_GROUP.test(text) ? 150 : 60)) return false;
  if (HAN_NAME.test(text)) return text.replace(/\s+/g, '').length <= 4;
  if (HAN_DOT.test(text)) return true;
  if (GROUP.test(text)) return true;
  if (NOT_A_NAME.test(text) || /[\d:;!?()/[\]<>=+%]/.test(text)) return false;
  const words = text.split(' ');
  if (words.length < 2 || words.length > 6) return false;
  return words.every(
    (word) =>
      /^\p{Lu}[\p{L}\p{M}'’.-]*$/u.test(word) ||
      PARTICLES.has(word.toLowerCase()) ||
      /^\p{Ll}{1,3}['’]?\p{Lu}/u.test(word),
  );
};
