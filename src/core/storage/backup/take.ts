import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { BackupCounts, BackupReason } from '#shared/model/backup';
import { problem } from '#shared/model/problem';
import type { AbortSignalLike } from '#shared/rpc/contract';
import { checkCancelled } from '../../lib/cancel';
import { sha256 } from '../envelope';
import { type FileSystem, readIfThere } from '../fs-port';
import { type RejectedRecord, readShard } from '../shard';
import { LIBRARY_FILE, shardFiles, tablesOf } from '../shard-set';
import type { DocumentStore, StorageDamage } from '../types';
import type { BackupFolder } from './backup-folder';
import { contentsOf } from './contents';
import { type BackupFile, isRecords, type KeptManifest, type Manifest } from './manifest';

/** How often a library that changes while it is read is read again. */
const ATTEMPTS = 8;

export interface Place {
  readonly folder: BackupFolder;
  /** Bytes. */
  readonly most: number;
  /** Whether it copies texts, sources and images too, as far as the size lets it. */
  readonly contents: boolean;
}

export interface TakeOptions {
  readonly fs: FileSystem;
  /** The library folder. */
  readonly path: string;
  readonly store: Pick<DocumentStore, 'libraryId' | 'writerId' | 'seq' | 'damage' | 'flush'>;
  /** Of the damage that was found when the library was opened, what has not been made good since; else all. */
  readonly damage?: readonly StorageDamage[];
  readonly reason: BackupReason;
  readonly now: Date;
  readonly signal?: AbortSignalLike;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Why a daily backup is not taken: it would push out a good one. */
export class SuspectData extends Error {
  /** Paths and causes. */
  readonly suspect: readonly string[];

  constructor(suspect: readonly string[]) {
    super(`the library is not as it should be: ${suspect.join('; ')}`);
    this.name = 'SuspectData';
    this.suspect = suspect;
  }
}

/** What a file of records holds, in numbers. */
interface Content {
  readonly counts: BackupCounts;
  readonly records: number;
  /** `files` of `library.json`. */
  readonly listed: readonly string[];
}

const NOTHING: BackupCounts = { articles: 0, annotations: 0, collections: 0, inTrash: 0 };
const TABLES = ['articles', 'annotations', 'collections'] as const;

const contentOf = (file: string, bytes: Buffer): Content | string => {
  const read = readShard(bytes, tablesOf(file));
  if (!read.ok) return read.error.kind === 'newer' ? 'newer' : read.error.reason;
  const { data, rejected } = read.value;
  if (rejected.length > 0)
    return rejected.map(({ id, reason }: RejectedRecord) => `${id}: ${reason}`).join('; ');
  const counts = { ...NOTHING };
  let records = 0;
  for (const table of TABLES)
    for (const { value, deletedAt } of data.tables[table]?.values() ?? []) {
      records += 1;
      if (value === null) continue;
      if (deletedAt === undefined) counts[table] += 1;
      else counts.inTrash += 1;
    }
  const { files } = data.members;
  const listed = Array.isArray(files) ? files.filter((each) => typeof each === 'string') : [];
  return { counts, records, listed };
};

interface Reading {
  readonly seq: number;
  readonly files: readonly BackupFile[];
  readonly suspect: readonly string[];
  readonly counts: BackupCounts;
  readonly records: number;
}

/** Reads the files of records, checks each, and puts it into the place. */
class RecordReader {
  readonly #options: TakeOptions;
  readonly #folder: BackupFolder;
  /** By hash, so that what did not change is neither parsed nor packed again. */
  readonly #known = new Map<string, { content: Content | string; packed: number }>();

  constructor(options: TakeOptions, folder: BackupFolder) {
    this.#options = options;
    this.#folder = folder;
  }

