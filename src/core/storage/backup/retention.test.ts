import { describe, expect, it } from 'vitest';
import type { BackupReason } from '#shared/model/backup';
import { keptOf } from './retention';

const at = (day: number, reason: BackupReason = 'daily') => {
  const time = new Date(Date.UTC(2026, 0, day, 12)).toISOString();
  return { name: `${day}-${reason}`, time, reason };
};
const days = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => at(from + index));
const namesKept = (all: ReturnType<typeof at>[]) =>
  [...keptOf(all)].map(({ name }) => Number(name.split('-')[0])).sort((a, b) => a - b);

describe('keptOf', () => {
  it.each<[string, ReturnType<typeof at>[], number[]]>([
    ['nothing of nothing', [], []],
    ['all of a week', days(1, 7), [1, 2, 3, 4, 5, 6, 7]],
    // 18 and 25 January and 1 February 2026 are Sundays: each is the last of its week.
    [
      'seven days and the last of the four weeks before',
      days(1, 40),
      [18, 25, 32, 33, 34, 35, 36, 37, 38, 39, 40],
    ],
    [
      'the last seven days with one, however far apart',
      [1, 30, 60, 90, 120, 150, 180].map((day) => at(day)),
      [1, 30, 60, 90, 120, 150, 180],
    ],
    [
      'the last five of another reason',
      days(1, 8).map(({ time }, index) => ({ name: `${index + 1}-asked`, time, reason: 'asked' as const })),
      [4, 5, 6, 7, 8],
    ],
  ])('keeps %s', (_what, all, kept) => expect(namesKept(all)).toEqual(kept));

  it('keeps as many as it did when it was asked every day', () => {
    let kept: ReturnType<typeof at>[] = [];
    for (let day = 1; day <= 60; day++) kept = [...keptOf([...kept, at(day)])];
    expect(namesKept(kept)).toHaveLength(11);
    expect(namesKept(kept).slice(-7)).toEqual([54, 55, 56, 57, 58, 59, 60]);
  });

  it('keeps the newer of two of one day', () => {
    const later = { ...at(1), name: '2-daily', time: '2026-01-01T13:00:00.000Z' };
    expect(namesKept([at(1), later])).toEqual([2]);
  });
});
