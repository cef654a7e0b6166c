import { describe, expect, it } from 'vitest';
import { isAuthorLine, parseAuthors, readAffiliations } from './authors';

const names = (text: string, capitals = false): string[] =>
  parseAuthors(text, new Map(), capitals).authors.map((author) =>
    author.literal === undefined ? `${author.family}|${author.given}` : `*${author.literal}`,
  );

describe('parseAuthors', () => {
  it.each([
    ['Yuxin LIU, Liaoyun ZHANG', ['LIU|Yuxin', 'ZHANG|Liaoyun']],
    ['LIU Yuxin; ZHANG Liaoyun', ['LIU|Yuxin', 'ZHANG|Liaoyun']],
    ['Zhang S, Li W', ['Zhang|S', 'Li|W']],
    ['S Zhang, W Li', ['Zhang|S', 'Li|W']],
    ['Smith J, Doe AB, and Roe C.', ['Smith|J', 'Doe|AB', 'Roe|C']],
    ['Smith J, Doe AB, et al.', ['Smith|J', 'Doe|AB']],
    ['Jensen, Karl; Olsen, Per', ['Jensen|Karl', 'Olsen|Per']],
    ['Maria van der Berg, Jean-Luc Moreau', ['van der Berg|Maria', 'Moreau|Jean-Luc']],
    ["Aoife O'Neill and Hye-Jin Kim", ["O'Neill|Aoife", 'Kim|Hye-Jin']],
    ['刘玉新，张辽云', ['刘|玉新', '张|辽云']],
    ['刘玉新 张辽云', ['刘|玉新', '张|辽云']],
    ['欧阳修文、诸葛亮', ['欧阳|修文', '诸葛|亮']],
    ['Jane Smith1,2, John Doe3*, Mei Chen 1', ['Smith|Jane', 'Doe|John', 'Chen|Mei']],
    ['Jane Smith¹, John Doe²', ['Smith|Jane', 'Doe|John']],
    ['Jane Smith a b, John Doe c', ['Smith|Jane', 'Doe|John']],
    ['Smith J(1)(2), Doe A(1).', ['Smith|J', 'Doe|A']],
    ['Jane Smith, MD, PhD, John Doe, MSc', ['Smith|Jane', 'Doe|John']],
    ['Sofia Rossi, on behalf of the LIVER-CARE Study Group', ['Rossi|Sofia', '*LIVER-CARE Study Group']],
    [
      'Karl Jensen 1 , Per Olsen 2 ; LIVERHOPE Consortium; PREDICT Study Group of the EASL-CLIF Consortium',
      [
        'Jensen|Karl',
        'Olsen|Per',
        '*LIVERHOPE Consortium',
        '*PREDICT Study Group of the EASL-CLIF Consortium',
      ],
    ],
    [
      'Jensen K(1), van der Berg M(2); LIVERHOPE Consortium; PREDICT Study Group.',
      ['Jensen|K', 'van der Berg|M', '*LIVERHOPE Consortium', '*PREDICT Study Group'],
    ],
    ['肝病学组', ['*肝病学组']],
  ])('%s', (text, expected) => expect(names(text)).toEqual(expected));

  it('takes short capitals for the family name only where the site writes it so', () => {
    expect(names('Wei LI, Yan XU')).toEqual(['Wei|LI', 'Yan|XU']);
    expect(names('Wei LI, Yan XU', true)).toEqual(['LI|Wei', 'XU|Yan']);
  });

  it('gives addresses by their numbers, and a single one to everybody', () => {
    const numbered = readAffiliations(['1. Department of Medicine, Oslo', '2. Hospital of Bergen']);
    expect(
      parseAuthors('Jane Smith 1,2, John Doe 2', numbered).authors.map((author) => author.affiliation),
    ).toEqual([['Department of Medicine, Oslo', 'Hospital of Bergen'], ['Hospital of Bergen']]);
    const [first] = parseAuthors('Jane Smith, John Doe', readAffiliations(['Hospital of Bergen'])).authors;
    expect(first?.affiliation).toEqual(['Hospital of Bergen']);
  });

  it('says which pieces do not look like names', () => {
    expect(parseAuthors('Jane Smith, patients with cirrhosis').odd).toEqual(['patients with cirrhosis']);
  });
});

describe('isAuthorLine', () => {
  it.each(['Jane Smith, John Doe', 'Smith J, Doe AB', '张伟 刘海涛 陈静', 'Yuxin LIU 1 ; Liaoyun ZHANG 2'])(
    'yes: %s',
    (line) => expect(isAuthorLine(line)).toBe(true),
  );
  it.each([
    'Influencing factors for the homing ability of mesenchymal stem cells',
    'Background, methods, and results of the trial',
    'In the treatment group of the second cohort survival was better than in the control group of the first',
    'We thank Jane Smith. She helped us with the study.',
    'Department of Medicine, University of Oslo, Oslo, Norway',
  ])('no: %s', (line) => expect(isAuthorLine(line)).toBe(false));
});