  /** All files as of one transaction: where one came in between, they are read again. */
  async read(): Promise<Reading> {
    const { store } = this.#options;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { seq } = store;
      await store.flush();
      const reading = store.seq === seq ? await this.#readAll(seq) : undefined;
      if (reading !== undefined && store.seq === seq) return reading;
    }
    throw problem('conflict', 'the library kept changing', { detail: 'backup-busy' });
  }

  async #readAll(seq: number): Promise<Reading> {
    const { fs, path, store, damage = store.damage, onProgress = () => {}, signal } = this.#options;
    const names = [LIBRARY_FILE, ...(await shardFiles(fs, path))];
    const files: BackupFile[] = [];
    const suspect = damage.map(({ file, reason }) => `${file}: ${reason}`);
    const counts = { ...NOTHING };
    let records = 0;
    let listed: readonly string[] = [];
    for (const file of names) {
      checkCancelled(signal);
      const bytes = await readIfThere(fs, join(path, file));
      if (bytes === undefined) {
        suspect.push(`${file}: file-missing`);
        continue;
      }
      const hash = sha256(bytes);
      const { content, packed } = await this.#keep(file, hash, bytes);
      files.push({ path: file, size: bytes.length, sha256: hash, packed });
      if (typeof content === 'string') suspect.push(`${file}: ${content}`);
      else {
        for (const key of [...TABLES, 'inTrash'] as const) counts[key] += content.counts[key];
        records += content.records;
        if (file === LIBRARY_FILE) listed = content.listed;
      }
      onProgress(files.length, names.length);
      await breathe(); // a library of hundreds of files must not keep the app from answering
    }
    for (const file of listed) if (!names.includes(file)) suspect.push(`${file}: file-missing`);
    return { seq, files, suspect, counts, records };
  }

  async #keep(
    file: string,
    hash: string,
    bytes: Buffer,
  ): Promise<{ content: Content | string; packed: number }> {
    const known = this.#known.get(hash);
    if (known !== undefined) return known;
    const content = contentOf(file, bytes);
    const kept = { content, packed: await this.#folder.put(hash, bytes) };
    this.#known.set(hash, kept);
    return kept;
  }
}

/** Nothing in a library is ever removed without a tombstone: fewer records than there were are a loss. */
const shrunk = (reading: Reading, before: KeptManifest | undefined): string[] =>
  before !== undefined && reading.records < before.records
    ? [`${before.records - reading.records} records are missing since ${before.time}`]
    : [];

/**
 * Takes a backup into one place, as of one transaction, verified, and prunes the place. A daily one is taken of good
 * data only and rejects with `SuspectData` otherwise; any other says in its manifest what was wrong. Rejects with
 * `cancelled`, with `not-saved` where the library itself cannot be written, and with what the disk says; what was
 * there before is as it was then.
 */
export const takeBackup = async (options: TakeOptions, place: Place): Promise<KeptManifest> => {
  const { store, reason, now } = options;
  const { folder } = place;
  const { manifests } = await folder.list();
  const reading = await new RecordReader(options, folder).read();
  const suspect = [...reading.suspect, ...shrunk(reading, manifests[0])];
  if (reason === 'daily' && suspect.length > 0) throw new SuspectData(suspect);
  const contents = await contentsOf(options, place, manifests, reading.files);
  const { counts, records } = reading;
  const manifest: Manifest = {
    libraryId: store.libraryId,
    time: now.toISOString(),
    reason,
    counts,
    records,
    suspect,
    files: [...reading.files, ...contents],
  };
  checkCancelled(options.signal);
  const name = await folder.add(manifest, store.writerId, reading.seq);
  await folder.prune(now, place.most);
  return { ...manifest, name, writer: store.writerId, seq: reading.seq };
};

/** Contents that a manifest names and that its place has no copy of. */
export const leftOut = ({ files }: Manifest): { files: number; bytes: number } => {
  const out = files.filter((file) => !isRecords(file) && file.packed === undefined);
  return { files: out.length, bytes: out.reduce((sum, { size }) => sum + size, 0) };
};
