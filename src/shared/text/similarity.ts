/** How many units two texts share at their starts. */
export const commonStart = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a.charCodeAt(shared) === b.charCodeAt(shared)) shared += 1;
  return shared;
};

/** How many units two texts share at their ends. */
export const commonEnd = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a.charCodeAt(a.length - 1 - shared) === b.charCodeAt(b.length - 1 - shared)) {
    shared += 1;
  }
  return shared;
};

const trigrams = (text: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (let at = 0; at + 3 <= text.length; at += 1) {
    const gram = text.slice(at, at + 3);
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
};

/**
 * Dice's coefficient over the trigrams of two texts, 0 to 1: tolerant of words put in, left out or moved
 * (L. R. Dice, Ecology 26 (1945), 297-302). Texts under three units score 0.
 */
export const diceSimilarity = (a: string, b: string): number => {
  const total = Math.max(0, a.length - 2) + Math.max(0, b.length - 2);
  if (total === 0) return 0;
  const left = trigrams(a);
  let shared = 0;
  for (const [gram, count] of trigrams(b)) shared += Math.min(count, left.get(gram) ?? 0);
  return (2 * shared) / total;
};
