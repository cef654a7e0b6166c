/** Numbers in [0, 1) that are the same for the same seed (mulberry32), so that a run that failed can be run again. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** One of several; there must be one. */
export const pick = <T>(random: () => number, from: readonly T[]): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** At most `count` of them, spread evenly from a first one that the seed picks. */
export const sample = <T>(random: () => number, from: readonly T[], count: number): readonly T[] => {
  if (from.length <= count) return from;
  const step = from.length / count;
  const first = random() * step;
  return Array.from({ length: count }, (_, index) => from[Math.floor(first + index * step)]).filter(
    (each) => each !== undefined,
  );
};
