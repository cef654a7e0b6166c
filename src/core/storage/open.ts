import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { err, ok, type Result } from '#shared/lib/result';
import type { Cause } from '#shared/model/cause';
import { problem } from '#shared/model/problem';
import { ensureFolder, sweepTemporaries } from './atomic';
import { Blobs } from './blobs';
import { mergeConflictCopies, setAside } from './conflict-copies';
import { errorCode, type FileSystem, isOfDisk, nodeFileSystem, syncFolder } from './fs-port';
import { Journal } from './journal';
import { KnownLibrariesFile, machineIdOf } from './known-libraries';
import { type LoadedLibrary, loadLibrary } from './load';
import { Lock, LockLost, lockedBy } from './lock';
import { CURRENT } from './migrations/current';
import type { Format } from './migrations/format';
import { causeOf } from './not-saved';
import { Quarantine } from './quarantine';
import { Shard, type Writer } from './shard';
import { LIBRARY_FILE, SHARDED, ShardSet, tablesOf } from './shard-set';
import { Store } from './store';
import type { BlobStore, DocumentStore, MergedCopy, OpenFailure, StorageDamage } from './types';

export interface OpenOptions {
  /** The library folder. */
  readonly path: string;
  /** This machine's own folder for the app, outside the library. */
  readonly userData: string;
  /** Make a new library even where one is remembered to have been. */
  readonly create: boolean;
  /** `read-only` takes no lock and writes nothing at all. */
  readonly mode: 'read-write' | 'read-only';
  /** The user says that the other machine, which holds the lock, is not using it. */
  readonly takeOver?: boolean;
  /**
   * Called before anything is written where a file is of an older schema, with that schema and the one that it will
   * have; the library lies there as the older version left it. Where it rejects, the library is not opened.
   */
  readonly beforeMigration?: (from: number, to: number) => Promise<void>;
  /** For tests of steps that no version has taken yet. */
  readonly format?: Format;
  readonly now?: () => Date;
  readonly checkpointDelay?: number;
  readonly fs?: FileSystem;
}

export interface OpenedLibrary {
  readonly store: DocumentStore;
  readonly blobs: BlobStore;
  readonly path: string;
  /** It was made just now, and is empty. */
  readonly created: boolean;
  /** Looks for conflict copies and takes in what they know; none where it is open for reading. */
  readonly mergeCopies: () => Promise<MergedCopy[]>;
  readonly quarantine: Pick<Quarantine, 'names' | 'read'>;
  /** The files that were missing are gone for good: the next start no longer misses those that are not made anew. */
  readonly acceptMissing: () => void;
}

type Opened = Result<OpenedLibrary, OpenFailure>;

/** What the system puts into a folder by itself, and what a killed start may have left. */
const NOT_CONTENT = /^(\..*|lock(\..*)?|desktop\.ini|Thumbs\.db|lost\+found)$/i;

const CHECKPOINT_MS = 2000;

/** What stands at the path before anything is done. */
const look = async (
  fs: FileSystem,
  path: string,
): Promise<'none' | 'empty' | 'library' | 'remains' | 'foreign'> => {
  let names: string[];
  try {
    names = (await fs.readdir(path)).filter((name) => !NOT_CONTENT.test(name));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'none';
    throw error;
  }
  if (names.length === 0) return 'empty';
  if (names.includes(LIBRARY_FILE)) return 'library';
  return ['articles', 'annotations', 'journal'].some((name) => names.includes(name)) ? 'remains' : 'foreign';
};

const notWritable = (path: string, error: unknown): Opened =>
  err({ reason: 'not-writable', path, cause: causeOf(error) });

/**
 * Opens a library, or says why not, in which case nothing on disk has been changed. A file that cannot be read is
 * moved to `quarantine/` and listed in the store's `damage`; a library that is missing where one is remembered, or
 * is newer, is refused.
 */
export const openLibrary = async (options: OpenOptions): Promise<Opened> => {
  const fs = options.fs ?? nodeFileSystem;
  const path = resolve(options.path);
  const now = options.now ?? (() => new Date());
  try {
    const machineId = await machineIdOf(fs, options.userData);
    const known = new KnownLibrariesFile(fs, options.userData);
    const state = await look(fs, path);
    if (state === 'remains')
      return err({ reason: 'unreadable', path, file: LIBRARY_FILE, cause: 'file-missing' });
    if (state === 'foreign') return err({ reason: 'not-a-library', path });
    const fresh = state !== 'library';
    if (fresh && !options.create && (await known.find(path)) !== undefined)
      return err({ reason: state === 'none' ? 'missing' : 'empty-but-known', path });
    if (options.mode === 'read-only')
      return fresh ? err({ reason: 'missing', path }) : await openForReading(fs, path, now, options.format);
    return await openForWriting({ fs, path, options, now, known, machineId });
  } catch (error) {
    if (isOfDisk(error)) return notWritable(path, error);
    throw error;
  }
};

