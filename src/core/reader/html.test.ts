import { describe, expect, it } from 'vitest';
import { abstractBlocks, abstractDocument, readingTextOf, textHashOf, writeDocument } from './html';

const section = (abstract: string, label: string, from: string, to?: string) => {
  const start = abstract.indexOf(from);
  const end = to === undefined ? abstract.length : abstract.indexOf(to);
  return { label, kind: 'other' as const, start, end };
};

describe('writeDocument', () => {
  it('writes headings and paragraphs with ids in reading order', () => {
    const { html, text } = writeDocument([
      { level: 1, text: 'Methods' },
      { level: 0, text: 'We did it.' },
      { level: 4, text: 'Deep' },
      { level: 9, text: 'Deeper' },
    ]);
    expect(html).toBe(
      '<h2 id="b0">Methods</h2><p id="b1">We did it.</p><h5 id="b2">Deep</h5><h5 id="b3">Deeper</h5>',
    );
    expect(text).toBe('Methods\nWe did it.\nDeep\nDeeper');
  });

  it('makes a block of each line and leaves blank ones out', () => {
    const { html, text } = writeDocument([{ level: 0, text: ' one \r\n\n  \r two\u2028three' }]);
    expect(text).toBe('one\ntwo\u2028three');
    expect(html).toBe('<p id="b0">one</p><p id="b1">two\u2028three</p>');
  });

  it('marks the language of Chinese and Japanese blocks only', () => {
    const { html } = writeDocument([
      { level: 0, text: '目的 探讨慢性乙型肝炎患者血清HBV RNA水平' },
      { level: 0, text: '肝臓の疾患について' },
      { level: 0, text: 'The ward of 张 and Li in Beijing' },
    ]);
    expect(html).toContain('<p id="b0" lang="zh">');
    expect(html).toContain('<p id="b1" lang="ja">');
    expect(html).toContain('<p id="b2">The');
  });

  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</p></article><iframe srcdoc="<script>">',
    '&lt;b&gt; &amp; &#x3C; &nbsp;',
    '<!-- --!> ]]> <![CDATA[',
    'a\u0000b\u0008c\ud800d\u009fe',
    '𠮷野家 😀 e\u0301 \u202Eabc\u202C',
  ];
  it.each(hostile)('reads back the text it wrote: %j', (text) => {
    const written = writeDocument([
      { level: 0, text },
      { level: 2, text },
    ]);
    expect(written.html).not.toMatch(/<(?!\/?(?:p|h3)[ >])/);
    expect(readingTextOf(written.html)).toBe(written.text);
  });

  it.each([
    ['many lines', Array.from({ length: 3000 }, (_, at) => `Line ${at} of the text.`)],
    ['long paragraphs', Array.from({ length: 300 }, () => 'The liver is well. '.repeat(60).trim())],
    ['Chinese', Array.from({ length: 300 }, () => '肝脏很好。'.repeat(120))],
  ])('writes %s in parts of about the same height, and reads the same text from them', (_, lines) => {
    const { html, text } = writeDocument(lines.map((line) => ({ level: 0, text: line })));
    expect(text).toBe(lines.join('\n'));
    expect(readingTextOf(html)).toBe(text);
    const parts = html.split('<div class="part">').slice(1);
    expect(parts.length).toBeGreaterThan(30);
    const sizes = parts.slice(0, -1).map((part) => part.length);
    expect(Math.max(...sizes)).toBeLessThan(Math.min(...sizes) * 1.5);
  });

  it('leaves an article of ordinary length in one piece', () => {
    const { html } = writeDocument(
      Array.from({ length: 150 }, () => ({ level: 0, text: 'Well. '.repeat(100) })),
    );
    expect(html).not.toContain('part');
  });

  it('drops what neither HTML nor UTF-8 can carry', () => {
    expect(writeDocument([{ level: 0, text: 'a\u0000b\ud800c\u0007' }]).text).toBe('abc');
  });
});

describe('abstractDocument', () => {
  it('is one paragraph where the abstract has no sections', () => {
    const { html, text, ref } = abstractDocument({ abstract: 'All of it.', sections: [] });
    expect(html).toBe('<p id="b0">All of it.</p>');
    expect(ref).toEqual({ id: 'abstract', kind: 'abstract', textHash: textHashOf(text), textRules: 1 });
  });

  it('is empty for an article without one', () => {
    expect(abstractDocument({ sections: [] })).toMatchObject({ html: '', text: '' });
  });

  it.each([
    ['[Objective] To see. [Methods] We saw.', 'Objective', 'Methods'],
    ['Objective: To see. Methods: We saw.', 'Objective', 'Methods'],
    ['【Objective】To see. 【Methods】We saw.', 'Objective', 'Methods'],
    ['OBJECTIVE\nTo see. \nMETHODS\nWe saw.', 'OBJECTIVE', 'METHODS'],
    ['目的 To see. 方法：We saw.', '目的', '方法'],
  ])('makes headings of labels, without their brackets: %j', (abstract, one, two) => {
    const first = abstract.indexOf('To see.');
    const sections = [
      { ...section(abstract, one, 'To see'), end: first + 'To see.'.length },
      section(abstract, two, 'We saw'),
    ];
    expect(abstractDocument({ abstract, sections }).text).toBe(`${one}\nTo see.\n${two}\nWe saw.`);
  });

  it('keeps text before, between and after the sections', () => {
    const abstract = 'First words. Aims: To see. More words. Results: Seen. Last words.';
    const sections = [
      section(abstract, 'Aims', 'To see', ' More'),
      section(abstract, 'Results', 'Seen', ' Last'),
    ];
    expect(abstractBlocks({ abstract, sections }).flatMap((b) => b.text.trim().split(/\s*\n\s*/))).toEqual([
      'First words.',
      'Aims',
      'To see.',
      'More words.',
      'Results',
      'Seen.',
      'Last words.',
    ]);
  });

  it('ignores sections that overlap or run backwards, and loses no text', () => {
    const sections = [
      { label: 'A', kind: 'other' as const, start: 0, end: 5 },
      { label: 'B', kind: 'other' as const, start: 3, end: 8 },
      { label: 'C', kind: 'other' as const, start: 7, end: 6 },
    ];
    expect(abstractDocument({ abstract: '0123456789', sections }).text).toBe('A\n01234\n56789');
  });
});
