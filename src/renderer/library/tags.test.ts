import { describe, expect, it } from 'vitest';
import { foremost, MOST_TAGS } from './tags';

const tags = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ tag: `t${index}`, count: index % 100 }));

describe('foremost', () => {
  it('leaves a list alone that is short enough', () => {
    const short = tags(MOST_TAGS);
    expect(foremost(short, 't3')).toEqual(short);
  });

  it('takes those used most of many, in their order', () => {
    const shown = foremost(tags(5000), undefined);
    expect(shown).toHaveLength(MOST_TAGS);
    expect(shown.map(({ count }) => count)).toEqual(Array(MOST_TAGS).fill(99));
    expect(shown.slice(0, 3).map(({ tag }) => tag)).toEqual(['t99', 't199', 't299']);
  });

  it.each([
    ['one that is used less', 't1', MOST_TAGS + 1],
    ['one that is there anyway', 't99', MOST_TAGS],
    ['one that has gone', 'gone', MOST_TAGS],
  ])('with the current one: %s', (_name, current, length) => {
    const shown = foremost(tags(5000), current);
    expect(shown).toHaveLength(length);
    expect(shown.some(({ tag }) => tag === current)).toBe(current !== 'gone');
  });
});
