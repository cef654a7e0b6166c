import { describe, expect, it } from 'vitest';
import type { AbstractSection } from './article';
import { keepSections } from './sections';

const abstract = '[Objective] To see. [Methods] We saw it twice. [Results] Seen.';
const part = (label: string, text: string, from = abstract): AbstractSection => {
  const start = from.indexOf(text);
  return { label, kind: 'other', start, end: start + text.length };
};
const sections = [
  part('Objective', 'To see.'),
  part('Methods', 'We saw it twice.'),
  part('Results', 'Seen.'),
];

describe('keepSections', () => {
  it.each([
    [
      'nothing',
      (text: string) => text,
      ['Objective: To see.', 'Methods: We saw it twice.', 'Results: Seen.'],
    ],
    [
      'a word in a section',
      (text: string) => text.replace('twice', 'three times'),
      ['Objective: To see.', 'Methods: We saw it three times.', 'Results: Seen.'],
    ],
    [
      'words at the end of a section',
      (text: string) => text.replace('To see.', 'To see. More.'),
      ['Objective: To see. More.', 'Methods: We saw it twice.', 'Results: Seen.'],
    ],
    [
      'words at the end of the abstract',
      (text: string) => `${text} And again.`,
      ['Objective: To see.', 'Methods: We saw it twice.', 'Results: Seen. And again.'],
    ],
    [
      'words before the first label',
      (text: string) => `New. ${text}`,
      ['Objective: To see.', 'Methods: We saw it twice.', 'Results: Seen.'],
    ],
    [
      'a label',
      (text: string) => text.replace('[Methods]', '[Patients]'),
      ['Objective: To see.', 'Results: Seen.'],
    ],
    [
      'the limit of two sections',
      (text: string) => text.replace('see. [Methods] We', 'look; we'),
      ['Results: Seen.'],
    ],
    [
      'a whole section away',
      (text: string) => text.replace('[Methods] We saw it twice. ', ''),
      ['Objective: To see.', 'Results: Seen.'],
    ],
    ['everything', () => 'Something else entirely', []],
    ['all text away', () => '', []],
  ])('after editing %s', (_name, edit, expected) => {
    const after = edit(abstract);
    const kept = keepSections(sections, abstract, after);
    expect(kept.map(({ label, start, end }) => `${label}: ${after.slice(start, end)}`)).toEqual(expected);
  });

  it('never gives limits outside the text, whatever is cut or repeated', () => {
    for (let from = 0; from < abstract.length; from += 1) {
      for (let to = from; to <= abstract.length; to += 3) {
        for (const put of ['', 'x', ' [Methods] We ']) {
          const after = abstract.slice(0, from) + put + abstract.slice(to);
          let last = 0;
          for (const { start, end } of keepSections(sections, abstract, after)) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(after.length);
            last = end;
          }
        }
      }
    }
  });
});