const openForReading = async (
  fs: FileSystem,
  path: string,
  now: () => Date,
  format: Format = CURRENT,
): Promise<Opened> => {
  const loaded = await loadLibrary(fs, path, format);
  if (!loaded.ok) return err({ ...loaded.error, path });
  const { bad, missing, journal } = loaded.value;
  const damage: StorageDamage[] = [
    ...missing.map((file) => ({ file, reason: MISSING })),
    ...bad,
    ...rejectedOf(loaded.value).flatMap(({ file, reasons }) => reasons.map((reason) => ({ file, reason }))),
    ...journal.unreadable.map(({ name, reason }) => ({ file: `journal/${name}`, reason })),
    ...journal.damage.map(({ name, line }) => ({ file: `journal/${name}`, reason: damagedLines([line]) })),
  ];
  const assembly = { fs, path, now, format, loaded: loaded.value, writer: undefined, damage };
  return ok(assemble({ ...assembly, checkpointDelay: 0, release: async () => {} }));
};

interface Opening {
  readonly fs: FileSystem;
  readonly path: string;
  readonly options: OpenOptions;
  readonly now: () => Date;
  readonly known: KnownLibrariesFile;
  readonly machineId: string;
}

const openForWriting = async (opening: Opening): Promise<Opened> => {
  const { fs, path, options, now, machineId } = opening;
  await ensureFolder(fs, path);
  const takeOver = options.takeOver ?? false;
  const acquired = await Lock.acquire({ fs, folder: path, machineId, takeOver, now });
  if (!acquired.ok) return err(lockedBy(path, acquired.error, machineId));
  const lock = acquired.value;
  let opened: Opened | undefined;
  try {
    opened = await openLocked(opening, lock);
    return opened;
  } finally {
    if (opened?.ok !== true) await lock.release();
  }
};

const openLocked = async ({ fs, path, options, now, known }: Opening, lock: Lock): Promise<Opened> => {
  // Looked at again: another start may have made the library between the first look and the lock.
  const created = (await look(fs, path)) === 'empty';
  const format = options.format ?? CURRENT;
  if (created) await createEmpty(fs, path, lock, format);
  const loaded = await loadLibrary(fs, path, format);
  if (!loaded.ok) return err({ ...loaded.error, path });
  const noBackup =
    loaded.value.oldest < format.schema ? await backUp(options, loaded.value.oldest, format) : undefined;
  if (noBackup !== undefined) return err({ reason: 'not-writable', path, cause: noBackup });
  const writer: Writer = {
    id: await known.remember(path, loaded.value.libraryId),
    guard: () => lock.check(),
  };
  for (const folder of ['', ...SHARDED, 'documents', 'sources', 'assets', 'quarantine'])
    await sweepTemporaries(fs, join(path, folder));
  const damage = await quarantineAll(new Quarantine(fs, path, now), loaded.value);
  const assembly = { fs, path, now, format, loaded: loaded.value, writer, damage };
  const checkpointDelay = options.checkpointDelay ?? CHECKPOINT_MS;
  return ok({
    ...assemble({ ...assembly, checkpointDelay, release: () => lock.release() }),
    created,
  });
};

/** Why there is no backup of an older library, or undefined where there is one. */
const backUp = async (
  { beforeMigration }: OpenOptions,
  oldest: number,
  format: Format,
): Promise<Cause | undefined> => {
  if (beforeMigration === undefined) return 'no-backup: nobody was asked for one';
  try {
    await beforeMigration(oldest, format.schema);
    return undefined;
  } catch (error) {
    return `no-backup: ${error instanceof Error ? error.message : String(error)}`;
  }
};

const createEmpty = async (fs: FileSystem, path: string, lock: Lock, format: Format): Promise<void> => {
  const shard = new Shard(fs, join(path, LIBRARY_FILE), tablesOf(LIBRARY_FILE), format);
  shard.data.members = { libraryId: randomBytes(8).toString('hex'), files: [] };
  shard.writeAs({ id: 'creator', guard: () => lock.check() });
  await shard.write();
  await syncFolder(fs, path);
};

