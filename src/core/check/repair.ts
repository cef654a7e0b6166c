import { resolve } from 'node:path';
import type { Finding, RepairCounts } from '#shared/contract/check';
import { err, ok, type Result } from '#shared/lib/result';
import type { CollectionId } from '#shared/model/ids';
import { setAside } from '../storage/conflict-copies';
import { SCHEMA } from '../storage/envelope';
import { namesIn, nodeFileSystem } from '../storage/fs-port';
import { KnownLibrariesFile, machineIdOf } from '../storage/known-libraries';
import { loadLibrary } from '../storage/load';
import { Lock, lockedBy } from '../storage/lock';
import { type OpenedLibrary, openLibrary } from '../storage/open';
import { Quarantine } from '../storage/quarantine';
import type { AnyStored } from '../storage/restore';
import type { Shard } from '../storage/shard';
import { fileOf, LIBRARY_FILE, ShardSet, tablesOf } from '../storage/shard-set';
import type { Change, DocumentStore, OpenFailure, Table, Write } from '../storage/types';
import { checkLibrary } from './check-library';
import { isInCircle } from './check-records';

export interface RepairOptions {
  /** The library folder; nobody may have it open. */
  readonly path: string;
  /** This machine's own folder for the app. */
  readonly userData: string;
  /** Called with the library open and locked, before anything is repaired; when it rejects, nothing is. */
  readonly backup: (library: OpenedLibrary) => Promise<void>;
  readonly now?: () => Date;
}

const fs = nodeFileSystem;
/** Few enough that a line of the journal stays small. */
const IN_ONE_WRITE = 200;

/**
 * Puts right what can be without taking anything away: records go to the file that they belong in, merged where
 * that has them too; collections that do not exist are no longer named; contents that are not what their name says
 * or that nothing uses are moved to quarantine. Opening the library comes first, and does what it always does to
 * what is damaged. Answers with what kept it from being opened; rejects where the disk fails, and can then be run
 * again.
 */
export const repairLibrary = async (options: RepairOptions): Promise<Result<RepairCounts, OpenFailure>> => {
  const path = resolve(options.path);
  const now = options.now ?? (() => new Date());
  // Opening would make a library in an empty folder.
  if (!(await isThere(path))) return err({ reason: 'missing', path });
  const opened = await openLibrary({
    path,
    userData: options.userData,
    create: false,
    mode: 'read-write',
    now,
  });
  if (!opened.ok) return opened;
  const { store } = opened.value;
  let [unlinked, putAside] = [0, 0];
  try {
    await store.flush();
    await options.backup(opened.value);
    const { findings } = await checkLibrary({ path, now, most: Number.POSITIVE_INFINITY });
    unlinked = await unlink(store, findings);
    putAside = await moveContents(new Quarantine(fs, path, now), findings);
  } finally {
    await store.close();
  }
  const rehomed = await rehome(path, options.userData, now);
  return rehomed.ok ? ok({ rehomed: rehomed.value, unlinked, putAside }) : rehomed;
};

const isThere = async (path: string): Promise<boolean> => (await namesIn(fs, path)).includes(LIBRARY_FILE);

/** Takes names of collections that do not exist out of articles and collections, and opens circles. */
const unlink = async (store: DocumentStore, findings: readonly Finding[]): Promise<number> => {
  const named = (code: Finding['code']): Set<string> =>
    new Set(findings.flatMap((each) => (each.code === code && each.entry !== undefined ? [each.entry] : [])));
  const writes: Write[] = [];
  const [orphans, circular] = [named('lost-parent'), named('circular-parents')];
  const freed = new Set<string>();
  const parentOf = (id: string): string | undefined =>
    freed.has(id) ? undefined : store.get('collections', id as CollectionId)?.value?.parent;
  for (const { id, value } of store.all('collections')) {
    if (value === null || !(orphans.has(id) || (circular.has(id) && isInCircle(id, parentOf)))) continue;
    freed.add(id);
    const { parent: _parent, ...rest } = value;
    writes.push({ table: 'collections', id, value: rest });
  }
  const articles = named('lost-collection');
  for (const { id, value } of store.all('articles')) {
    if (value === null || !articles.has(id)) continue;
    const collections = value.collections.filter(
      (each) => (store.get('collections', each)?.value ?? null) !== null,
    );
    if (collections.length < value.collections.length)
      writes.push({ table: 'articles', id, value: { ...value, collections } });
  }
  for (let from = 0; from < writes.length; from += IN_ONE_WRITE)
    await store.write({
      label: 'history.repair',
      capture: 'never',
      writes: writes.slice(from, from + IN_ONE_WRITE),
    });
  return writes.length;
};

const moveContents = async (quarantine: Quarantine, findings: readonly Finding[]): Promise<number> => {
  const files = findings.filter(({ code }) => code === 'changed-content' || code === 'unnamed-content');
  for (const { file } of files) await quarantine.move(file);
  return files.length;
};

interface Misplaced {
  readonly table: Table;
  readonly record: AnyStored;
  /** Takes it out of the file that it does not belong in. */
  readonly remove: () => void;
}

const misplacedIn = (shards: ReadonlyMap<string, Shard>): Misplaced[] =>
  [...shards].flatMap(([file, shard]) =>
    tablesOf(file).flatMap((table) =>
      [...(shard.data.tables[table]?.values() ?? [])]
        .filter(({ id }) => fileOf(table, id) !== file)
        .map((record) => ({
          table,
          record,
          remove: () => {
            shard.data.tables[table]?.delete(record.id);
            shard.touch();
          },
        })),
    ),
  );

/**
 * Puts records into their own file. Below the store, which knows records and not files; the journal is empty, as
 * the store leaves it. The right file is written before the wrong one, so that a record is never in neither.
 */
const rehome = async (
  path: string,
  userData: string,
  now: () => Date,
): Promise<Result<number, OpenFailure>> => {
  const machineId = await machineIdOf(fs, userData);
  const acquired = await Lock.acquire({ fs, folder: path, machineId, takeOver: false, now });
  if (!acquired.ok) return err(lockedBy(path, acquired.error, machineId));
  const lock = acquired.value;
  try {
    const loaded = await loadLibrary(fs, path);
    if (!loaded.ok) return err({ ...loaded.error, path });
    const { shards, libraryId } = loaded.value;
    const misplaced = misplacedIn(shards);
    if (misplaced.length === 0) return ok(0);
    const id = await new KnownLibrariesFile(fs, userData).remember(path, libraryId);
    const set = new ShardSet({
      fs,
      folder: path,
      writer: { id, guard: () => lock.check() },
      shards,
      setAside: (file, ours) => setAside(fs, path, file, ours, now()),
    });
    const changes = misplaced.map(
      ({ table, record }) => ({ table, id: record.id, before: null, after: record }) as Change,
    );
    const frame = { schema: SCHEMA, seq: set.seq, time: now().toISOString(), writer: id };
    set.replay([{ ...frame, label: 'history.repair', capture: 'never', changes }]);
    await set.write();
    for (const { remove } of misplaced) remove();
    await set.write();
    return ok(misplaced.length);
  } finally {
    await lock.release();
  }
};
