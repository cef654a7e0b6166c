import type { LibraryOverview } from '#shared/contract/library';
import type { CollectionId } from '#shared/model/ids';

type Entry = LibraryOverview['collections'][number];

export interface TreeItem extends Entry {
  /** From 1, as aria-level counts. */
  readonly level: number;
  readonly hasChildren: boolean;
}

const byOrder = (a: Entry, b: Entry): number => (a.collection.order < b.collection.order ? -1 : 1);

/** The tree as the lines that are shown: what is inside a closed collection is left out. */
export const linesOf = (
  entries: readonly Entry[],
  closed: ReadonlySet<CollectionId>,
): readonly TreeItem[] => {
  const inside = (parent: CollectionId | undefined, level: number): TreeItem[] =>
    entries
      .filter((entry) => entry.collection.parent === parent)
      .sort(byOrder)
      .flatMap((entry) => {
        const { id } = entry.collection;
        const hasChildren = entries.some((each) => each.collection.parent === id);
        const below = closed.has(id) ? [] : inside(id, level + 1);
        return [{ ...entry, level, hasChildren }, ...below];
      });
  return inside(undefined, 1);
};

/** A collection with all that is nested in it: where it cannot be moved to. */
export const withNested = (entries: readonly Entry[], id: CollectionId): ReadonlySet<CollectionId> => {
  const found = new Set([id]);
  for (let grew = true; grew; ) {
    const more = entries.filter(
      ({ collection }) =>
        collection.parent !== undefined && found.has(collection.parent) && !found.has(collection.id),
    );
    for (const { collection } of more) found.add(collection.id);
    grew = more.length > 0;
  }
  return found;
};
