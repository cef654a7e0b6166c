import { describe, expect, it } from 'vitest';
import { findDate } from './dates';
import { isCitationLine, parseCitation, parseReference } from './journal-line';

describe('parseCitation', () => {
  const full = { volume: '41', issue: '3', page: '561-567' };
  it.each([
    [
      'Journal of Clinical Hepatology - Year 2025, Vol 41, Issue 3',
      { journal: 'Journal of Clinical Hepatology', issued: [2025], volume: '41', issue: '3' },
    ],
    ['Journal of X 2025;41(3):561-567', { journal: 'Journal of X', issued: [2025], ...full }],
    ['J Hepatol. 2025 Mar; 41(3): 561–567.', { journal: 'J Hepatol', issued: [2025, 3], ...full }],
    [
      'Gut Liver. 2015 Mar 3;9(2):330-336. doi: 10.5009/gnl13365.',
      {
        journal: 'Gut Liver',
        issued: [2015, 3, 3],
        volume: '9',
        issue: '2',
        page: '330-336',
        DOI: '10.5009/gnl13365',
      },
    ],
    [
      'World J Hepatol. Dec 27, 2023; 15(12): 1294-1306',
      { journal: 'World J Hepatol', issued: [2023, 12, 27], volume: '15', issue: '12', page: '1294-1306' },
    ],
    ['临床肝胆病杂志, 2025, 41(3): 561-567', { journal: '临床肝胆病杂志', issued: [2025], ...full }],
    ['临床肝胆病杂志，2025，41（3）：561－567', { journal: '临床肝胆病杂志', issued: [2025], ...full }],
    [
      '《临床肝胆病杂志》2025年第41卷第3期',
      { journal: '临床肝胆病杂志', issued: [2025], volume: '41', issue: '3' },
    ],
    [
      'Volume 80, Issue 3, March 2024, Pages 456-470',
      { issued: [2024, 3], volume: '80', issue: '3', page: '456-470' },
    ],
    [
      'Articles Volume 401, Issue 10379p786-797March 04, 2023',
      { issued: [2023, 3, 4], volume: '401', issue: '10379', page: '786-797' },
    ],
    [
      'ARTICLES| VOLUME 401, ISSUE 10379, P786-797, MARCH 04, 2023',
      { issued: [2023, 3, 4], volume: '401', issue: '10379', page: '786-797' },
    ],
    ['Trials. 2016 Feb 29;17:111.', { journal: 'Trials', issued: [2016, 2, 29], volume: '17', page: '111' }],
    ['北方药学. 2012,9(05)', { journal: '北方药学', issued: [2012], volume: '9', issue: '05' }],
    ['肝脏 2016, 21(8)', { journal: '肝脏', issued: [2016], volume: '21', issue: '8' }],
    ['Volume 18, pages 345–356, (2024)', { issued: [2024], volume: '18', page: '345-356' }],
    [
      'Int. J. Mol. Sci. 2024, 25(3), 1834',
      { journal: 'Int. J. Mol. Sci.', issued: [2024], volume: '25', issue: '3', page: '1834' },
    ],
    [
      'PLoS One. 2015;10(10):e0140853',
      { journal: 'PLoS One', issued: [2015], volume: '10', issue: '10', page: 'e0140853' },
    ],
    ['Hepatology. 2025 Jan 15. doi: 10.1/x', { journal: 'Hepatology', issued: [2025, 1, 15] }],
  ])('%s', (line, expected) => expect(parseCitation(line)).toMatchObject(expected));

  it('takes the name of a section for no journal', () =>
    expect(parseCitation('ARTICLES| VOLUME 401, ISSUE 10379, P786-797, MARCH 04, 2023')).not.toHaveProperty(
      'journal',
    ));

  it.each(['', 'No numbers here', 'In 2019 we saw 41 patients in three hospitals.', 'Room 2025'])(
    'takes %j for no citation line',
    (line) => expect(isCitationLine(line)).toBe(false),
  );
});

describe('parseReference', () => {
  it.each([
    [
      'Xu D-Z, Zhao K, et al. (2008) A Trial of a Vaccine. PLoS ONE 3(7): e2565. https://doi.org/10.1371/journal.pone.0002565',
      {
        journal: 'PLoS ONE',
        issued: [2008],
        volume: '3',
        issue: '7',
        page: 'e2565',
        DOI: '10.1371/journal.pone.0002565',
      },
    ],
    [
      'Smith, J., Doe, A. Stiffness of the liver: a study. Hepatol Int 18, 345–356 (2024). https://doi.org/10.99999/s1',
      { journal: 'Hepatol Int', issued: [2024], volume: '18', page: '345-356' },
    ],
    [
      'Smith, J., Doe, A. Is it so? A study. J. Clin. Hepatol. 18(2), 345–356 (2024).',
      { journal: 'J. Clin. Hepatol.', issued: [2024], volume: '18', issue: '2', page: '345-356' },
    ],
  ])('%s', (text, expected) => expect(parseReference(text)).toMatchObject(expected));

  it.each(['', 'The liver is well. It was seen in 2019 (41 patients).'])('finds none in %j', (text) =>
    expect(parseReference(text)).toBeUndefined(),
  );
});

describe('findDate', () => {
  it.each([
    ['2015 Mar 3', [2015, 3, 3]],
    ['Dec 27, 2023', [2023, 12, 27]],
    ['27 December 2023', [2023, 12, 27]],
    ['March 2024', [2024, 3]],
    ['2024-03-12', [2024, 3, 12]],
    ['2025年3月25日', [2025, 3, 25]],
    ['2025', [2025]],
  ])('%s', (text, parts) => expect(findDate(text)).toEqual(parts));

  it.each(['', 'in May', '12345678', '0999'])('finds none in %j', (text) =>
    expect(findDate(text)).toBeUndefined(),
  );
});
