/**
 * How well typed letters fit a label: they must all occur in order. Higher is better; undefined is no fit. Letters
 * that follow each other or begin a word count more, so that "ml" finds "Move to Library" before "simple".
 */
export const matchLabel = (label: string, typed: string): number | undefined => {
  const text = label.toLocaleLowerCase();
  const letters = [...typed.toLocaleLowerCase().replaceAll(/\s+/g, '')];
  let score = 0;
  let last = -2;
  for (const letter of letters) {
    const at = text.indexOf(letter, last < 0 ? 0 : last + 1);
    if (at < 0) return undefined;
    const beginsWord = at === 0 || /[\s\p{P}]/u.test(text[at - 1] ?? '');
    score += 1 + (at === last + 1 ? 4 : 0) + (beginsWord ? 3 : 0);
    last = at;
  }
  return score - text.length / 1000;
};

interface Labelled {
  readonly label: string;
  /** Found by this as well: its name in English. */
  readonly alias?: string;
}

/** The fitting ones, best first; all of them, in their order, while nothing is typed. */
export const matchLabels = <T extends Labelled>(items: readonly T[], typed: string): readonly T[] =>
  items
    .flatMap((item) => {
      const scores = [item.label, item.alias ?? ''].flatMap((name) => matchLabel(name, typed) ?? []);
      return scores.length === 0 ? [] : [{ item, score: Math.max(...scores) }];
    })
    .sort((a, b) => (typed.trim() === '' ? 0 : b.score - a.score))
    .map(({ item }) => item);
