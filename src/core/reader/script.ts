const HAN = /\p{Script=Han}/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const LETTERS = /\p{L}/gu;

/** From this share of Han letters on, a block is set as Chinese; below it, Chinese names stand in other text. */
const CHINESE_SHARE = 0.3;

/**
 * `zh` or `ja` where the block is written in that script, for its `lang` attribute: fonts, line breaking and
 * screen readers go by it. Undefined for any other script, which follows the document.
 */
export const languageOfScript = (text: string): 'zh' | 'ja' | undefined => {
  const han = text.match(HAN)?.length ?? 0;
  if (han === 0) return undefined;
  const letters = text.match(LETTERS)?.length ?? 0;
  if (han / letters < CHINESE_SHARE) return undefined;
  return KANA.test(text) ? 'ja' : 'zh';
};
