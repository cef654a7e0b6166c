import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { err, ok, type Result } from '#shared/lib/result';
import { sweepTemporaries } from './atomic';
import { Blobs } from './blobs';
import { errorCode, type FileSystem, nodeFileSystem } from './fs-port';
import { Journal } from './journal';
import { KnownLibrariesFile, machineIdOf } from './known-libraries';
import { type LoadedLibrary, loadLibrary } from './load';
import { Lock, type Owner } from './lock';
import { Quarantine } from './quarantine';
import { emptyEnvelope, Shard, type Writer } from './shard';
import { LIBRARY_FILE, SHARDED, ShardSet } from './shard-set';
import { Store } from './store';
import type { BlobStore, DocumentStore, OpenFailure, StorageDamage } from './types';

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
  err({ reason: 'not-writable', path, cause: error instanceof Error ? error.message : String(error) });

/** Failures that say something about the folder; any other is a bug. */
const FOLDER_FAILURES = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'ENOSPC',
  'EIO',
  'EDQUOT',
  'ENAMETOOLONG',
]);

const lockedBy = (path: string, owner: Owner, machineId: string): Opened =>
  err({
    reason: 'locked',
    path,
    pid: owner.pid,
    host: owner.host,
    sameMachine: owner.machineId === machineId,
    since: owner.since,
  });

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
      return err({ reason: 'unreadable', path, file: LIBRARY_FILE, cause: 'the file is missing' });
    if (state === 'foreign') return err({ reason: 'not-a-library', path });
    const fresh = state !== 'library';
    if (fresh && !options.create && (await known.find(path)) !== undefined)
      return err({ reason: state === 'none' ? 'missing' : 'empty-but-known', path });
    if (options.mode === 'read-only')
      return fresh ? err({ reason: 'missing', path }) : await openForReading(fs, path, options, now);

    await fs.mkdir(path);
    const takeOver = options.takeOver ?? false;
    const lock = await Lock.acquire({ fs, folder: path, machineId, takeOver, now });
    if (!lock.ok) return lockedBy(path, lock.error, machineId);
    const opened = await openLocked({ fs, path, options, now, known, fresh, lock: lock.value }).catch(
      async (error: unknown) => {
        await lock.value.release();
        throw error;
      },
    );
    if (!opened.ok) await lock.value.release();
    return opened;
  } catch (error) {
    if (FOLDER_FAILURES.has(errorCode(error))) return notWritable(path, error);
    throw error;
  }
};

const openForReading = async (
  fs: FileSystem,
  path: string,
  options: OpenOptions,
  now: () => Date,
): Promise<Opened> => {
  const loaded = await loadLibrary(fs, path);
  if (!loaded.ok) return err({ ...loaded.error, path });
  const noWriter: Writer = {
    id: 'reader',
    guard: () => Promise.reject(new Error('this library is open for reading')),
  };
  const damage: StorageDamage[] = [
    ...loaded.value.bad,
    ...loaded.value.missing.map((file) => ({ file, reason: 'the file is missing' })),
    ...rejectedOf(loaded.value).map(({ file, record }) => ({
      file,
      reason: `${record.id}: ${record.reason}`,
    })),
    ...loaded.value.journal.damage.map(({ name, line, reason }) => ({
      file: `journal/${name}`,
      reason: `line ${line}: ${reason}`,
    })),
  ];
  return ok(
    assemble({
      fs,
      path,
      options,
      now,
      loaded: loaded.value,
      writer: noWriter,
      damage,
      release: async () => {},
    }),
  );
};

interface Locked {
  readonly fs: FileSystem;
  readonly path: string;
  readonly options: OpenOptions;
  readonly now: () => Date;
  readonly known: KnownLibrariesFile;
  readonly fresh: boolean;
  readonly lock: Lock;
}

