import { describe, expect, it } from 'vitest';
import type { Bibliographic } from '#shared/model/article';
import { authorOf } from '../library/author-lines';
import { errorsIn, fieldsFrom, textsOf } from './edit-fields';

const abstract = 'Aim: To see. Results: Seen.';
const whole: Bibliographic = {
  title: 'Homing of stem cells',
  vernacularTitle: '干细胞归巢',
  author: [
    { family: 'LIU', given: 'Yuxin', affiliation: ['Taiyuan'] },
    { family: '张', given: '辽云' },
    { literal: 'HBV Study Group' },
  ],
  'container-title': 'Journal of Clinical Hepatology',
  issued: { 'date-parts': [[2025, 3, 20]] },
  volume: '41',
  issue: '3',
  page: '561-567',
  DOI: '10.1000/x',
  PMID: '1',
  PMCID: 'PMC1',
  ISSN: '1001-5256',
  URL: 'https://example.org',
  language: 'zh',
  abstract,
  sections: [
    { label: 'Aim', kind: 'objective', start: 5, end: 12 },
    { label: 'Results', kind: 'results', start: 22, end: 27 },
  ],
  abstractCutOff: true,
  keyword: ['Mesenchymal Stem Cells', 'Liver, End-Stage'],
  publicationTypes: ['Review'],
  otherIds: [{ scheme: 'EP ID', value: 'EP768460' }],
};
const bare: Bibliographic = {
  title: 'Only a title',
  author: [],
  sections: [],
  abstractCutOff: false,
  keyword: [],
  publicationTypes: [],
  otherIds: [],
};
const edit = (change: Partial<ReturnType<typeof textsOf>>, original = whole): Bibliographic =>
  fieldsFrom({ ...textsOf(original), ...change }, original);

describe('fieldsFrom', () => {
  it.each([
    ['all fields', whole],
    ['only a title', bare],
  ])('gives back what it was given, untouched: %s', (_name, fields) => {
    expect(fieldsFrom(textsOf(fields), fields)).toEqual(fields);
  });

  it('takes emptied fields away and keeps those that the form does not show', () => {
    const empty = Object.fromEntries(Object.keys(textsOf(whole)).map((name) => [name, ' ']));
    expect(edit({ ...empty, title: 'T' })).toEqual({
      ...bare,
      title: 'T',
      URL: whole.URL,
      publicationTypes: whole.publicationTypes,
      otherIds: whole.otherIds,
    });
  });

  it('keeps affiliations of the lines that were not touched, in a new order too', () => {
    expect(edit({ author: 'HBV Study Group\nLIU, Yuxin\nNEW, Author\n\n' }).author).toEqual([
      { literal: 'HBV Study Group' },
      { family: 'LIU', given: 'Yuxin', affiliation: ['Taiyuan'] },
      { family: 'NEW', given: 'Author' },
    ]);
  });

  it.each([
    [{ year: '2025', month: '3' }, [2025, 3, 20]],
    [{ year: '2024', month: '3' }, [2024, 3]],
    [{ year: '2024', month: '' }, [2024]],
    [{ year: ' 2024 ', month: ' 05 ' }, [2024, 5]],
  ])('reads the date %j', (change, parts) => {
    expect(edit(change).issued).toEqual({ 'date-parts': [parts] });
  });

  it.each([
    ['https://doi.org/10.1000/Y', '10.1000/Y'],
    ['doi: 10.1000/y', '10.1000/y'],
    [' 10.1000/y ', '10.1000/y'],
  ])('takes the DOI out of %j', (DOI, expected) => {
    expect(edit({ DOI }).DOI).toBe(expected);
  });

  it('drops sections that an edited abstract no longer has, and the mark that it was cut off', () => {
    const changed = edit({ abstract: 'Aim: To look. Then something else.' });
    expect(changed.sections).toEqual([]);
    expect(changed.abstractCutOff).toBe(false);
    const grown = edit({ abstract: `${abstract} More.` });
    expect(grown.sections.map(({ start, end }) => grown.abstract?.slice(start, end))).toEqual([
      'To see.',
      'Seen. More.',
    ]);
  });
});

describe('authorOf', () => {
  it.each([
    ['Liu, Yuxin', { family: 'Liu', given: 'Yuxin' }],
    ['Yuxin LIU', { family: 'LIU', given: 'Yuxin' }],
    ['LIU Yuxin Anna', { family: 'LIU', given: 'Yuxin Anna' }],
    ["Sean O'NEILL-SMITH", { family: "O'NEILL-SMITH", given: 'Sean' }],
    ['Yuxin Liu', { literal: 'Yuxin Liu' }],
    ['HBV HCV Alliance', { literal: 'HBV HCV Alliance' }],
    ['HBV Study Group', { literal: 'HBV Study Group' }],
    ['张三', { literal: '张三' }],
    ['WHO', { literal: 'WHO' }],
    ['A, B, C', { literal: 'A, B, C' }],
  ])('%s', (line, author) => {
    expect(authorOf(line)).toEqual(author);
  });
});

describe('errorsIn', () => {
  it.each([
    [{}, {}],
    [{ title: ' \n' }, { title: 'title' }],
    [{ year: '25' }, { year: 'year' }],
    [{ year: '2025a' }, { year: 'year' }],
    [{ month: '13' }, { month: 'month' }],
    [{ year: '', month: '5' }, { year: 'monthWithoutYear' }],
    [{ year: '', month: '' }, {}],
  ])('%j', (change, errors) => {
    expect(errorsIn({ ...textsOf(whole), ...change })).toEqual(errors);
  });
});
