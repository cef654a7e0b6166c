import { describe, expect, it } from 'vitest';
import { annotationWrite, articleWrite } from '../../test/storage-fixtures';
import { pick as pickFrom, seeded } from './faults/random';
import { compareVersions, joinVersions, mergeRecords, type VersionVector } from './merge-records';
import type { AnyStored } from './restore';
import type { Write } from './types';

const versions: [VersionVector, VersionVector, ReturnType<typeof compareVersions>, VersionVector][] = [
  [{}, {}, 'same', {}],
  [{ a: 1 }, { a: 1 }, 'same', { a: 1 }],
  [{ a: 2 }, { a: 1 }, 'newer', { a: 2 }],
  [{ a: 1 }, { a: 2 }, 'older', { a: 2 }],
  [{ a: 1, b: 1 }, { a: 1 }, 'newer', { a: 1, b: 1 }],
  [{ a: 1 }, { b: 1 }, 'concurrent', { a: 1, b: 1 }],
  [{ a: 2, b: 1 }, { a: 1, b: 2 }, 'concurrent', { a: 2, b: 2 }],
  [{ a: 0 }, {}, 'same', { a: 0 }],
];

describe('version vectors', () => {
  it.each(versions)('%j to %j is %s', (a, b, order, joined) => {
    const mirrored = { same: 'same', newer: 'older', older: 'newer', concurrent: 'concurrent' } as const;
    expect(compareVersions(a, b)).toBe(order);
    expect(compareVersions(b, a)).toBe(mirrored[order]);
    expect(joinVersions(a, b)).toEqual(joined);
    expect(joinVersions(b, a)).toEqual(joined);
  });
});

/** The same record with other members, after so many changes of each writer. */
const variant = (
  { id, value }: Write,
  version: VersionVector,
  members: object | null = {},
  deletedAt?: string,
): AnyStored =>
  ({
    id,
    version,
    ...(deletedAt === undefined ? {} : { deletedAt }),
    value: members === null ? null : { ...value, ...members },
  }) as AnyStored;

const article = articleWrite('Homing', 'article1');
const annotation = annotationWrite('', 'annotation1');
const DELETED = '2026-03-04T05:06:07.000Z';

interface Case {
  readonly name: string;
  readonly of: Write;
  readonly a: readonly [version: VersionVector, members?: object | null, deletedAt?: string];
  readonly b: readonly [version: VersionVector, members?: object | null, deletedAt?: string];
  /** Members of the merged value; null for a tombstone. */
  readonly value: object | null;
  readonly givenUp?: readonly string[];
  readonly second?: string;
  readonly trashed?: boolean;
}

/** All concurrent: what either copy says that the other does not know. */
const cases: Case[] = [
  {
    name: 'unites tags',
    of: article,
    a: [{ x: 2, a: 1 }, { tags: ['liver', 'HBV'] }],
    b: [{ x: 2, b: 1 }, { tags: ['liver', 'MELD'] }],
    value: { tags: expect.arrayContaining(['liver', 'HBV', 'MELD']) },
  },
  {
    name: 'keeps the title that was changed more often, and says so',
    of: article,
    a: [
      { x: 1, a: 5 },
      { title: 'Five times', modified: '2001-01-01T00:00:00.000Z' },
    ],
    b: [
      { x: 1, b: 1 },
      { title: 'Once', modified: '2099-01-01T00:00:00.000Z' },
    ],
    value: { title: 'Five times' },
    givenUp: ['title'],
  },
  {
    name: 'asks the clock where the counts are even',
    of: article,
    a: [{ a: 1 }, { volume: '41', modified: '2026-01-01T00:00:00.000Z' }],
    b: [{ b: 1 }, { volume: '42', modified: '2026-01-02T00:00:00.000Z' }],
    value: { volume: '42' },
    givenUp: ['volume'],
  },
  {
    name: 'unites the parts of the reading state',
    of: article,
    a: [{ a: 2 }, { reading: { priority: 2, status: 'reading' } }],
    b: [{ b: 1 }, { reading: { priority: 2, due: '2026-12-01' } }],
    value: { reading: { priority: 2, status: 'reading', due: '2026-12-01' } },
  },
  {
    name: 'takes a member that one copy lacks',
    of: article,
    a: [{ a: 1 }, { DOI: '10.1/x' }],
    b: [{ b: 3 }, { PMID: '7' }],
    value: { DOI: '10.1/x', PMID: '7' },
  },
  {
    name: 'lets a change win over a deletion',
    of: article,
    a: [{ a: 1 }, null, DELETED],
    b: [{ b: 1 }, { title: 'Still wanted' }],
    value: { title: 'Still wanted' },
    trashed: false,
  },
  {
    name: 'takes out of the Trash what was changed elsewhere',
    of: article,
    a: [{ a: 1 }, {}, DELETED],
    b: [{ b: 1 }, { tags: ['x'] }],
    value: { tags: ['x'] },
    trashed: false,
  },
  {
    name: 'leaves in the Trash what both threw away',
    of: article,
    a: [{ a: 1 }, {}, DELETED],
    b: [{ b: 1 }, {}, DELETED],
    value: {},
    trashed: true,
  },
  {
    name: 'keeps two deletions deleted',
    of: article,
    a: [{ a: 1 }, null, DELETED],
    b: [{ b: 1 }, null, DELETED],
    value: null,
    trashed: true,
  },
  {
    name: 'keeps both notes of an annotation',
    of: annotation,
    a: [{ a: 2 }, { note: 'from the ward' }],
    b: [{ b: 1 }, { note: 'from home' }],
    value: { note: 'from the ward' },
    second: 'from home',
  },
  {
    name: 'takes a note beside none, and a colour',
    of: annotation,
    a: [{ a: 3 }, { note: '' }],
    b: [{ b: 1 }, { note: 'from home' }],
    value: { note: 'from home' },
  },
  {
    name: 'keeps one colour and says so',
    of: annotation,
    a: [{ a: 2 }, { colour: 'doubt' }],
    b: [{ b: 1 }, { colour: 'method' }],
    value: { colour: 'doubt' },
    givenUp: ['colour'],
  },
];