const MISSING: Cause = 'file-missing';
const damagedLines = (lines: readonly number[]): Cause => `bad-lines: ${lines.join(', ')}`;

/** Files that hold records which did not pass. */
const rejectedOf = ({ shards }: LoadedLibrary) =>
  [...shards]
    .filter(([, shard]) => shard.rejected.length > 0)
    .map(([file, shard]) => ({
      file,
      reasons: shard.rejected.map(({ id, reason }): Cause => `bad-record: ${id}: ${reason}`),
    }));

/** Puts away what cannot be read, or a copy of it where the rest of the file is still in use. */
const quarantineAll = async (quarantine: Quarantine, loaded: LoadedLibrary): Promise<StorageDamage[]> => {
  const damage: StorageDamage[] = [];
  for (const file of loaded.missing) {
    // A start that was killed had put it there, and could not say so any more.
    const keptAs = await quarantine.latest(file);
    damage.push({ file, reason: MISSING, ...(keptAs === undefined ? {} : { keptAs }) });
  }
  const unreadable = loaded.journal.unreadable.map(({ name, reason }) => ({
    file: `journal/${name}`,
    reason,
  }));
  for (const { file, reason } of [...loaded.bad, ...unreadable])
    damage.push({ file, reason, keptAs: await quarantine.move(file) });
  for (const { file, reasons } of rejectedOf(loaded)) {
    const keptAs = await quarantine.copy(file);
    for (const reason of reasons) damage.push({ file, reason, keptAs });
  }
  const names = new Set(loaded.journal.damage.map((each) => each.name));
  for (const name of names) {
    const lines = loaded.journal.damage.filter((each) => each.name === name).map((each) => each.line);
    const file = `journal/${name}`;
    damage.push({ file, reason: damagedLines(lines), keptAs: await quarantine.copy(file) });
  }
  return damage;
};

interface Assembly {
  readonly fs: FileSystem;
  readonly path: string;
  readonly now: () => Date;
  readonly format: Format;
  readonly loaded: LoadedLibrary;
  /** Undefined where the library is open for reading. */
  readonly writer: Writer | undefined;
  readonly damage: readonly StorageDamage[];
  readonly checkpointDelay: number;
  readonly release: () => Promise<void>;
}

const assemble = (assembly: Assembly): OpenedLibrary => {
  const { fs, path, now, format, loaded, writer, damage, checkpointDelay, release } = assembly;
  const guard =
    writer === undefined
      ? () => Promise.reject(problem('read-only', 'the library is open for reading only'))
      : () => writer.guard();
  const blobGuard = (): Promise<void> =>
    guard().catch((error: unknown) => {
      throw error instanceof LockLost ? problem('read-only', error.message) : error;
    });
  const shards = new ShardSet({
    fs,
    folder: path,
    format,
    writer,
    shards: loaded.shards,
    setAside: (file, ours) => setAside(fs, path, file, ours, now()),
  });
  for (const { file } of loaded.bad) shards.forget(file);
  for (const { file, reason, keptAs } of damage)
    if (reason === MISSING && keptAs !== undefined) shards.forget(file);
  for (const shard of loaded.shards.values())
    if (shard.rejected.length > 0 || shard.schema < format.schema) shard.touch();
  // So that a journal that is damaged, or old, is dropped once what is good in it stands in the shards.
  if (loaded.journal.damage.length > 0 || loaded.journal.oldest < format.schema) shards.touch();
  const { records, segments } = loaded.journal;
  shards.replay(records);
  const store = new Store({
    schema: format.schema,
    libraryId: loaded.libraryId,
    writerId: writer?.id ?? '',
    readOnly: writer === undefined,
    damage,
    seq: Math.max(shards.seq, records.at(-1)?.seq ?? 0),
    shards,
    journal: new Journal(fs, join(path, 'journal'), segments, guard),
    releaseLock: release,
    now,
    checkpointDelay,
  });
  const quarantine = new Quarantine(fs, path, now);
  return {
    store,
    blobs: new Blobs(fs, path, blobGuard),
    path,
    created: false,
    quarantine,
    acceptMissing: () => {
      for (const file of loaded.missing) shards.forget(file);
    },
    mergeCopies: async () =>
      store.readOnly ? [] : mergeConflictCopies({ fs, folder: path, store, quarantine }),
  };
};
