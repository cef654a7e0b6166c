import { describe, expect, it } from 'vitest';
import { normalise } from './normalise';

describe('normalise', () => {
  it.each([
    ['A  b\n\tc\u00A0d', 'a b c d'],
    ['HBV–DNA − x‑ray', 'hbv-dna - x-ray'],
    ['“quoted” ‘it’s’', "\"quoted\" 'it's'"],
    ['hepa\u00ADtitis\u200B', 'hepatitis'],
    ['Cafe\u0301', 'caf\u00e9'],
    ['10⁶ cm²', '10⁶ cm²'],
    ['慢性肝炎，Ｂ型', '慢性肝炎，ｂ型'],
    ['İ', 'i̇'],
    ['😀 A', '😀 a'],
    ['', ''],
  ])('%j becomes %j', (input, output) => expect(normalise(input).text).toBe(output));

  it.each(['résumé', 'α-SMA', 'ß', '5'])('keeps letters that differ in meaning: %j', (word) => {
    expect(normalise(word).text).toBe(word.toLowerCase());
  });

  it('leads back to the original, white space and marks included', () => {
    const input = 'x  Cafe\u0301\u00AD—Bar';
    const { text, original } = normalise(input);
    const at = text.indexOf('café-bar');
    const range = original(at, at + 'café-bar'.length)!;
    expect(input.slice(range.start, range.end)).toBe('Cafe\u0301\u00AD—Bar');
  });

  it('gives no range that begins or ends inside a character', () => {
    const { original } = normalise('aİb');
    expect(original(0, 2)).toBeUndefined();
    expect(original(2, 4)).toBeUndefined();
    expect(original(1, 3)).toEqual({ start: 1, end: 2 });
    expect(original(1, 1)).toBeUndefined();
    expect(original(0, 9)).toBeUndefined();
  });
});
