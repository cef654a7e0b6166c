import { generateNKeysBetween } from 'fractional-indexing';

/** Something that stands in a list ordered by hand, by the code units of a fractional key. */
export interface Placed<Id extends string> {
  readonly id: Id;
  readonly order: string;
}

export const byPlace = <Id extends string>(a: Placed<Id>, b: Placed<Id>): number =>
  a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

/** Keys between two others; undefined where they leave no room or are not keys (a file edited by hand). */
const keysBetween = (previous: string | null, next: string | null, count: number): string[] | undefined => {
  try {
    return generateNKeysBetween(previous, next, count);
  } catch {
    return undefined;
  }
};

/** Keys for `count` newcomers at the end of a list (sorted or not). */
export const placesAtEnd = <Id extends string>(list: readonly Placed<Id>[], count: number): string[] => {
  const last = [...list].sort(byPlace).at(-1)?.order ?? null;
  return (
    keysBetween(last, null, count) ??
    Array.from({ length: count }, (_, index) => `${last ?? ''}V${String(index).padStart(6, '0')}V`)
  );
};

/**
 * The keys to change so that `id` stands before `before`, or last. `others` is the rest of the list. That is one
 * key, unless the neighbours' keys leave no room (two copies of a library, merged, can hold the same key twice);
 * then all are given anew.
 */
export const placeBefore = <Id extends string>(
  id: Id,
  others: readonly Placed<Id>[],
  before: Id | undefined,
): Map<Id, string> => {
  const list = [...others].sort(byPlace);
  const found = before === undefined ? -1 : list.findIndex((item) => item.id === before);
  const index = found === -1 ? list.length : found;
  const [key] = keysBetween(list[index - 1]?.order ?? null, list[index]?.order ?? null, 1) ?? [];
  if (key !== undefined) return new Map([[id, key]]);
  const ids = list.map((item) => item.id).toSpliced(index, 0, id);
  const keys = generateNKeysBetween(null, null, ids.length);
  return new Map(ids.map((item, place) => [item, keys[place] ?? '']));
};
