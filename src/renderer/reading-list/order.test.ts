import { describe, expect, it } from 'vitest';
import { gapAt, indexInGap, moved, neighbourAfter } from './order';

const ids = ['a', 'b', 'c', 'd'];

describe('moved', () => {
  it.each([
    ['a', 1, 'bacd'],
    ['a', 3, 'bcda'],
    ['d', 0, 'dabc'],
    ['c', 1, 'acbd'],
    ['b', 1, 'abcd'],
    ['a', -1, 'abcd'],
    ['d', 9, 'abcd'],
    ['new', 0, 'newabcd'],
  ])('%s to %i', (id, index, order) => expect(moved(ids, id, index).join('')).toBe(order));
});

describe('neighbourAfter', () => {
  it.each([
    ['a', 'b'],
    ['c', 'd'],
    ['d', undefined],
  ])('%s', (id, neighbour) => expect(neighbourAfter(ids, id)).toBe(neighbour));
});

describe('a drop', () => {
  it.each([
    [0, 0],
    [39, 0],
    [41, 1],
    [160, 2],
    [-50, 0],
    [9_999, 4],
  ])('at a height of %i is in gap %i', (y, gap) => expect(gapAt(y, 80, 4)).toBe(gap));

  it.each([
    ['a', 0, 'abcd'],
    ['a', 1, 'abcd'],
    ['a', 2, 'bacd'],
    ['a', 4, 'bcda'],
    ['d', 0, 'dabc'],
    ['d', 3, 'abcd'],
    ['d', 4, 'abcd'],
    ['c', 1, 'acbd'],
  ])('of %s in gap %i', (id, gap, order) =>
    expect(moved(ids, id, indexInGap(ids.indexOf(id), gap)).join('')).toBe(order),
  );
});