describe('mergeRecords', () => {
  it.each(cases)('$name, from either side', ({ of, a, b, value, givenUp = [], second, trashed }) => {
    const [one, two] = [variant(of, ...a), variant(of, ...b)];
    const here = mergeRecords(of.table, one, two);
    const there = mergeRecords(of.table, two, one);
    for (const merged of [here, there]) {
      if (value === null) expect(merged?.record.value).toBeNull();
      else expect(merged?.record.value).toMatchObject(value);
      expect(merged?.record.version).toEqual(joinVersions(one.version, two.version));
      expect(merged?.givenUp).toEqual(givenUp);
      expect(merged?.second?.value?.note).toBe(second);
      if (trashed !== undefined) expect(merged?.record.deletedAt !== undefined).toBe(trashed);
    }
    // Two machines that merge at once must not make a conflict of the merge.
    const sorted = (record: AnyStored | undefined) =>
      JSON.stringify(record?.value, (_key, each: unknown) => (Array.isArray(each) ? [...each].sort() : each));
    expect(JSON.parse(sorted(here?.record) ?? '')).toEqual(JSON.parse(sorted(there?.record) ?? ''));
    expect(here?.second?.id).toBe(there?.second?.id);
  });

  it('takes what is newer as it is, and leaves what is known', () => {
    const old = variant(article, { a: 1 }, { title: 'old' });
    const young = variant(article, { a: 1, b: 1 }, { title: 'young' });
    expect(mergeRecords('articles', old, young)).toEqual({ record: young, givenUp: [] });
    expect(mergeRecords('articles', young, old)).toBeUndefined();
    expect(mergeRecords('articles', young, young)).toBeUndefined();
    const gone = variant(article, { a: 1, b: 1 }, null, DELETED);
    expect(mergeRecords('articles', old, gone)?.record).toEqual(gone);
  });

  it('keeps members that it does not know', () => {
    const one = variant(article, { a: 1 }, { 'x-later': { kept: true } });
    const two = variant(article, { b: 1 }, { title: 'other' });
    expect(mergeRecords('articles', one, two)?.record.value).toMatchObject({ 'x-later': { kept: true } });
  });
});

describe('two machines with clocks that are years apart', () => {
  const SEED = 20_261_125;
  const random = seeded(SEED);
  const pick = <T>(from: readonly T[]): T => pickFrom(random, from);
  const time = (): string => new Date(Date.UTC(1970 + Math.floor(random() * 75), 1, 1)).toISOString();
  const edits: (() => object)[] = [
    () => ({ note: pick(['', 'one', 'two', '三']) }),
    () => ({ colour: pick(['finding', 'method', 'doubt']) }),
    () => ({ tags: [pick(['liver', 'HBV']), pick(['MELD', 'TIPS'])] }),
  ];

  /** Some changes of one machine, of which the clock may have run backwards. */
  const changed = (record: AnyStored, writer: string): AnyStored => {
    let [value, count, deletedAt]: [object | null, number, string | undefined] = [record.value, 0, undefined];
    for (let steps = Math.floor(random() * 4); steps > 0; steps -= 1) {
      count += 1;
      if (random() < 0.1) [value, deletedAt] = [null, time()];
      else
        [value, deletedAt] = [
          { ...(value ?? annotation.value), ...pick(edits)(), modified: time() },
          random() < 0.2 ? time() : undefined,
        ];
    }
    const version = count === 0 ? record.version : { ...record.version, [writer]: count };
    const state = deletedAt === undefined ? {} : { deletedAt };
    return { id: record.id, version, ...state, value } as AnyStored;
  };
  const bumped = (record: AnyStored, writer: string): AnyStored =>
    ({ ...record, version: { ...record.version, [writer]: (record.version[writer] ?? 0) + 1 } }) as AnyStored;
  const content = ({ value }: AnyStored) =>
    value === null ? null : { ...value, tags: [...((value as { tags?: string[] }).tags ?? [])].sort() };

  it(`end alike, and lose no note, in 2,000 histories (seed ${SEED})`, () => {
    let concurrent = 0;
    for (let round = 0; round < 2000; round += 1) {
      const base = variant(annotation, { x: 1 });
      const [a, b] = [changed(base, 'a'), changed(base, 'b')];
      const [atA, atB] = [mergeRecords('annotations', a, b), mergeRecords('annotations', b, a)];
      const [endA, endB] = [atA?.record ?? a, atB?.record ?? b];
      expect(content(endA), `round ${round}`).toEqual(content(endB));
      if (compareVersions(a.version, b.version) !== 'concurrent') continue;
      concurrent += 1;
      const kept = [atA?.record, atA?.second].map((each) => (each?.value as { note?: string } | null)?.note);
      for (const { value } of [a, b]) {
        const note = (value as { note?: string } | null)?.note ?? '';
        if (note !== '') expect(kept, `round ${round}`).toContain(note);
      }
      // Each machine counts its merge as a change of its own; there is nothing left to give up then.
      const again = mergeRecords('annotations', bumped(endA, 'a'), bumped(endB, 'b'));
      expect(again?.givenUp, `round ${round}`).toEqual([]);
      expect(again?.second, `round ${round}`).toBeUndefined();
    }
    expect(concurrent).toBeGreaterThan(500);
  });
});
