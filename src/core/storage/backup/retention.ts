import type { KeptManifest } from './manifest';

const DAYS = 7;
const WEEKS = 4;
/** Of those taken for another reason, of each reason. */
const OTHERS = 5;
const DAY_MS = 86_400_000;

type Dated = Pick<KeptManifest, 'name' | 'time' | 'reason'>;

export const dayOf = (time: string): string => time.slice(0, 10);

/** Weeks from Monday to Sunday; 1970 began on a Thursday. */
const weekOf = (time: string): string => String(Math.floor((Date.parse(time) / DAY_MS + 3) / 7));

/** The newest of each period, of the last so many periods in which there is one. `all`: the newest first. */
const newestOf = <T extends Dated>(
  all: readonly T[],
  period: (time: string) => string,
  most: number,
): T[] => {
  const found = new Map<string, T>();
  for (const each of all) {
    const key = period(each.time);
    if (!found.has(key)) found.set(key, each);
  }
  return [...found.values()].slice(0, most);
};

/**
 * Which backups stay: the newest daily one of each of the last seven days that have one, then of each of the four
 * weeks before those days, and the last five of every other reason.
 */
export const keptOf = <T extends Dated>(manifests: readonly T[]): Set<T> => {
  const all = [...manifests].sort((a, b) => (a.time < b.time ? 1 : -1));
  const daily = all.filter(({ reason }) => reason === 'daily');
  const days = newestOf(daily, dayOf, DAYS);
  const since = dayOf(days.at(-1)?.time ?? '');
  const older = daily.filter(({ time }) => dayOf(time) < since);
  const reasons = new Set(all.map(({ reason }) => reason));
  reasons.delete('daily');
  const others = [...reasons].flatMap((reason) =>
    all.filter((each) => each.reason === reason).slice(0, OTHERS),
  );
  return new Set([...days, ...newestOf(older, weekOf, WEEKS), ...others]);
};
