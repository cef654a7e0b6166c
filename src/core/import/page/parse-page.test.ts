import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Draft } from '#shared/model/draft';
import { parsePage } from './parse-page';

const folder = new URL('./fixtures/', import.meta.url);
const pages = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));

/** mulberry32: the same run of numbers from the same seed. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
};

const HEAD = 'A title about the liver\nJournal Title: X - Year 2025, Vol 41, Issue 3\nAbstract\n';
const UNITS = [
  'a',
  ' ',
  '\n',
  'a\n',
  '1,',
  '((((',
  '[Objective] ',
  'METHODS: ',
  '...',
  'LIU ',
  'Jane Smith, ',
  'Smith1,2,*',
  'Citation: (2008) A. B 3(7): ',
  'Citation: X (2008) Aa. Bb. Cc. Dd. Ee.\n',
];
const LINES = [
  'The liver is well.\n',
  'Gut. 2024;73(4):690-701.\n',
  'A title of an article here\nIt is cut off and...\n',
];

describe('bad input', () => {
  it('takes one line for a title and says so', () => {
    const draft = parsePage('Only this');
    expect(draft.fields.title).toBe('Only this');
    expect(draft).toMatchObject({
      shape: 'unknown',
      completeness: 'unrecognised',
      body: [],
      lines: ['title'],
    });
    expect(draft.doubts[0]?.field).toBe('title');
  });

  it.each(['', '\n\n', '\0', '\u202E\u200B'])('gives an empty draft for %j, and one doubt', (text) => {
    const draft = parsePage(text);
    expect(draft).toMatchObject({ completeness: 'unrecognised', fields: { title: '' } });
    expect(draft.doubts).toEqual([{ field: 'title', reason: 'text-empty' }]);
  });

  it.each([
    ['unknown', '', ''],
    [
      'europub',
      '',
      '\nJournal Title: X - Year 2025, Vol 1, Issue 1\nAbstract\nThe liver.\nAuthors and Affiliations\nYuxin LIU',
    ],
  ])('cuts a title of 10,000 characters and keeps the rest as text (%s)', (shape, before, after) => {
    const title = 'liver '.repeat(1667).trim();
    const draft = parsePage(before + title + after);
    expect(draft.shape).toBe(shape);
    expect(draft.fields.title.length).toBeLessThanOrEqual(300);
    expect(`${draft.fields.title} ${draft.body[0]?.text}`).toBe(title);
    expect(draft.doubts.some((doubt) => doubt.field === 'title')).toBe(true);
  });

  it('strips bidi controls from every field, and keeps HTML as the text that it is', () => {
    const draft = parsePage(
      '<img src=x onerror=alert(1)> \u202Eeltit\nJournal Title: X\u202E - Year 2025, Vol 1, Issue 1\nAbstract\n<b>Liver</b>\u2066.\nAuthors and Affiliations\nYuxin LIU',
    );
    expect(JSON.stringify(draft)).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    expect(draft.fields.title).toBe('<img src=x onerror=alert(1)> eltit');
    expect(draft.fields.abstract).toBe('<b>Liver</b>.');
  });

  it('says that a heading for an abstract has nothing below it', () => {
    const head =
      'Albumin in decompensated cirrhosis\nKarl Jensen, Per Olsen\nGut. 2024;73(4):690-701.\nAbstract\n';
    const found = (text: string): boolean =>
      parsePage(head + text).doubts.some((doubt) => doubt.reason === 'abstract-not-found');
    expect(found('Albumin\nKeywords: albumin; cirrhosis')).toBe(true);
    expect(found('No abstract available\nKeywords: albumin')).toBe(false);
    expect(found('It helps.\nKeywords: albumin')).toBe(false);
  });

  it('loses no line of a text with more lines than a page has', () => {
    const text = Array.from({ length: 12_000 }, (_, at) => `line ${at}`).join('\n');
    const draft = parsePage(text);
    const kept = [draft.fields.title, ...draft.body.map((block) => block.text)].join('\n');
    expect(kept.match(/line \d+/g)).toHaveLength(12_000);
  });
});

/** Milliseconds of processor time for one page: the better of two, since other work here is not the parser's. */
const cost = (text: string): number =>
  Math.min(
    ...[0, 1].map(() => {
      const started = process.cpuUsage();
      parsePage(text);
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000;
    }),
  );

describe('time and safety', () => {
  it('throws for none of 10,000 damaged pages, and gives a valid draft', () => {
    const random = randomFrom(20_250_301);
    const noise = [
      '\0',
      '\u202E',
      '\uD800',
      '【',
      '：',
      ' - ',
      '\n\n',
      '...',
      'Abstract',
      '10.1/',
      '𠮷',
      '(',
      ';',
    ];
    const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T;
    for (let round = 0; round < 10_000; round += 1) {
      const page = pick(pages);
      const from = random(page.length);
      let text = page.slice(from, from + 200 + random(1500));
      for (let change = random(6); change > 0; change -= 1) {
        const at = random(text.length);
        const other = pick(pages);
        const start = random(other.length);
        const insert = random(2) === 0 ? pick(noise) : other.slice(start, start + random(200));
        text = text.slice(0, at) + insert + text.slice(at + random(40));
      }
      const draft = parsePage(text);
      if (round % 20 === 0) expect(Draft.safeParse(draft).success).toBe(true);
    }
  }, 120_000);

  it('is well-behaved on texts that are built to be slow', () => {
    parsePage(pages.join('\n'));
    let worst = 0;
    for (const unit of [...UNITS, ...LINES]) {
      for (const before of [
        '',
        HEAD,
        `${HEAD}x.\nAuthors and Affiliations\n`,
        '- VernacularTitle:x\n- Author:\n',
      ]) {
        worst = Math.max(worst, cost(before + unit.repeat(200_000 / unit.length)));
      }
    }
    console.log(`200 kB built to be slow: at most ${worst.toFixed(0)} ms`);
    expect(worst).toBeLessThan(400);
  }, 120_000);

  it('reads 200 kB of any real page in about a tenth of a second', () => {
    parsePage(pages.join('\n'));
    const costs = pages.map((page) => cost(`${page}\n`.repeat(200_000 / page.length + 1).slice(0, 200_000)));
    console.log(`200 kB of real pages: at most ${Math.max(...costs).toFixed(0)} ms`);
    expect(Math.max(...costs)).toBeLessThan(250);
  }, 60_000);

  it('reads 5 MB of prose in about a second', () => {
    const took = cost(
      `${HEAD}${'The liver is well and so is the gut. '.repeat(135_000)}\nAuthors and Affiliations\nYuxin LIU`,
    );
    console.log(`5 MB: ${took.toFixed(0)} ms`);
    expect(took).toBeLessThan(2000);
  });
});
