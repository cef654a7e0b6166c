import { describe, expect, it } from 'vitest';
import { Matcher } from './matches';
import { SearchIndex } from './search-index';
import { bestPassage, marked, openingOf, SNIPPET_LENGTH, snippetOf } from './snippet';

/** The snippet of a text for a query, with the marks as brackets. */
const shown = (text: string, query: string): string | undefined => {
  const index = new SearchIndex();
  index.upsert({ id: 'a', fields: { abstract: text } });
  const matches = new Matcher(index.search(query, 1).words).in(text);
  const passage = bestPassage(matches);
  if (passage === undefined) return undefined;
  const snippet = snippetOf(text, passage, matches);
  return bracketed(snippet);
};
const bracketed = ({ text, marks }: { text: string; marks: [number, number][] }): string => {
  let out = '';
  let at = 0;
  for (const [start, end] of marks) {
    out += `${text.slice(at, start)}[${text.slice(start, end)}]`;
    at = end;
  }
  return out + text.slice(at);
};

describe('snippets', () => {
  it.each([
    ['Ascites is common.', 'ascites', '[Ascites] is common.'],
    ['Sjo\u0308gren in HBV-DNA', 'sjogren hbvdna', '[Sjo\u0308gren] in [HBV-DNA]'],
    ['原发性肝细胞癌患者', '肝细胞癌', '原发性[肝细胞癌]患者'],
    ['细胞癌和肝细', '肝细胞癌', undefined],
    ['肝癌', '癌', '肝[癌]'],
    ['癌症', '癌', '[癌]症'],
    ['a <b>bold</b> liver', 'liver', 'a <b>bold</b> [liver]'],
    ['<script>alert(1)</script>', 'alert', '<script>[alert](1)</script>'],
    ['one\ntwo', 'two', 'one [two]'],
    ['cirrhosis, cirrhotic', 'cirrh', '[cirrhosis], [cirrhotic]'],
  ])('%j for %j', (text, query, expected) => {
    expect(shown(text, query)).toBe(expected);
  });

  it('takes the stretch with the most words, from the beginning of its sentence', () => {
    const text = `Albumin first. ${'Filler goes on and on. '.repeat(20)}Here albumin meets ascites. ${'More. '.repeat(60)}`;
    expect(shown(text, 'albumin ascites')).toMatch(/^….*Here \[albumin\] meets \[ascites\]\. More\..*…$/);
  });

  it('cuts between words and stays short', () => {
    const text = `${'lorem ipsum dolor '.repeat(50)}ascites${' amet consectetur'.repeat(50)}`;
    const snippet = shown(text, 'ascites') ?? '';
    expect(snippet).toMatch(/^…(lorem|ipsum|dolor) .*\[ascites\].* (amet|consectetur)…$/);
    expect(snippet.length).toBeLessThan(SNIPPET_LENGTH + 10);
  });

  it('never splits a surrogate pair', () => {
    for (let n = 80; n < 90; n += 1) {
      const text = `${'x'.repeat(n % 2)}${'𠮷'.repeat(n)}肝癌${'𠮷'.repeat(n)}`;
      expect(shown(text, '肝癌')).not.toMatch(
        /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/,
      );
    }
  });

  it('opens a text without matches at its beginning', () => {
    expect(openingOf('Short.')).toEqual({ text: 'Short.', marks: [] });
    expect(openingOf('word '.repeat(100)).text).toMatch(/^word .*word…$/);
    expect(openingOf('')).toEqual({ text: '', marks: [] });
  });

  it('merges marks that overlap', () => {
    const matches = [
      { start: 0, end: 7, word: 0 },
      { start: 0, end: 3, word: 1 },
      { start: 8, end: 9, word: 2 },
    ];
    expect(marked('HBV-DNA x', matches).marks).toEqual([
      [0, 7],
      [8, 9],
    ]);
  });
});
