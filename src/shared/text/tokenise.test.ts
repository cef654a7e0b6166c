import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Token, tokenise } from './tokenise';

const terms = (text: string): string[] => tokenise(text).map((token) => token.term);

describe('tokenise', () => {
  it.each<[string, string[]]>([
    ['Liver cirrhosis, 2025.', ['liver', 'cirrhosis', '2025']],
    ['HBV-DNA', ['hbv', 'dna', 'hbvdna']],
    ['γ-GT rose', ['γ', 'gt', 'γgt', 'rose']],
    ['non\u2010alcoholic', ['non', 'alcoholic', 'nonalcoholic']],
    ['a-b-c-d-e-f-g', ['a', 'b', 'c', 'd', 'e', 'f', 'g']],
    ['-dash- --x', ['dash', 'x']],
    ['p<0.001; 1,294 of 2.', ['p', '0.001', '1,294', 'of', '2']],
    ['hepa\u00adtitis', ['hepatitis']],
    ['Sjo\u0308gren', ['sjogren']],
    ['ＨＢＶ', ['hbv']],
    ['肝细胞癌', ['肝细', '细胞', '胞癌', '癌']],
    ['癌', ['癌']],
    ['肝，癌', ['肝', '癌']],
    ['HBV感染者', ['hbv', '感染', '染者', '者']],
    ['肝癌HCC-1型', ['肝癌', '癌', 'hcc', '1', 'hcc1', '型']],
    ['かな肝', ['かな', 'な肝', '肝']],
    ['간 경변', ['간', '경변'].map((word) => word.normalize('NFKD'))],
    ['𠮷野', ['𠮷野', '野']],
    ['𝛼-SMA', ['α', 'sma', 'αsma']],
    ['\ud800x\udc00', ['x']],
    ['a\0b', ['a', 'b']],
    ['', []],
    [' \n\t!?', []],
  ])('%j', (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it('gives offsets into the original, whatever folding does to the length', () => {
    const text = 'ﬃx «Straße» 𝛼-SMA 肝𠮷癌 İx';
    const slices = tokenise(text).map((token) => text.slice(token.start, token.end));
    expect(slices).toEqual(['ﬃx', 'Straße', '𝛼', 'SMA', '𝛼-SMA', '肝𠮷', '𠮷癌', '癌', 'İx']);
  });

  it('cuts words that nobody would type', () => {
    const [token] = tokenise('x'.repeat(100_000));
    expect(token).toMatchObject({ start: 0, end: 100_000 });
    expect(token?.term).toHaveLength(64);
  });

  const naughty = '../shared/data/hostile/naughty-strings.json';
  it.skipIf(!existsSync(naughty))('keeps every token inside a hostile text, in order', () => {
    const strings = JSON.parse(readFileSync(naughty, 'utf8')) as string[];
    expect(strings.length).toBeGreaterThan(200);
    for (const text of strings) {
      let last: Token | undefined;
      for (const token of tokenise(text)) {
        expect(token.start).toBeLessThan(token.end);
        expect(token.end).toBeLessThanOrEqual(text.length);
        expect(token.term).toMatch(/^\S{1,64}$/u);
        if (last !== undefined && token.kind !== 'whole') expect(token.start).toBeGreaterThan(last.start);
        if (token.kind !== 'whole') last = token;
      }
    }
  });

  it('takes time in proportion to the length', () => {
    const start = performance.now();
    tokenise('a-'.repeat(500_000));
    tokenise('肝'.repeat(500_000));
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
