import { describe, expect, it } from 'vitest';
import { finder, MOST_MATCHES } from './find';

const wordsOf = (text: string, query: string) =>
  finder(text)(query).ranges.map(({ start, end }) => text.slice(start, end));

describe('finder', () => {
  it.each([
    ['Liver, liver and LIVER', 'liver', ['Liver', 'liver', 'LIVER']],
    ['Sjögren and Sjo\u0308gren', 'sjogren', ['Sjögren', 'Sjo\u0308gren']],
    ['Sjogren', 'Sjögren', ['Sjogren']],
    ['end\nstage  liver', 'end stage', ['end\nstage']],
    ['慢性乙型肝炎与肝炎', '肝炎', ['肝炎', '肝炎']],
    ['aaaa', 'aa', ['aa', 'aa']],
    ['Straße', 'ss', ['ß']],
    ['Straße', 's', ['S']],
    ['😀 liver 😀', '😀', ['😀', '😀']],
    ['α-SMA (+)', '(+)', ['(+)']],
    ['nothing here', 'absent', []],
    ['nothing here', '', []],
    ['nothing here', ' \n', []],
  ])('in %j finds %j', (text, query, found) => expect(wordsOf(text, query)).toEqual(found));

  it('stops at more matches than anybody steps through, and says so', () => {
    const { ranges, more } = finder('e '.repeat(MOST_MATCHES + 1))('e');
    expect([ranges.length, more]).toEqual([MOST_MATCHES, true]);
    expect(finder('e '.repeat(MOST_MATCHES))('e').more).toBe(false);
  });
});
