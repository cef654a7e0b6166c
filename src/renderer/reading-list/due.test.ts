import { afterEach, describe, expect, it } from 'vitest';
import { dayOf, daysUntil } from './due';

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe.each(['UTC', 'Asia/Shanghai', 'America/New_York'])('in %s', (name) => {
  it.each([
    ['2026-03-05', '2026-03-05', 0],
    ['2026-03-06', '2026-03-05', 1],
    ['2026-03-04', '2026-03-05', -1],
    ['2026-03-01', '2026-02-28', 1],
    ['2028-03-01', '2028-02-28', 2],
    ['2027-01-01', '2026-12-31', 1],
    // Over both changes of the clock in New York.
    ['2026-03-09', '2026-03-07', 2],
    ['2026-11-02', '2026-10-31', 2],
    ['2026-12-31', '2026-01-01', 364],
  ])('from %s to %s', (due, today, days) => {
    process.env['TZ'] = name;
    expect(daysUntil(due, today)).toBe(days);
  });
});

describe('dayOf', () => {
  it.each([
    ['UTC', '2026-01-05T23:30:00Z', '2026-01-05'],
    ['Asia/Shanghai', '2026-01-05T23:30:00Z', '2026-01-06'],
    ['America/New_York', '2026-01-05T03:30:00Z', '2026-01-04'],
  ])('in %s', (name, time, day) => {
    process.env['TZ'] = name;
    expect(dayOf(new Date(time))).toBe(day);
  });
});
