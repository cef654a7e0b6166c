import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Article } from '#shared/model/article';
import { addArticles, sampleArticle, type TempLibrary, tempLibrary } from '../../test/temp-library';
import { DuplicateIndex, titleKey } from './duplicates';

const KNOWN: Partial<Article> = {
  title: 'Homing of mesenchymal stem cells: a review',
  author: [{ family: 'LIU', given: 'Yuxin' }],
  issued: { 'date-parts': [[2025]] },
  DOI: '10.12449/jch250327',
  PMID: '123',
};
const fields = (given: Partial<Article> = {}) => ({
  title: 'Another title of an article',
  author: [],
  ...given,
});

describe('DuplicateIndex', () => {
  let library: TempLibrary;
  let index: DuplicateIndex;
  const known = sampleArticle(KNOWN);
  const stub = sampleArticle({ title: 'A stub that waits to be filled', completeness: 'stub' });

  beforeEach(async () => {
    library = await tempLibrary();
    await addArticles(library.store, known);
    index = new DuplicateIndex(library.store);
    // One from the start, one by a commit: both ways in must work.
    await addArticles(library.store, stub);
  });
  afterEach(async () => {
    index.dispose();
    await library.remove();
  });

  it.each<[string, Partial<Article>, string | undefined]>([
    ['DOI in another spelling', { DOI: 'https://doi.org/10.12449/JCH250327' }, 'DOI'],
    ['PMID', { PMID: '123' }, 'PMID'],
    ['title, year and author', { ...KNOWN, DOI: undefined, PMID: undefined } as Partial<Article>, 'title'],
    [
      'title in other case, width and punctuation, family name not in capitals',
      {
        title: 'HOMING OF ＭＥＳＥＮＣＨＹＭＡＬ stem-cells — a review.',
        author: [{ family: 'Liu', given: 'Y' }],
        issued: { 'date-parts': [[2025, 3]] },
      },
      'title',
    ],
    ['title alone, nothing else known', { title: KNOWN.title ?? '' }, 'title'],
    ['title with another year', { title: KNOWN.title ?? '', issued: { 'date-parts': [[2019]] } }, undefined],
    ['title with another author', { title: KNOWN.title ?? '', author: [{ family: 'Roe' }] }, undefined],
    ['title with another DOI', { title: KNOWN.title ?? '', DOI: '10.1/other' }, undefined],
    ['nothing in common', {}, undefined],
  ])('%s', (_, given, by) => {
    const found = index.find(fields(given));
    expect(found?.by).toBe(by);
    if (by !== undefined) expect(found).toMatchObject({ id: known.id, stub: false });
  });

  it('matches a stub by its title alone', () => {
    const given = { title: 'A Stub that waits to be filled.', DOI: '10.1/new', author: [{ family: 'Roe' }] };
    expect(index.find(fields(given))).toEqual({ id: stub.id, by: 'title', stub: true });
    expect(index.findByTitle('a stub that waits to be filled')).toBe(stub.id);
  });

  it('follows changes, and forgets what lies in the Trash', async () => {
    const write = (value: Article, trash = false) =>
      library.store.write({
        label: 'history.edit',
        capture: 'step',
        writes: [{ table: 'articles', id: value.id, value, trash }],
      });
    await write({ ...known, DOI: '10.1/changed' });
    expect(index.find(fields({ DOI: '10.1/changed' }))?.id).toBe(known.id);
    expect(index.find(fields({ DOI: '10.12449/jch250327' }))).toBeUndefined();
    await write({ ...known, DOI: '10.1/changed' }, true);
    expect(index.find(fields({ DOI: '10.1/changed' }))).toBeUndefined();
  });

  it('answers in constant time among 10,000 articles', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) =>
      sampleArticle({ title: `Article number ${at} of many`, DOI: `10.1/${at}` }),
    );
    await addArticles(library.store, ...many);
    const started = performance.now();
    for (let at = 0; at < 1000; at += 1)
      expect(index.find(fields({ DOI: `10.1/${at}` }))?.id).toBe(many[at]?.id);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

it.each([
  ['Café: Über ﬁbrosis', 'cafeuberfibrosis'],
  ['肝硬化　的　研究。', '肝硬化的研究'],
])('the key of %s', (title, key) => expect(titleKey(title)).toBe(key));
