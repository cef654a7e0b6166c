import { dirname, join } from 'node:path';
import { sha256 } from './envelope';
import { type FileSystem, namesIn, syncFolder } from './fs-port';
import type { JournalRecord } from './journal';
import { mergeRecords } from './merge-records';
import { CURRENT } from './migrations/current';
import type { Format } from './migrations/format';
import type { AnyStored } from './restore';
import { ChangedUnderneath, Shard, type Writer } from './shard';
import type { Table } from './types';

/** The file of collections, settings and the list of the other files. */
export const LIBRARY_FILE = 'library.json';

/** The tables that lie in 256 files each; the others lie in `library.json`. */
export const SHARDED = ['articles', 'annotations'] as const;
const IN_LIBRARY_FILE = ['collections', 'settings'] as const;

/** Which file a record lies in, as a path inside the library. */
export const fileOf = (table: Table, id: string): string =>
  table === 'articles' || table === 'annotations' ? `${table}/${sha256(id).slice(0, 2)}.json` : LIBRARY_FILE;

export const tablesOf = (file: string): readonly Table[] => {
  const sharded = SHARDED.find((table) => file.startsWith(`${table}/`));
  return sharded === undefined ? IN_LIBRARY_FILE : [sharded];
};

/** Whether records lie in a file, by its path inside the library. */
export const isShard = (file: string): boolean =>
  file === LIBRARY_FILE || /^(articles|annotations)\/[0-9a-f]{2}\.json$/.test(file);

/** The files of the tables that lie in many, as paths inside the library. */
export const shardFiles = async (fs: FileSystem, folder: string): Promise<string[]> => {
  const names = await Promise.all(
    SHARDED.map(async (table) => (await namesIn(fs, join(folder, table))).map((name) => `${table}/${name}`)),
  );
  return names.flat().filter(isShard);
};

export interface ShardSetOptions {
  readonly fs: FileSystem;
  readonly folder: string;
  readonly format?: Format;
  /** Undefined where the library is open for reading. */
  readonly writer: Writer | undefined;
  /** By their paths inside the library; `library.json` must be among them. */
  readonly shards: ReadonlyMap<string, Shard>;
  /** Makes way for a file that another program has changed; see `setAside`. */
  readonly setAside: (file: string, ours: Uint8Array) => Promise<void>;
}

/** All files of records, and which of them there should be. */
export class ShardSet {
  readonly #options: ShardSetOptions;
  readonly #shards: Map<string, Shard>;
  readonly #library: Shard;
  /** Folders in which a rename may not last yet. */
  readonly #unsynced = new Set<string>();

  constructor(options: ShardSetOptions) {
    const library = options.shards.get(LIBRARY_FILE);
    if (library === undefined) throw new Error('the library file was not loaded');
    this.#options = options;
    this.#shards = new Map(options.shards);
    this.#library = library;
    if (options.writer !== undefined)
      for (const shard of this.#shards.values()) shard.writeAs(options.writer);
  }

  /** Whether the files may lack something of what is in memory, after a power cut at least. */
  get dirty(): boolean {
    return this.#unsynced.size > 0 || [...this.#shards.values()].some((shard) => shard.dirty);
  }

  get seq(): number {
    return Math.max(...[...this.#shards.values()].map((shard) => shard.seq));
  }

  /** Takes in a transaction that is in the journal. */
  apply({ seq, changes }: JournalRecord): void {
    for (const { table, id, after } of changes) this.#shardFor(fileOf(table, id)).put(table, after, seq);
  }

  /**
   * Takes in what the journal holds and the files, as they were read, do not. Versions tell, not numbers: a journal
   * that a sync program brought here was counted by another machine.
   */
  replay(records: readonly JournalRecord[]): void {
    for (const { seq, changes } of records)
      for (const { table, id, after } of changes) {
        const shard = this.#shardFor(fileOf(table, id));
        const merged = mergeRecords(table, shard.data.tables[table]?.get(id), after);
        if (merged === undefined) continue;
        const { record, second } = merged;
        shard.put(table, record, seq);
        if (second !== undefined)
          this.#shardFor(fileOf('annotations', second.id)).put('annotations', second, seq);
      }
  }

  *records(table: Table): IterableIterator<AnyStored> {
    for (const shard of this.#shards.values()) yield* shard.data.tables[table]?.values() ?? [];
  }

  /** Notes that a file is gone for good, so that it is not missed again. */
  forget(file: string): void {
    this.#list(this.#listed.filter((each) => each !== file));
  }

  /** Has the library file written again, though no record in it changed. */
  touch(): void {
    this.#library.touch();
  }

  /**
   * Writes all dirty shards, each in turn so that other work gets in between, and the library file, which lists
   * them, last. One that cannot be written does not keep the others; the first failure is thrown at the end.
   */
  async write(): Promise<void> {
    const failures: unknown[] = [];
    const dirty = [...this.#shards].filter(([file, shard]) => shard.dirty && file !== LIBRARY_FILE);
    for (const [file, shard] of dirty) await this.#writeOne(file, shard, failures);
    await this.#syncFolders();
    const written = [...this.#shards].filter(([file, shard]) => file !== LIBRARY_FILE && shard.exists);
    const listed = new Set([...this.#listed, ...written.map(([file]) => file)]);
    if (listed.size > this.#listed.length) this.#list([...listed]);
    if (this.#library.dirty) {
      await this.#writeOne(LIBRARY_FILE, this.#library, failures);
      await this.#syncFolders();
    }
    if (failures.length > 0) throw failures[0];
  }

  async #syncFolders(): Promise<void> {
    for (const folder of this.#unsynced) {
      await syncFolder(this.#options.fs, join(this.#options.folder, folder));
      this.#unsynced.delete(folder);
    }
  }

  async #write(file: string, shard: Shard): Promise<void> {
    await shard.write();
    this.#unsynced.add(dirname(file));
  }

  async #writeOne(file: string, shard: Shard, failures: unknown[]): Promise<void> {
    try {
      await this.#write(file, shard);
    } catch (error) {
      if (!(error instanceof ChangedUnderneath)) {
        failures.push(error);
        return;
      }
      await this.#writeAnew(file, shard, error.ours, failures);
    }
  }

  async #writeAnew(file: string, shard: Shard, ours: Uint8Array, failures: unknown[]): Promise<void> {
    try {
      await this.#options.setAside(file, ours);
      await this.#write(file, shard);
    } catch (error) {
      failures.push(error);
    }
  }

  get #listed(): readonly string[] {
    const files = this.#library.data.members['files'];
    return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
  }

  #list(files: readonly string[]): void {
    this.#library.data.members['files'] = [...files].sort();
    this.#library.touch();
  }

  #shardFor(file: string): Shard {
    const found = this.#shards.get(file);
    if (found !== undefined) return found;
    const { fs, folder, writer, format = CURRENT } = this.#options;
    const shard = new Shard(fs, join(folder, file), tablesOf(file), format);
    if (writer !== undefined) shard.writeAs(writer);
    this.#shards.set(file, shard);
    return shard;
  }
}
