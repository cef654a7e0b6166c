import { describe, expect, it } from 'vitest';
import { createTranslator } from '#shared/messages/translator';
import { languageOfText, wordAuthors, wordSource } from './words';

describe('languageOfText', () => {
  it.each([
    ['间充质干细胞', 'zh'],
    ['TGF-β 与肝纤维化', 'zh'],
    ['Hepatitis B', 'en'],
    ['', 'en'],
  ] as const)('%s', (text, language) => expect(languageOfText(text)).toBe(language));
});

describe('wordAuthors', () => {
  const authors = [
    { family: 'LIU', given: 'Yuxin' },
    { family: 'ZHANG' },
    { literal: 'A Group' },
    { family: 'Berg' },
  ];
  it.each([
    ['en', 0, ''],
    ['en', 2, 'Yuxin LIU, ZHANG'],
    ['en', 3, 'Yuxin LIU, ZHANG, A Group'],
    ['en', 4, 'Yuxin LIU, ZHANG, A Group, et al.'],
    ['zh-CN', 4, 'Yuxin LIU, ZHANG, A Group 等'],
  ] as const)('%s, %i authors', (language, count, words) =>
    expect(wordAuthors(createTranslator(language), authors.slice(0, count))).toBe(words),
  );

  it('shows a name with the signs of markup as it is', () =>
    expect(wordAuthors(createTranslator('en'), [...authors.slice(0, 3), { literal: 'x' }])).not.toContain(
      '&',
    ));
});

describe('wordSource', () => {
  it.each([
    [{ 'container-title': 'Gut', year: 2025 }, 'Gut, 2025'],
    [{ 'container-title': 'Gut' }, 'Gut'],
    [{ year: 2025 }, '2025'],
    [{}, ''],
  ])('%j', (row, words) => expect(wordSource(row)).toBe(words));
});
