import { describe, expect, it } from 'vitest';
import { commonEnd, commonStart, diceSimilarity } from './similarity';

describe('common runs', () => {
  it.each([
    ['', '', 0, 0],
    ['abc', 'abd', 2, 0],
    ['xbc', 'bc', 0, 2],
    ['same', 'same', 4, 4],
  ])('%j and %j', (a, b, start, end) => {
    expect(commonStart(a, b)).toBe(start);
    expect(commonEnd(a, b)).toBe(end);
  });
});

describe('diceSimilarity', () => {
  it('falls as two texts grow apart', () => {
    const text = 'patients with chronic hepatitis B';
    const scores = [
      text,
      'patients with a chronic hepatitis B',
      'patients who had acute hepatitis B',
      'mice fed on choline',
      'qqq',
    ].map((other) => diceSimilarity(text, other));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(scores.length);
    expect(scores.at(0)).toBe(1);
    expect(scores.at(-1)).toBe(0);
  });
  it('counts a repeated trigram as often as both have it', () => {
    expect(diceSimilarity('aaaa', 'aaa')).toBeCloseTo(2 / 3);
    expect(diceSimilarity('ab', 'ab')).toBe(0);
  });
});
