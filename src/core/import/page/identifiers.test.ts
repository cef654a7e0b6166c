import { expect, it } from 'vitest';
import { findDoi, findEpId, findIssn, findPmcid, findPmid, languageOf } from './identifiers';
import { cleanLine, joinWrapped, splitLines } from './lines';

it.each([
  ['doi: 10.12449/JCH250327.', '10.12449/jch250327'],
  ['https://doi.org/10.1016/S0140-6736(22)00001-2).', '10.1016/s0140-6736(22)00001-2'],
  ['(doi:10.1000/abc)', '10.1000/abc'],
  ['DOI：10.1000/abc。', '10.1000/abc'],
  ['doi: 10.5009/gnl13365PMCID: PMC4413965', '10.5009/gnl13365'],
  ['10.12/short', undefined],
  ['DOI -', undefined],
])('DOI in %j', (text, doi) => expect(findDoi(text)).toBe(doi));

it('finds the other numbers', () => {
  expect(findPmid('PMCID: PMC4413965  PMID: 25287171')).toBe('25287171');
  expect(findPmcid('PMCID: PMC4413965  PMID: 25287171')).toBe('PMC4413965');
  expect(findIssn('ISSN: 1001-5256')).toBe('1001-5256');
  expect(findEpId('EP ID EP768460')).toBe('EP768460');
  expect(languageOf('Chinese')).toBe('zh');
  expect(languageOf('Klingon')).toBeUndefined();
});

it('cleans a line of what cannot be seen', () => {
  expect(cleanLine('  a\u202Eb\u0007\u00A0\tc\u200B\uD800 ')).toBe('ab c\uFFFD');
  expect(cleanLine('\uFEFFAbstract')).toBe('Abstract');
});

it('splits and joins lines', () => {
  expect(splitLines('a\r\nb\rc\nd')).toEqual(['a', 'b', 'c', 'd']);
  expect(joinWrapped('acute-on-', 'chronic')).toBe('acute-on-chronic');
  expect(joinWrapped('肝病患', '者预后')).toBe('肝病患者预后');
  expect(joinWrapped('the', 'liver')).toBe('the liver');
});
