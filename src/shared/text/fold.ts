/** Letters that have no decomposition but that readers type without their stroke or as two letters. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ς: 'σ',
};
const SPELLED_LETTERS = new RegExp(`[${Object.keys(SPELLED).join('')}]`, 'gu');

/** Marks, soft hyphens and joiners: they change how a word looks, not which word it is. */
const UNSEEN = /[\p{M}\p{Cf}]/gu;
const ASCII_ONLY = /^[\0-\x7f]*$/;

/**
 * The form in which words are compared: lower case, without diacritics, full-width and other compatibility
 * forms made plain (Unicode NFKD). The length may change, so offsets belong to the original, never to this.
 */
export const fold = (text: string): string => {
  if (ASCII_ONLY.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(UNSEEN, '')
    .replace(SPELLED_LETTERS, (letter) => SPELLED[letter] ?? letter);
};
