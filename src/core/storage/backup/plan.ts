import { isDeepStrictEqual } from 'node:util';
import type { BackupChanges } from '#shared/contract/backups';
import { isThere, writeOf } from '../records';
import type { AnyStored } from '../restore';
import type { DocumentStore, Write } from '../types';
import type { BackupRecords } from './read-backup';

/** What restoring a backup would write, and what the reader would see of it. */
export interface Plan {
  readonly writes: readonly Write[];
  readonly changes: BackupChanges;
}

type Found = AnyStored | undefined;

const isSame = (ours: Found, theirs: AnyStored): boolean =>
  ours !== undefined &&
  (ours.deletedAt === undefined) === (theirs.deletedAt === undefined) &&
  isDeepStrictEqual(ours.value, theirs.value);

/** Before `theirs`, which is in the backup, takes the place of `ours`. */
const kindOf = (ours: Found, theirs: AnyStored): keyof BackupChanges['articles'] | undefined => {
  if (isThere(theirs)) return isThere(ours) ? 'changed' : 'added';
  return isThere(ours) ? 'removed' : undefined;
};

/** The text of an article that goes to the Trash goes with it, and its annotations with the text. */
const followsArticle = (record: AnyStored, trashed: ReadonlySet<string>): boolean => {
  const { value } = record;
  return value !== null && 'articleId' in value && trashed.has(value.articleId);
};

/**
 * How to come from the library as it is to the one in the backup. What came later goes to the Trash, and is never
 * deleted. A record that was deleted before the backup was taken and is back again counts as come later.
 */
export const planRestore = (backup: BackupRecords, store: Pick<DocumentStore, 'all' | 'get'>): Plan => {
  const none = () => ({ added: 0, changed: 0, removed: 0 });
  const changes = { articles: none(), annotations: none(), collections: none() };
  const writes: Write[] = [];
  const trashed = new Set<string>();
  for (const table of ['settings', 'collections', 'articles', 'annotations'] as const) {
    const note = (kind: keyof BackupChanges['articles'] | undefined): void => {
      if (kind !== undefined && table !== 'settings') changes[table][kind] += 1;
    };
    for (const theirs of backup[table].values()) {
      const ours = store.get(table, theirs.id as never) as Found;
      if (theirs.value === null && (ours?.value ?? null) !== null) continue; // come later: see below
      if (isSame(ours, theirs)) continue;
      writes.push(writeOf(table, theirs));
      note(kindOf(ours, theirs));
    }
    if (table === 'settings') continue;
    for (const ours of store.all(table) as Iterable<AnyStored>) {
      if (!isThere(ours) || (backup[table].get(ours.id)?.value ?? null) !== null) continue;
      note('removed');
      if (table === 'articles') trashed.add(ours.id);
      if (!followsArticle(ours, trashed)) writes.push(writeOf(table, ours, true));
    }
  }
  return { writes, changes };
};
