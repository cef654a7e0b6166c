import { join } from 'node:path';
import { ensureFolder, replaceFile } from './atomic';
import { type FileSystem, isUnreadable, namesIn, readIfThere, syncFolder } from './fs-port';
import { mergeRecords } from './merge-records';
import type { Quarantine } from './quarantine';
import { isThere, writeOf } from './records';
import type { AnyStored } from './restore';
import { readShard, type ShardData } from './shard';
import { LIBRARY_FILE, SHARDED, tablesOf } from './shard-set';
import type { DocumentStore, MergedCopy, Table, Write } from './types';

/**
 * `3f.json` under another name: `3f.sync-conflict-20260304-101112-ABCDEFG.json` (Syncthing), `3f (Anna's conflicted
 * copy 2026-03-04).json` (Dropbox), `3f (conflicted copy 2026-03-04 101112).json` (Nextcloud), `3f-LAPTOP.json`
 * (OneDrive), `3f (1).json` (Google Drive), `3f 2.json` (iCloud), `3f_conf(1).json`, `3f.json.orig`. What it is, its
 * content tells: a name like it does no harm.
 */
const COPY = /^([0-9a-f]{2}|library)([^0-9a-z].*)?\.json([^0-9a-z].*)?$/i;

/** A conflict copy, as a path inside the library, and the file that it is a copy of. */
export interface ConflictCopy {
  readonly file: string;
  readonly of: string;
}

/** The conflict copies that lie in a library. */
export const findConflictCopies = async (fs: FileSystem, folder: string): Promise<ConflictCopy[]> => {
  const found: ConflictCopy[] = [];
  for (const place of ['', ...SHARDED.map((table) => `${table}/`)]) {
    for (const name of await namesIn(fs, join(folder, place))) {
      const [, stem, middle, end] = COPY.exec(name) ?? [];
      const isOfPlace = (stem?.toLowerCase() === 'library') === (place === '');
      if (stem === undefined || !isOfPlace || (middle === undefined && end === undefined)) continue;
      found.push({ file: place + name, of: `${place}${stem.toLowerCase()}.json` });
    }
  }
  return found;
};

/** A merge may not take away more than this share of what is there, and this many. */
const MOST_REMOVED = { share: 0.2, count: 10 };

interface Taken {
  readonly writes: readonly Write[];
  readonly removed: number;
  /** Records of which one value was given up; the copy keeps it. */
  readonly conflicts: number;
}

/** What the copy knows and the store does not. */
const takeFrom = (data: ShardData, store: DocumentStore): Taken => {
  const writes: Write[] = [];
  let [removed, conflicts] = [0, 0];
  for (const table of Object.keys(data.tables) as Table[]) {
    for (const theirs of data.tables[table]?.values() ?? []) {
      const ours = store.get(table, theirs.id as never) as AnyStored | undefined;
      const merged = mergeRecords(table, ours, theirs);
      if (merged === undefined) continue;
      const { record, second, givenUp } = merged;
      if (isThere(ours) && !isThere(record)) removed += 1;
      if (givenUp.length > 0 || second !== undefined) conflicts += 1;
      writes.push(writeOf(table, record));
      if (second !== undefined && store.get('annotations', second.id) === undefined)
        writes.push(writeOf('annotations', second));
    }
  }
  return { writes, removed, conflicts };
};

export interface MergeOptions {
  readonly fs: FileSystem;
  readonly folder: string;
  readonly store: DocumentStore;
  readonly quarantine: Quarantine;
}

type Read = { readonly data: ShardData } | Exclude<MergedCopy['state'], 'merged' | 'would-shrink'>;

/** What a copy holds, or why nothing is taken from it; undefined where it has gone, or is left for a later version. */
const readCopy = async (copy: ConflictCopy, options: MergeOptions): Promise<Read | undefined> => {
  let bytes: Buffer | undefined;
  try {
    bytes = await readIfThere(options.fs, join(options.folder, copy.file));
  } catch (error) {
    if (isUnreadable(error)) return 'unreadable';
    throw error;
  }
  if (bytes === undefined) return undefined;
  const read = readShard(bytes, tablesOf(copy.of));
  if (!read.ok) return read.error.kind === 'newer' ? undefined : 'unreadable';
  const { data } = read.value;
  const isOurs = copy.of !== LIBRARY_FILE || data.members['libraryId'] === options.store.libraryId;
  return isOurs ? { data } : 'other-library';
};

