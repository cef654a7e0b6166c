import { describe, expect, it } from 'vitest';
import { matchQuote, type QuoteMatch, quoteHaystack } from './match-quote';

const TEXT =
  'Background\nChronic hepatitis B is common. Liver fibrosis was measured in 120 patients.\n' +
  'Results\nLiver fibrosis was worse in men. Tenofovir reduced HBV\u2013DNA in 98% of them.\n' +
  'Conclusions\nTreat early.';

const quoteOf = (exact: string, from = 0) => {
  const start = TEXT.indexOf(exact, from);
  return {
    exact,
    prefix: TEXT.slice(Math.max(0, start - 64), start),
    suffix: TEXT.slice(start + exact.length, start + exact.length + 64),
  };
};
const match = (text: string, quote: ReturnType<typeof quoteOf>) => matchQuote(quoteHaystack(text), quote);
const wordsAt = (text: string, found: QuoteMatch | string) =>
  typeof found === 'string' ? found : text.slice(found.start, found.end);

describe('matchQuote', () => {
  it('tells two places of the same words apart by their context', () => {
    const first = match(TEXT, quoteOf('Liver fibrosis'));
    const second = match(TEXT, quoteOf('Liver fibrosis', TEXT.indexOf('Results')));
    expect(first).toMatchObject({ start: TEXT.indexOf('Liver'), literal: true, score: 1 });
    expect(second).toMatchObject({ start: TEXT.lastIndexOf('Liver'), literal: true, score: 1 });
  });

  it('scores worse quotes strictly lower', () => {
    const quote = quoteOf('Tenofovir reduced HBV\u2013DNA in 98% of them');
    const scores = [
      quote,
      { ...quote, exact: 'tenofovir  reduced HBV-DNA in 98% of them' },
      {
        ...quote,
        exact: 'tenofovir  reduced HBV-DNA in 98% of them',
        prefix: quote.prefix.replace('worse', 'better'),
      },
      {
        ...quote,
        exact: 'tenofovir  reduced HBV-DNA in 98% of them',
        prefix: quote.prefix.replace('worse', 'better').replace('Liver', 'Renal'),
      },
    ].map((each) => {
      const found = match(TEXT, each);
      return typeof found === 'string' ? found : found.score;
    });
    expect(scores).toEqual([...scores].sort().reverse());
    expect(new Set(scores).size).toBe(scores.length);
    expect(scores.every((score) => typeof score === 'number')).toBe(true);
  });

  it('folds case, white space, dashes and quotation marks, and gives the original range', () => {
    const quote = {
      ...quoteOf('Tenofovir reduced HBV\u2013DNA in 98% of them'),
      exact: 'TENOFOVIR reduced\nhbv-dna in 98% of them',
    };
    expect(wordsAt(TEXT, match(TEXT, quote))).toBe('Tenofovir reduced HBV\u2013DNA in 98% of them');
  });

  it('keeps white space at the ends of a quote where it still stands', () => {
    const found = match(TEXT, { ...quoteOf('Treat early'), exact: '\nTreat early' });
    expect(wordsAt(TEXT, found)).toBe('\nTreat early');
  });

  it.each([
    ['nothing', { exact: ' \n', prefix: '', suffix: '' }, 'empty'],
    ['words that are gone', { exact: 'cirrhosis', prefix: '', suffix: '' }, 'not-found'],
    ['a similar number', { ...quoteOf('98%'), exact: '89%' }, 'not-found'],
    [
      'a short quote in other surroundings',
      { exact: 'men', prefix: 'the results were the same in wo', suffix: ' who smoked' },
      'other-context',
    ],
    ['two places without context', { exact: 'Liver fibrosis', prefix: '', suffix: '' }, 'ambiguous'],
    [
      'two places with neither context',
      { exact: 'Liver fibrosis', prefix: 'xxxxxxxxxxx', suffix: 'yyyyyyyyyy' },
      'ambiguous',
    ],
  ])('refuses %s', (_, quote, reason) => expect(match(TEXT, quote)).toBe(reason));

  it('refuses one of many places that are all alike, quickly', () => {
    const text = 'ab '.repeat(40_000);
    const quote = { exact: 'ab', prefix: 'ab '.repeat(20), suffix: ' ab'.repeat(20) };
    const started = performance.now();
    expect(match(text, quote)).toBe('ambiguous');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
