import { describe, expect, it } from 'vitest';
import type { ArticleEdit } from '#shared/contract/library';
import { Article } from '#shared/model/article';
import { type Details, detailsOf, editFrom } from './details';

const zhang = { family: 'ZHANG', given: 'Liaoyun', affiliation: ['Shanxi Medical University'] };
const article = Article.parse({
  id: 'a1',
  title: 'Homing of stem cells',
  author: [zhang, { literal: 'Chinese Society of Hepatology' }],
  'container-title': 'Journal of Clinical Hepatology',
  issued: { 'date-parts': [[2025, 3]] },
  volume: '41',
  page: '561-567',
  DOI: '10.1000/x',
  sections: [],
  abstractCutOff: false,
  keyword: ['Liver', 'Stem cells'],
  publicationTypes: [],
  otherIds: [],
  completeness: 'abstract',
  documents: [],
  provenance: [],
  added: '2026-01-02T03:04:05.000Z',
  modified: '2026-01-02T03:04:05.000Z',
  reading: { priority: 2 },
  tags: [],
  collections: [],
  related: [],
});

describe('detailsOf', () => {
  it('writes each field as text', () =>
    expect(detailsOf(article)).toEqual({
      title: 'Homing of stem cells',
      vernacularTitle: '',
      authors: 'ZHANG, Liaoyun\nChinese Society of Hepatology',
      journal: 'Journal of Clinical Hepatology',
      year: '2025',
      volume: '41',
      issue: '',
      page: '561-567',
      DOI: '10.1000/x',
      PMID: '',
      PMCID: '',
      keywords: 'Liver; Stem cells',
    }));

  it('leaves what is not known empty', () => {
    const { issued: _issued, ...undated } = article;
    expect(detailsOf(undated).year).toBe('');
  });
});

describe('editFrom', () => {
  const cases: readonly (readonly [string, Partial<Details>, ArticleEdit])[] = [
    ['nothing', {}, {}],
    ['only spaces around', { title: ' Homing of stem cells ', volume: '41 ' }, {}],
    ['a title', { title: ' Homing ' }, { title: 'Homing' }],
    ['a field emptied', { DOI: ' ', volume: '' }, { DOI: null, volume: null }],
    [
      'fields filled in',
      { issue: '3', PMID: '123', vernacularTitle: '归巢' },
      { issue: '3', PMID: '123', vernacularTitle: '归巢' },
    ],
    ['another journal', { journal: 'Gut' }, { 'container-title': 'Gut' }],
    ['another year', { year: '2024' }, { issued: { 'date-parts': [[2024]] } }],
    ['no year', { year: '' }, { issued: null }],
    ['the same year, written otherwise, keeps its month', { year: '02025' }, { issued: article.issued }],
    ['keywords', { keywords: 'Liver；Fibrosis;; ' }, { keyword: ['Liver', 'Fibrosis'] }],
    ['no keywords', { keywords: '' }, { keyword: [] }],
    [
      'an author more: the others keep their affiliations',
      { authors: 'ZHANG, Liaoyun\n\nLIU,Yuxin\nA Group' },
      { author: [zhang, { family: 'LIU', given: 'Yuxin' }, { literal: 'A Group' }] },
    ],
    ['no authors', { authors: ' \n' }, { author: [] }],
  ];
  it.each(cases)('%s', (_name, change, edit) =>
    expect(editFrom(article, { ...detailsOf(article), ...change })).toEqual(edit),
  );
});
