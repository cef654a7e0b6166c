/** Milliseconds in a day, by which two local midnights are counted apart; a clock change is rounded away. */
const DAY_MS = 86_400_000;

const midnight = (day: string): number => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).getTime();
};

/** `YYYY-MM-DD` in the reader's own time zone. */
export const dayOf = (time: Date): string =>
  [time.getFullYear(), time.getMonth() + 1, time.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

/** Days from `today` until `due`; negative when it is overdue. Both are `YYYY-MM-DD`. */
export const daysUntil = (due: string, today: string): number =>
  Math.round((midnight(due) - midnight(today)) / DAY_MS);