const openLocked = async (locked: Locked): Promise<Opened> => {
  const { fs, path, options, now, known, fresh, lock } = locked;
  if (fresh) await createEmpty(fs, path, lock);
  const loaded = await loadLibrary(fs, path);
  if (!loaded.ok) return err({ ...loaded.error, path });
  const id = await known.remember(path, loaded.value.libraryId);
  const writer: Writer = { id, guard: () => lock.check() };
  for (const folder of ['', ...SHARDED, 'documents', 'sources', 'assets', 'quarantine'])
    await sweepTemporaries(fs, join(path, folder));
  const damage = await quarantineAll(new Quarantine(fs, path, now), fs, path, loaded.value);
  const opened = assemble({
    fs,
    path,
    options,
    now,
    loaded: loaded.value,
    writer,
    damage,
    release: () => lock.release(),
  });
  return ok({ ...opened, created: fresh });
};

const createEmpty = async (fs: FileSystem, path: string, lock: Lock): Promise<void> => {
  const members = { libraryId: randomBytes(8).toString('hex'), files: [] };
  const writer: Writer = { id: 'creator', guard: () => lock.check() };
  const shard = new Shard(
    fs,
    join(path, LIBRARY_FILE),
    { tables: {}, members },
    emptyEnvelope(writer.id),
    writer,
  );
  await shard.write();
};

const rejectedOf = (loaded: LoadedLibrary) =>
  [...loaded.shards].flatMap(([file, shard]) => shard.rejected.map((record) => ({ file, record })));

const quarantineAll = async (
  quarantine: Quarantine,
  fs: FileSystem,
  path: string,
  loaded: LoadedLibrary,
): Promise<StorageDamage[]> => {
  const damage: StorageDamage[] = loaded.missing.map((file) => ({ file, reason: 'the file is missing' }));
  for (const { file, reason } of loaded.bad)
    damage.push({ file, reason, keptAs: await quarantine.move(file) });
  for (const { file, record } of rejectedOf(loaded)) {
    const keptAs = await quarantine.keep(`${file}-${record.id}.json`, Buffer.from(record.json));
    damage.push({ file, reason: `${record.id}: ${record.reason}`, keptAs });
  }
  for (const name of new Set(loaded.journal.damage.map((each) => each.name))) {
    const lines = loaded.journal.damage.filter((each) => each.name === name).map((each) => each.line);
    const bytes = await fs.readFile(join(path, 'journal', name));
    const reason = `line ${lines.join(', ')}: does not match its checksum`;
    damage.push({ file: `journal/${name}`, reason, keptAs: await quarantine.keep(`journal-${name}`, bytes) });
  }
  return damage;
};

interface Assembly {
  readonly fs: FileSystem;
  readonly path: string;
  readonly options: OpenOptions;
  readonly now: () => Date;
  readonly loaded: LoadedLibrary;
  readonly writer: Writer;
  readonly damage: readonly StorageDamage[];
  readonly release: () => Promise<void>;
}

const assemble = (assembly: Assembly): OpenedLibrary => {
  const { fs, path, options, now, loaded, writer, damage, release } = assembly;
  const shards = new Map(
    [...loaded.shards].map(([file, { data, envelope, rejected }]) => {
      const shard = new Shard(fs, join(path, file), data, envelope, writer);
      if (rejected.length > 0) shard.touch(envelope.seq);
      return [file, shard];
    }),
  );
  const library = shards.get(LIBRARY_FILE);
  if (library === undefined) throw new Error('the library file was not loaded');
  const set = new ShardSet(fs, path, writer, shards, library);
  if (loaded.bad.length > 0)
    set.listFiles(set.listed.filter((file) => !loaded.bad.some((bad) => bad.file === file)));
  for (const record of loaded.journal.records) set.apply(record);
  const journal = new Journal(fs, join(path, 'journal'), loaded.journal.segments, () => writer.guard());
  const seq = Math.max(
    0,
    ...[...shards.values()].map((shard) => shard.seq),
    ...loaded.journal.records.map((each) => each.seq),
  );
  const store = new Store({
    libraryId: loaded.libraryId,
    writerId: writer.id,
    readOnly: options.mode === 'read-only',
    damage,
    seq,
    shards: set,
    journal,
    releaseLock: release,
    now,
    checkpointDelay: options.checkpointDelay ?? CHECKPOINT_MS,
  });
  return { store, blobs: new Blobs(fs, path, () => writer.guard()), path, created: false };
};