/** Whether a record would go that nobody here has deleted. */
const removes = (store: DocumentStore, { table, id, value, trash }: Write): boolean =>
  (value === null || trash === true) && isThere(store.get(table, id as never));

const isTooMuch = (store: DocumentStore, removed: number): boolean => {
  const tables: readonly Table[] = ['articles', 'annotations', 'collections'];
  const there = tables.reduce((sum, table) => sum + [...store.all(table)].filter(isThere).length, 0);
  return removed > MOST_REMOVED.count && removed > MOST_REMOVED.share * there;
};

/**
 * Takes into the store what conflict copies of its files know, record by record, and puts each copy away into
 * `quarantine/`, byte for byte. A copy of a newer schema is left where it is. Rejects with what the store rejects
 * with; what was not merged then is found again.
 */
export const mergeConflictCopies = async (options: MergeOptions): Promise<MergedCopy[]> => {
  const { fs, folder, store, quarantine } = options;
  const copies: (ConflictCopy & { read: Read })[] = [];
  for (const copy of await findConflictCopies(fs, folder)) {
    const read = await readCopy(copy, options);
    if (read !== undefined) copies.push({ ...copy, read });
  }
  const removed = copies.reduce(
    (sum, { read }) => sum + (typeof read === 'string' ? 0 : takeFrom(read.data, store).removed),
    0,
  );
  const shrinks = isTooMuch(store, removed);
  const done: MergedCopy[] = [];
  for (const { file, read } of copies) {
    let [state, conflicts]: [MergedCopy['state'], number] = ['merged', 0];
    if (typeof read === 'string') state = read;
    else {
      // Asked anew: the copy before it may have told of the same records.
      const taken = takeFrom(read.data, store);
      const writes = shrinks ? taken.writes.filter((write) => !removes(store, write)) : taken.writes;
      conflicts = taken.conflicts;
      if (writes.length < taken.writes.length) state = 'would-shrink';
      // On disk first: once the copy is put away, nothing tells any more what was taken from it.
      if (writes.length > 0) await store.write({ label: 'history.mergeCopies', capture: 'never', writes });
    }
    done.push({ file, state, conflicts, keptAs: await quarantine.move(file) });
  }
  return done;
};

/**
 * Reads a file from the quarantine again, and takes in what the store does not know, as a step that can be undone.
 * `file`: the path in the library that it had. Rejects with what the store rejects with.
 */
export const takeKept = async (
  store: DocumentStore,
  file: string,
  bytes: Buffer,
): Promise<{ state: 'taken' | 'known' | 'unreadable' | 'newer' | 'other'; records: number }> => {
  const [, place = '', stem] =
    /^(articles\/|annotations\/|)([0-9a-f]{2}|library)(?![0-9a-z])/i.exec(file) ?? [];
  if (stem === undefined || (stem === 'library') !== (place === '')) return { state: 'other', records: 0 };
  const read = readShard(bytes, tablesOf(`${place}${stem}.json`));
  if (!read.ok) return { state: read.error.kind === 'newer' ? 'newer' : 'unreadable', records: 0 };
  const { data, rejected } = read.value;
  if (stem === 'library' && data.members['libraryId'] !== store.libraryId)
    return { state: 'other', records: 0 };
  const { writes } = takeFrom(data, store);
  const kept = writes.filter((write) => !removes(store, write));
  if (kept.length > 0) await store.write({ label: 'history.takeKept', capture: 'step', writes: kept });
  const rest = rejected.length > 0 ? 'unreadable' : 'known';
  return { state: kept.length > 0 ? 'taken' : rest, records: kept.length };
};

/**
 * Makes way for a shard whose file another program has changed: what we would have written and what lies there both
 * become conflict copies, to be merged like any other, whatever happens in between.
 */
export const setAside = async (
  fs: FileSystem,
  folder: string,
  file: string,
  ours: Uint8Array,
  now: Date,
): Promise<void> => {
  const time = now.toISOString().replaceAll(':', '-');
  const named = (what: string): string => join(folder, file.replace(/json$/, `${what}-${time}.json`));
  await ensureFolder(fs, join(folder, file, '..'));
  await replaceFile(fs, named('ours'), ours);
  await fs.rename(join(folder, file), named('theirs'));
  await syncFolder(fs, join(folder, file, '..'));
};
