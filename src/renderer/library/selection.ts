/** Which rows of a list are selected, and where the keyboard is. Ids, because a list changes under the reader. */
export interface Selection<Id extends string> {
  readonly focus: Id | undefined;
  /** Where a range begins that Shift extends. */
  readonly anchor: Id | undefined;
  readonly selected: ReadonlySet<Id>;
}

export const noSelection = <Id extends string>(): Selection<Id> => ({
  focus: undefined,
  anchor: undefined,
  selected: new Set(),
});

const between = <Id extends string>(ids: readonly Id[], a: Id | undefined, b: Id): readonly Id[] => {
  const [from, to] = [a === undefined ? ids.indexOf(b) : ids.indexOf(a), ids.indexOf(b)];
  return ids.slice(Math.min(from, to), Math.max(from, to) + 1);
};

/** Moves the keyboard without selecting, as the arrows do. */
export const focusOn = <Id extends string>(selection: Selection<Id>, id: Id): Selection<Id> => ({
  ...selection,
  focus: id,
  anchor: id,
});

/** A plain click: this one, and no other. */
export const selectOnly = <Id extends string>(id: Id): Selection<Id> => ({
  focus: id,
  anchor: id,
  selected: new Set([id]),
});

/** Space, or a click with Mod. */
export const toggle = <Id extends string>(selection: Selection<Id>, id: Id): Selection<Id> => {
  const selected = new Set(selection.selected);
  if (!selected.delete(id)) selected.add(id);
  return { focus: id, anchor: id, selected };
};

/** Shift with an arrow or a click: all from the anchor to here. */
export const extendTo = <Id extends string>(
  selection: Selection<Id>,
  ids: readonly Id[],
  id: Id,
): Selection<Id> => {
  const anchor = selection.anchor ?? selection.focus ?? id;
  return { focus: id, anchor, selected: new Set(between(ids, anchor, id)) };
};

export const selectAll = <Id extends string>(
  selection: Selection<Id>,
  ids: readonly Id[],
): Selection<Id> => ({
  ...selection,
  selected: new Set(ids),
});

export const clear = <Id extends string>(selection: Selection<Id>): Selection<Id> => ({
  ...selection,
  selected: new Set(),
});

/**
 * After rows have left the list: they are no longer selected, and the keyboard goes to the next row that is still
 * there, else to the one before.
 */
export const keepTo = <Id extends string>(
  { focus, anchor, selected }: Selection<Id>,
  before: readonly Id[],
  after: readonly Id[],
): Selection<Id> => {
  const left = new Set(after);
  const stays = (id: Id | undefined): id is Id => id !== undefined && left.has(id);
  const index = focus === undefined ? -1 : before.indexOf(focus);
  const neighbour =
    index < 0 ? undefined : (before.slice(index).find(stays) ?? before.slice(0, index).findLast(stays));
  const kept = stays(focus) ? focus : neighbour;
  return {
    focus: kept,
    anchor: stays(anchor) ? anchor : kept,
    selected: new Set([...selected].filter(stays)),
  };
};

/** What a command acts on: the selected rows in the list's order, else the one with the keyboard. */
export const targetsOf = <Id extends string>(selection: Selection<Id>, ids: readonly Id[]): readonly Id[] => {
  if (selection.selected.size > 0) return ids.filter((id) => selection.selected.has(id));
  return ids.filter((id) => id === selection.focus);
};

/** Where a key moves to in a list of `count` rows; undefined for other keys. */
export const moveBy = (key: string, index: number, count: number, page: number): number | undefined => {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  };
  const step = steps[key];
  return step === undefined || count === 0 ? undefined : Math.max(0, Math.min(count - 1, step));
};
