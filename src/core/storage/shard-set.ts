import { join } from 'node:path';
import { sha256 } from './envelope';
import type { FileSystem } from './fs-port';
import type { JournalRecord } from './journal';
import type { AnyStored } from './restore';
import { emptyEnvelope, Shard, type ShardData, type Writer } from './shard';
import type { Table } from './types';

/** The file of collections, settings and the list of the other files. */
export const LIBRARY_FILE = 'library.json';

/** The tables that lie in 256 files each; the others lie in `library.json`. */
export const SHARDED = ['articles', 'annotations'] as const;
export const IN_LIBRARY_FILE = ['collections', 'settings'] as const;

/** Which file a record lies in, as a path inside the library. */
export const fileOf = (table: Table, id: string): string =>
  table === 'articles' || table === 'annotations' ? `${table}/${sha256(id).slice(0, 2)}.json` : LIBRARY_FILE;

export const tablesOf = (file: string): readonly Table[] => {
  const sharded = SHARDED.find((table) => file.startsWith(`${table}/`));
  return sharded === undefined ? IN_LIBRARY_FILE : [sharded];
};

/** All files of records, and which of them there should be. */
export class ShardSet {
  readonly #fs: FileSystem;
  readonly #folder: string;
  readonly #writer: Writer;
  readonly #shards: Map<string, Shard>;
  readonly #library: Shard;

  constructor(fs: FileSystem, folder: string, writer: Writer, shards: Map<string, Shard>, library: Shard) {
    this.#fs = fs;
    this.#folder = folder;
    this.#writer = writer;
    this.#shards = shards;
    this.#library = library;
    shards.set(LIBRARY_FILE, library);
  }

  get dirty(): boolean {
    return [...this.#shards.values()].some((shard) => shard.dirty);
  }

  /** Takes in a transaction that is in the journal; a shard that already has it is left alone. */
  apply(record: JournalRecord): void {
    const changes = record.changes.map((change) => ({
      change,
      shard: this.#shardFor(fileOf(change.table, change.id)),
    }));
    const behind = new Set(changes.map(({ shard }) => shard).filter((shard) => record.seq > shard.seq));
    for (const { change, shard } of changes)
      if (behind.has(shard)) shard.put(change.table, change.after, record.seq);
  }

  *records(table: Table): IterableIterator<AnyStored> {
    for (const shard of this.#shards.values()) yield* shard.data.tables[table]?.values() ?? [];
  }

  /** Notes which files exist, so that one that goes missing is missed. */
  listFiles(files: readonly string[]): void {
    this.#library.data.members['files'] = [...files].sort();
    this.#library.touch(this.#library.seq);
  }

  get listed(): readonly string[] {
    const files = this.#library.data.members['files'];
    return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
  }

  /** Writes all dirty shards, each in turn so that other work gets in between, the library file last. */
  async write(): Promise<void> {
    const listed = new Set(this.listed);
    for (const [file, shard] of this.#shards) {
      if (!shard.dirty || file === LIBRARY_FILE) continue;
      await shard.write();
      listed.add(file);
    }
    if (listed.size > this.listed.length) this.listFiles([...listed]);
    if (this.#library.dirty) await this.#library.write();
  }

  #shardFor(file: string): Shard {
    const found = this.#shards.get(file);
    if (found !== undefined) return found;
    const data: ShardData = { tables: {}, members: {} };
    const shard = new Shard(
      this.#fs,
      join(this.#folder, file),
      data,
      emptyEnvelope(this.#writer.id),
      this.#writer,
    );
    this.#shards.set(file, shard);
    return shard;
  }
}
