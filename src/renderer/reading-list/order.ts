/** The list as it will be once `id` stands at `index`. */
export const moved = <Id extends string>(ids: readonly Id[], id: Id, index: number): readonly Id[] => {
  const others = ids.filter((each) => each !== id);
  const at = Math.max(0, Math.min(index, others.length));
  return [...others.slice(0, at), id, ...others.slice(at)];
};

/** The one that `id` stands before in this order; undefined at the end. */
export const neighbourAfter = <Id extends string>(ids: readonly Id[], id: Id): Id | undefined =>
  ids[ids.indexOf(id) + 1];

/**
 * The gap between rows that is nearest to a height in the list: 0 is before the first, `count` after the last.
 * Rows are equally high.
 */
export const gapAt = (y: number, rowHeight: number, count: number): number =>
  Math.max(0, Math.min(count, Math.round(y / rowHeight)));

/** Where the row at `from` comes to stand when it is dropped into a gap, counted without the row itself. */
export const indexInGap = (from: number, gap: number): number => (gap > from ? gap - 1 : gap);
