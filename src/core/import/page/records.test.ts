import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePage } from './parse-page';
import { splitRecords } from './records';

const fixture = (name: string): string =>
  readFileSync(new URL(`./fixtures/${name}.txt`, import.meta.url), 'utf8');

const record = (number: number, end = 'PMID: 3822399'): string =>
  `${number}. World J Hepatol. 2023 Dec 27;15(12):1294-1306. doi:
10.99999/wjh.${number}.

Title of record ${number} about the liver.

Jensen K(1), Olsen P(1).

Author information:
(1)Department of Medicine, University of Oslo, Oslo, Norway.

The liver is well in all of the ${number} patients.

${end}${number}`;

describe('splitRecords', () => {
  it.each([
    ['two blank lines', '\n\n\n'],
    ['one blank line after the identifiers', '\n\n'],
    ['Windows line ends', '\r\n\r\n\r\n'],
  ])('cuts at %s, and loses no character', (_, between) => {
    const text = [1, 2, 3].map((number) => record(number)).join(between);
    const pieces = splitRecords(text);
    expect(pieces.join('')).toBe(text);
    expect(pieces.map((piece) => parsePage(piece).fields)).toMatchObject(
      [1, 2, 3].map((number) => ({
        title: `Title of record ${number} about the liver`,
        DOI: `10.99999/wjh.${number}`,
        PMID: `3822399${number}`,
        author: [{ family: 'Jensen' }, { family: 'Olsen' }],
        abstract: `The liver is well in all of the ${number} patients.`,
      })),
    );
  });

  it('goes by no numbers: a part of a list, or two lists in one file', () => {
    const text = [7, 9, 1].map((number) => record(number)).join('\n\n\n');
    expect(splitRecords(text).map((piece) => Number.parseInt(piece, 10))).toEqual([7, 9, 1]);
  });

  it('knows a citation that is wrapped before its year, and a journal in small letters', () => {
    const long = record(2).replace(
      'World J Hepatol. 2023',
      'eJournal of the long name of a society of the liver.\n2023',
    );
    expect(splitRecords(`${record(1)}\n\n\n${long}`)).toHaveLength(2);
  });

  it('does not cut inside a record: a numbered list, a reference, an abstract without identifiers', () => {
    const list = '1. Gut. 2020;69(1):1-9.\n\n2. Liver Int. 2021;41(2):10-19.';
    expect(splitRecords(record(1, `${list}\n\nPMID: 3822399`))).toHaveLength(1);
  });

  it.each(['publisher-mdpi-full', 'pmc-new-pmc3837325', 'pubmed-web-rct', 'europub-sample', 'unknown-list'])(
    'leaves %s whole',
    (name) => expect(splitRecords(fixture(name))).toEqual([fixture(name)]),
  );

  it('takes no record from a list of references below a page', () => {
    const page = `${fixture('pubmed-web-rct')}\n\n\n${record(1)}\n\n\n${record(2)}`;
    expect(splitRecords(page)).toEqual([page]);
  });
});
