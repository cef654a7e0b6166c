import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SearchField } from '#shared/contract/search';
import { hasField } from './fields';
import { SearchIndex } from './search-index';

type Fields = Partial<Record<SearchField, string>>;

const indexOf = (documents: Record<string, Fields>): SearchIndex => {
  const index = new SearchIndex();
  for (const [id, fields] of Object.entries(documents)) index.upsert({ id, fields });
  return index;
};
const ids = (index: SearchIndex, query: string): string[] =>
  index.search(query, 100).hits.map((hit) => hit.id);

describe('what is found', () => {
  const index = indexOf({
    hcc: { title: 'Sorafenib in hepatocellular carcinoma', author: 'Yuxin LIU' },
    hbv: { abstract: 'HBV-DNA fell and γ-GT rose in nonalcoholic patients.', tag: 'to discuss' },
    zh: { title: '肝细胞癌的治疗', abstract: '恩替卡韦治疗慢性乙型肝炎患者' },
    note: { title: 'Ascites', note: 'Ask Sjögren about albumin', journal: 'Journal of Clinical Hepatology' },
    biopsy: { text: 'A biopsy was taken.', keyword: 'fibroses' },
  });
  it.each<[string, string[]]>([
    ['sorafenib', ['hcc']],
    ['SORAF', ['hcc']],
    ['soraf ', []],
    ['liu', ['hcc']],
    ['hbv', ['hbv']],
    ['hbv dna', ['hbv']],
    ['HBV-DNA', ['hbv']],
    ['hbvdna', ['hbv']],
    ['non-alcoholic ', ['hbv']],
    ['γ-GT', ['hbv']],
    ['Γ', ['hbv']],
    ['discuss', ['hbv']],
    ['sjogren', ['note']],
    ['clinical hepatology', ['note']],
    ['biopsies ', ['biopsy']],
    ['fibrosis ', ['biopsy']],
    ['肝细胞癌', ['zh']],
    ['细胞', ['zh']],
    ['癌', ['zh']],
    ['者', ['zh']],
    ['恩替卡韦 肝炎', ['zh']],
    ['ＨＢＶ', ['hbv']],
    ['zebra', []],
    ['', []],
    ['  ?! ', []],
  ])('%j finds %j', (query, expected) => {
    expect(ids(index, query)).toEqual(expected);
  });

  it('says in which fields', () => {
    const [hit] = index.search('sjögren albumin', 10).hits;
    expect(hit && hasField(hit.fields, 'note') && !hasField(hit.fields, 'title')).toBe(true);
  });
});

describe('order', () => {
  const filler = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) => [
      `filler${n}`,
      { title: 'Liver study', abstract: `Of the liver ${n}` },
    ]),
  );

  it('puts the title before the abstract before the text', () => {
    const index = indexOf({
      text: { title: 'One', abstract: 'two', text: 'ascites three four' },
      abstract: { title: 'One', abstract: 'ascites', text: 'two three four' },
      title: { title: 'Ascites', abstract: 'two', text: 'one three four' },
      ...filler,
    });
    expect(ids(index, 'ascites')).toEqual(['title', 'abstract', 'text']);
  });

  it('puts articles with more of the words first', () => {
    const index = indexOf({
      three: { abstract: 'ascites albumin paracentesis in the ward' },
      two: { abstract: 'ascites albumin something in the ward' },
      one: { title: 'Paracentesis', abstract: 'nothing else in the ward' },
      ...filler,
    });
    expect(ids(index, 'ascites albumin paracentesis ').slice(0, 2)).toEqual(['three', 'two']);
  });

  it('lets rarer words weigh more', () => {
    const index = indexOf({ rare: { title: 'Budd' }, common: { title: 'Liver' }, ...filler });
    expect(ids(index, 'liver budd ')[0]).toBe('rare');
  });

  it('does not need small words, and puts the word itself before longer ones', () => {
    const index = indexOf({
      longer: { title: 'Portality of vein' },
      itself: { title: 'Portal vein' },
      ...filler,
    });
    expect(ids(index, 'the portal ')[0]).toBe('itself');
    expect(ids(index, 'vein portal')).toEqual(['itself', 'longer']);
  });

  it('counts all hits and returns as many as asked for', () => {
    const { hits, total } = indexOf(filler).search('liver', 5);
    expect(hits).toHaveLength(5);
    expect(total).toBe(30);
  });
});

describe('changes', () => {
  it('follows updates and removals', () => {
    const index = indexOf({ a: { title: 'Old words' }, b: { title: 'Other' } });
    index.upsert({ id: 'a', fields: { title: 'New words' } });
    expect(ids(index, 'old')).toEqual([]);
    expect(ids(index, 'new')).toEqual(['a']);
    index.remove('a');
    index.remove('never there');
    expect(ids(index, 'words')).toEqual([]);
    expect(index.size).toBe(1);
  });

  it('finds the same after it was cleared of old versions', () => {
    const index = indexOf({ stays: { title: 'Liver stays' }, changes: { title: 'x' } });
    for (let n = 0; n < 4100; n += 1) index.upsert({ id: 'changes', fields: { abstract: `version v${n}` } });
    expect(ids(index, 'v4099')).toEqual(['changes']);
    expect(ids(index, 'v7 ')).toEqual([]);
    expect(ids(index, 'liver')).toEqual(['stays']);
    expect(index.forwardBytes).toBeLessThan(2_000_000);
  });

  it('completes words that came after the first look', () => {
    const index = indexOf({});
    for (let n = 0; n < 2000; n += 1) index.upsert({ id: `${n}`, fields: { title: `w${n}` } });
    expect(ids(index, 'w1999')).toEqual(['1999']);
    index.upsert({ id: 'later', fields: { title: 'zebrafish' } });
    expect(ids(index, 'zebra')).toEqual(['later']);
  });
});

describe('hostile text', () => {
  const file = '../shared/data/hostile/naughty-strings.json';
  it.skipIf(!existsSync(file))('never throws, as a document or as a query', () => {
    const strings = JSON.parse(readFileSync(file, 'utf8')) as string[];
    const index = new SearchIndex();
    for (const [n, text] of strings.entries())
      index.upsert({ id: `${n}`, fields: { title: text, note: text } });
    for (const text of strings) expect(index.search(text, 5).hits.length).toBeLessThanOrEqual(5);
    expect(index.size).toBe(strings.length);
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString', '0', '4294967295'])(
    'finds %j as a word',
    (word) => {
      expect(ids(indexOf({ a: { title: word }, b: { title: 'other' } }), word)).toEqual(['a']);
    },
  );

  it('takes a query of the greatest length', () => {
    const index = indexOf({ a: { title: 'w1 w2 w3' } });
    expect(index.search(Array.from({ length: 300 }, (_, n) => `w${n}`).join(' '), 5).words.length).toBe(30);
  });
});
