import { describe, expect, it } from 'vitest';
import { pagesFor } from './use-articles';

describe('pagesFor', () => {
  it.each([
    ['an empty list', 0, 0, 0, []],
    ['the first screen', 0, 12, 10_000, [0]],
    ['across a border', 95, 104, 10_000, [0, 1]],
    ['up to a border', 90, 99, 10_000, [0]],
    ['from a border', 100, 110, 10_000, [1]],
    ['far down', 9_950, 9_999, 10_000, [99]],
    ['past the end, while the list became shorter', 180, 320, 150, [1]],
    ['before the beginning', -8, 5, 150, [0]],
    ['a whole short list', 0, 149, 150, [0, 1]],
  ])('%s', (_name, from, to, count, pages) => expect(pagesFor(from, to, count)).toEqual(pages));

  it('asks for nothing when all that was shown is gone', () => expect(pagesFor(300, 310, 150)).toEqual([]));
});
