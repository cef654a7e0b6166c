import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Author } from '#shared/model/author';
import type { Draft } from '#shared/model/draft';
import { splitLines } from './lines';
import { parsePage } from './parse-page';
import { splitRecords } from './records';

/** What a fixture says; see `fixtures/README.md`. */
interface Expected {
  held: boolean;
  shape?: string;
  completeness?: string;
  stubs: string[];
  abstract?: string;
  firstBody?: string;
  [field: string]: unknown;
}

const folder = new URL('./fixtures/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({
    name: name.replace('.json', ''),
    // Of a file with several records the first is what the fixture describes.
    text: splitRecords(read(name.replace('.json', '.txt')))[0] ?? '',
    expected: JSON.parse(read(name)) as Expected,
  }));

const nameOf = (author: Author): string =>
  author.literal === undefined ? `${author.family}, ${author.given}` : `*${author.literal}`;
const orAbsent = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined);

const fieldsOf = ({ fields }: Draft): Record<string, unknown> => ({
  title: fields.title || undefined,
  vernacularTitle: fields.vernacularTitle,
  journal: fields['container-title'],
  year: fields.issued?.['date-parts'][0]?.[0],
  volume: fields.volume,
  issue: fields.issue,
  page: fields.page,
  DOI: fields.DOI,
  PMID: fields.PMID,
  PMCID: fields.PMCID,
  language: fields.language,
  authors: orAbsent(fields.author.map(nameOf)),
  keywords: orAbsent(fields.keyword),
  abstract: fields.abstract,
  sections: orAbsent(fields.sections.map((section) => section.label)),
  other: orAbsent(fields.otherIds.map((id) => id.value)),
});

const absent = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** True positives, false positives and false negatives over the fields of one page. */
const score = (draft: Draft, expected: Expected): { right: number; wrong: number; missed: number } => {
  const count = { right: 0, wrong: 0, missed: 0 };
  for (const [field, got] of Object.entries(fieldsOf(draft))) {
    const want = absent(expected[field]) ? undefined : expected[field];
    if (JSON.stringify(got) === JSON.stringify(want)) count.right += want === undefined ? 0 : 1;
    else {
      if (!absent(got)) count.wrong += 1;
      if (want !== undefined) count.missed += 1;
    }
  }
  return count;
};

describe('pages of known shapes', () => {
  it('has at least 60 pages, a third of them kept back', () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(60);
    expect(fixtures.filter((fixture) => fixture.expected.held).length).toBeGreaterThanOrEqual(20);
  });

  it('reads 97 of 100 fields exactly', () => {
    const total = { right: 0, wrong: 0, missed: 0 };
    for (const { text, expected } of fixtures) {
      const one = score(parsePage(text), expected);
      total.right += one.right;
      total.wrong += one.wrong;
      total.missed += one.missed;
    }
    const f1 = (2 * total.right) / (2 * total.right + total.wrong + total.missed);
    console.log(`fields: F1 ${f1.toFixed(4)} over ${fixtures.length} pages`, total);
    expect(f1).toBeGreaterThanOrEqual(0.97);
  });

  it.each(fixtures)(
    '$name: shape, related titles, and no foreign word in the abstract',
    ({ text, expected }) => {
      const draft = parsePage(text);
      if (expected.shape !== undefined) expect(draft.shape).toBe(expected.shape);
      if (expected.completeness !== undefined) expect(draft.completeness).toBe(expected.completeness);
      if (expected.firstBody !== undefined) expect(draft.body[0]?.text).toBe(expected.firstBody);
      expect(draft.related.map((stub) => stub.title)).toEqual(expected.stubs);
      // Every word of the abstract is one of the right abstract, in its order: nothing leaked in.
      if (draft.fields.abstract !== undefined) expect(expected.abstract).toContain(draft.fields.abstract);
    },
  );

  it.each(fixtures)('$name: a field for every line, and sections that hold their text', ({ text }) => {
    const draft = parsePage(text);
    expect(draft.lines).toHaveLength(splitLines(text).length);
    const abstract = draft.fields.abstract ?? '';
    let end = 0;
    for (const section of draft.fields.sections) {
      expect(section.start).toBeGreaterThanOrEqual(end);
      expect(section.end).toBeGreaterThanOrEqual(section.start);
      expect(section.end).toBeLessThanOrEqual(abstract.length);
      expect(abstract.slice(0, section.start)).toContain(section.label);
      end = section.end;
    }
  });
});

describe('the sample', () => {
  const draft = parsePage(
    readFileSync(new URL('../../../../resources/sample/europub-768460.txt', import.meta.url), 'utf8'),
  );

  it('gives every field of the page', () => {
    const { abstract, ...fields } = draft.fields;
    expect(fields).toEqual({
      title:
        'Influencing factors for the homing ability of mesenchymal stem cells in end-stage liver disease and optimization measures',
      'container-title': 'Journal of Clinical Hepatology',
      issued: { 'date-parts': [[2025]] },
      volume: '41',
      issue: '3',
      author: [
        { family: 'LIU', given: 'Yuxin' },
        { family: 'ZHANG', given: 'Liaoyun' },
      ],
      keyword: [],
      publicationTypes: [],
      otherIds: [],
      sections: [],
      abstractCutOff: false,
    });
    expect(abstract).toMatch(/^Mesenchymal stem cells \(MSCs\) have emerged/);
    expect(abstract).toMatch(/in the treatment of ESLD\.$/);
    expect(draft).toMatchObject({ shape: 'europub', completeness: 'abstract', body: [], doubts: [] });
  });

  it('gives five related titles, cut off, with their labels as sections', () => {
    expect(draft.related).toHaveLength(5);
    expect(draft.related.every((stub) => stub.abstractCutOff)).toBe(true);
    expect(draft.related.map((stub) => stub.sections.map((section) => section.label))).toEqual([
      ['Objective'],
      ['Objective', 'Methods'],
      [],
      ['Objective'],
      ['Objective'],
    ]);
  });
});
