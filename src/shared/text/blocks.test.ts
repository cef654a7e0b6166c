import { describe, expect, it } from 'vitest';
import { blockId, blockIndexOf, htmlSafeText, joinBlocks, rangeIndexAt } from './blocks';

describe('block ids', () => {
  it.each([0, 7, 1234])('reads back %i', (index) => expect(blockIndexOf(blockId(index))).toBe(index));
  it.each(['', 'b', 'b-1', 'B1', 'b1x', 'ab1'])('refuses %j', (id) =>
    expect(blockIndexOf(id)).toBeUndefined(),
  );
});

describe('joinBlocks', () => {
  it('gives the range of each block in the joined text', () => {
    const texts = ['one', '', 'three'];
    const { text, ranges } = joinBlocks(texts);
    expect(text).toBe('one\n\nthree');
    expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(texts);
  });
});

describe('rangeIndexAt', () => {
  const { ranges } = joinBlocks(['one', 'two', 'three']);
  it.each([
    [-1, -1],
    [0, 0],
    [3, 0],
    [4, 1],
    [7, 1],
    [8, 2],
    [99, 2],
  ])('finds the block at %i', (offset, index) => expect(rangeIndexAt(ranges, offset)).toBe(index));
  it('has none in an empty text', () => expect(rangeIndexAt([], 0)).toBe(-1));
});

describe('htmlSafeText', () => {
  it('keeps tabs, line feeds and pairs of surrogates', () => {
    expect(htmlSafeText('a\tb\r\nc\rd😀\0\ud83d')).toBe('a\tb\nc\nd😀');
  });
});
