import { fold } from './lines';

const MONTHS: readonly string[] = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];
/** Any month, short or long, with an optional full stop. To be put into a larger expression. */
export const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?';

const month = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

const isYear = (year: number): boolean => year >= 1600 && year <= 2100;

const DATE = new RegExp(
  [
    `(?<y1>\\d{4})(?:[ -](?<m1>${MONTH})(?:-${MONTH})?(?:[ -](?<d1>\\d{1,2})\\b)?)?(?![\\d])`,
    `(?<m2>${MONTH})(?:[-/]${MONTH})? (?:(?<d2>\\d{1,2})(?:st|nd|rd|th)?,? )?(?<y2>\\d{4})\\b`,
    `(?<d3>\\d{1,2}) (?<m3>${MONTH}),? (?<y3>\\d{4})\\b`,
  ].join('|'),
  'gi',
);

/**
 * The first date in a text as CSL date parts: `2015 Mar 3`, `Dec 27, 2023`, `27 December 2023`, `March 2024`,
 * `2024-03-12`, `2025年3月25日`, or a year alone.
 */
export const findDate = (text: string): number[] | undefined => {
  const key = fold(text.slice(0, 600));
  const numeric = /(?<!\d)(\d{4})(?:年|[-/.])(?:(\d{1,2})(?:月|[-/.])(?:(\d{1,2})(?!\d))?)?/.exec(key);
  if (numeric?.[2] !== undefined && isYear(Number(numeric[1])) && Number(numeric[2]) <= 12) {
    return numeric.slice(1, 4).filter(Boolean).map(Number);
  }
  for (const found of key.matchAll(DATE)) {
    const { y1, m1, d1, m2, d2, y2, d3, m3, y3 } = found.groups ?? {};
    const year = Number(y1 ?? y2 ?? y3);
    if (!isYear(year)) continue;
    const monthName = m1 ?? m2 ?? m3;
    const day = d1 ?? d2 ?? d3;
    if (monthName === undefined) return [year];
    return day === undefined ? [year, month(monthName)] : [year, month(monthName), Number(day)];
  }
  return undefined;
};
