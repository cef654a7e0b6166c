import { describe, expect, it } from 'vitest';
import { splitsPair, textAfter, textBefore, tidyRange } from './offsets';

describe('surrogate pairs', () => {
  it('are split only between their halves', () => {
    expect([0, 1, 2, 3, 4].map((at) => splitsPair('a😀b', at))).toEqual([false, false, true, false, false]);
    expect(splitsPair('\ud83da', 1)).toBe(false);
  });
  it('are kept whole by the cuts', () => {
    expect(textBefore('a😀b', 4, 2)).toBe('b');
    expect(textBefore('a😀b', 4, 3)).toBe('😀b');
    expect(textAfter('a😀b', 0, 2)).toBe('a');
    expect(textAfter('a😀b', 0, 99)).toBe('a😀b');
  });
});

describe('tidyRange', () => {
  it.each([
    ['  two words ', 0, 12, 'two words'],
    ['a😀b', 2, 3, '😀'],
    ['a😀b', 0, 2, 'a😀'],
    ['one\ntwo', 3, 99, 'two'],
    ['one\u00A0', 0, 4, 'one'],
  ])('of %j from %i to %i is %j', (text, start, end, expected) => {
    const range = tidyRange(text, { start, end })!;
    expect(text.slice(range.start, range.end)).toBe(expected);
  });
  it.each([
    ['', 0, 5],
    ['abc', 2, 2],
    ['abc', 3, 1],
    ['a \n b', 1, 4],
  ])('of %j from %i to %i is nothing', (text, start, end) => {
    expect(tidyRange(text, { start, end })).toBeUndefined();
  });
});
