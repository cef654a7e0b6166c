import { describe, expect, it } from 'vitest';
import { cutLongParagraphs } from './paragraphs';

const cut = (text: string): string[] =>
  cutLongParagraphs([{ level: 0, text }]).flatMap((block) => block.text.split('\n'));

describe('cutLongParagraphs', () => {
  it.each([
    ['English', 'The liver is well (as is the gut). ', /[.)]\s?$/],
    ['Chinese', '间充质干细胞治疗肝纤维化的研究进展。', /。$/],
    ['words without sentences', 'liver ', /^(?:liver )+$/],
  ])('cuts %s where a reader would pause', (_, unit, end) => {
    const text = unit.repeat(20_000 / unit.length).trimEnd();
    const pieces = cut(text);
    expect(pieces.join('')).toBe(text);
    expect(pieces.length).toBeGreaterThan(4);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(4000);
    for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(end);
  });

  it('cuts a text without any pause, but never a character', () => {
    const text = `a${'𠮷'.repeat(10_000)}`;
    const pieces = cut(text);
    expect(pieces.join('')).toBe(text);
    for (const piece of pieces) expect(piece).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
  });

  it('leaves paragraphs alone that can be read, and many short lines too', () => {
    const blocks = [
      { level: 1, text: 'Introduction' },
      { level: 0, text: 'x '.repeat(5000) },
      { level: 0, text: 'A line.\n'.repeat(5000) },
    ];
    expect(cutLongParagraphs(blocks)).toEqual(blocks);
  });

  it('is done with 5 MB at once', () => {
    const started = performance.now();
    expect(cut('The liver is well. '.repeat(260_000)).length).toBeGreaterThan(1000);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
