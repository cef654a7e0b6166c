import { describe, expect, it } from 'vitest';
import { endsSentence, findSections, hasCutMark, isSectionLabel, kindOf } from './abstract';

const parts = (abstract: string): string[] =>
  findSections(abstract).map(
    ({ label, kind, start, end }) => `${label}/${kind}=${abstract.slice(start, end)}`,
  );

describe('findSections', () => {
  it.each([
    ['[Objective] To see. [Methods] We saw.', ['Objective/objective=To see.', 'Methods/methods=We saw.']],
    ['Objective: To see. Results: Seen.', ['Objective/objective=To see.', 'Results/results=Seen.']],
    ['BACKGROUND & AIMS: A.\nMETHODS: B.', ['BACKGROUND & AIMS/background=A.', 'METHODS/methods=B.']],
    ['【目的】探讨。【方法】分析。', ['目的/objective=探讨。', '方法/methods=分析。']],
    ['目的：探讨。方法：分析。', ['目的/objective=探讨。', '方法/methods=分析。']],
    [
      '目的 探讨肝病。方法 分析数据。结果 有效。',
      ['目的/objective=探讨肝病。', '方法/methods=分析数据。', '结果/results=有效。'],
    ],
    ['Background\nA.\nMethods\nB.', ['Background/background=A.', 'Methods/methods=B.']],
    [
      'Objective To see. Methods A total. Results Seen.',
      ['Objective/objective=To see.', 'Methods/methods=A total.', 'Results/results=Seen.'],
    ],
    ['LAY SUMMARY: A word.', ['LAY SUMMARY/other=A word.']],
    ['Before. Conclusion: After.', ['/other=Before.', 'Conclusion/conclusions=After.']],
  ])('%j', (abstract, expected) => expect(parts(abstract)).toEqual(expected));

  it.each([
    'Results of the trial were good. Methods differ.',
    'The ratio was 3:1 in the results. We saw it.',
    '',
  ])('finds none in %j', (abstract) => expect(findSections(abstract)).toEqual([]));
});

it.each([
  ['BACKGROUND & AIMS', 'background'],
  ['Aim', 'objective'],
  ['Patients and Methods', 'methods'],
  ['Main results', 'results'],
  ['Interpretation', 'conclusions'],
  ['结论', 'conclusions'],
  ['Funding', 'other'],
])('%s stands for %s', (label, kind) => expect(kindOf(label)).toBe(kind));

it.each([
  ['and its serum HBV D...', true],
  ['以及…', true],
  ['It goes on … Read more', true],
  ['It ends.', false],
])('cut off: %s', (text, cut) => expect(hasCutMark(text)).toBe(cut));

it('knows the end of a sentence and a label', () => {
  expect(['It ends.', '结束。', 'It ends (P<0.05).', 'Does it?'].every(endsSentence)).toBe(true);
  expect(endsSentence('It does not')).toBe(false);
  expect(isSectionLabel('[Methods]')).toBe(true);
  expect(isSectionLabel('Methods of the study were simple')).toBe(false);
});
