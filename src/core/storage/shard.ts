import { dirname } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import { err, ok, type Result } from '#shared/lib/result';
import { ensureFolder, swapFile } from './atomic';
import { type Envelope, type EnvelopeFailure, readHead, seal, unseal } from './envelope';
import { type FileSystem, readIfThere } from './fs-port';
import { CURRENT } from './migrations/current';
import { type Format, migrate } from './migrations/format';
import { type AnyStored, restore } from './restore';
import type { Table } from './types';

/** What a shard holds: records by table, and members of the payload that are not records. */
export interface ShardData {
  readonly tables: Partial<Record<Table, Map<string, AnyStored>>>;
  members: Record<string, unknown>;
}

/** A record that did not pass `restore`. */
export interface RejectedRecord {
  readonly id: string;
  readonly reason: string;
}

/** The file is not the one that we read or wrote last: somebody else changed it. */
export class ChangedUnderneath extends Error {
  /** The file as we would have written it. */
  readonly ours: Buffer;

  constructor(path: string, ours: Buffer) {
    super(`${path} was changed by another program`);
    this.name = 'ChangedUnderneath';
    this.ours = ours;
  }
}

/** Who writes, and the check that it still may, made before every append and rename. */
export interface Writer {
  readonly id: string;
  guard(): Promise<void>;
}

/** Thrown through lowdb, which knows only data or none; `Shard.load` turns it into a result. */
class Unreadable extends Error {
  readonly failure: EnvelopeFailure;

  constructor(failure: EnvelopeFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** lowdb's adapter for every file of the library: checks on reading, and the write protocol. */
class EnvelopeAdapter implements Adapter<ShardData> {
  readonly #fs: FileSystem;
  readonly #path: string;
  readonly #tables: readonly Table[];
  readonly #format: Format;
  /** As the file lies on disk; generation 0 where there is none yet. */
  envelope: Envelope;
  rejected: readonly RejectedRecord[] = [];
  writer: Writer | undefined;
  /** The last transaction that the data holds. */
  seq = 0;

  constructor(fs: FileSystem, path: string, tables: readonly Table[], format: Format) {
    this.#fs = fs;
    this.#path = path;
    this.#tables = tables;
    this.#format = format;
    this.envelope = { schema: format.schema, generation: 0, writer: '', seq: 0, extra: {} };
  }

  async read(): Promise<ShardData | null> {
    const bytes = await readIfThere(this.#fs, this.#path);
    if (bytes === undefined) return null;
    const read = readShard(bytes, this.#tables, this.#format);
    if (!read.ok) throw new Unreadable(read.error);
    const { data, envelope, rejected } = read.value;
    this.envelope = envelope;
    this.seq = envelope.seq;
    this.rejected = rejected;
    return data;
  }

  async write(data: ShardData): Promise<void> {
    const { writer } = this;
    if (writer === undefined) throw new Error('this library is open for reading');
    const tables = Object.entries(data.tables).map(([table, records]) => [table, [...records.values()]]);
    const payload = JSON.stringify({ ...data.members, ...Object.fromEntries(tables) });
    const { generation, extra } = this.envelope;
    const { schema } = this.#format;
    const next = { schema, generation: generation + 1, writer: writer.id, seq: this.seq, extra };
    const bytes = seal(next, payload);
    await writer.guard(); // a library that has gone, with its drive perhaps, is not to be made anew
    await ensureFolder(this.#fs, dirname(this.#path));
    await swapFile(this.#fs, this.#path, bytes, async () => {
      await writer.guard();
      await this.#checkUnchanged(bytes);
    });
    this.envelope = next;
  }

  /**
   * A rename must not bury what a sync program or another instance put there meanwhile. Where the file has
   * gone there is nothing to bury, and all that was in it is in memory.
   */
  async #checkUnchanged(ours: Buffer): Promise<void> {
    const bytes = await readIfThere(this.#fs, this.#path);
    if (bytes === undefined) return;
    const head = readHead(bytes, this.#format.schema);
    const { generation, writer } = this.envelope;
    if (!head.ok || head.value.generation !== generation || head.value.writer !== writer)
      throw new ChangedUnderneath(this.#path, ours);
  }
}

/** One file of records. Its data is what is durable in the journal or in the file itself, never more. */
export class Shard {
  readonly #adapter: EnvelopeAdapter;
  readonly #low: Low<ShardData>;
  #dirty = false;

  /** Empty until it is loaded. `tables` are those that the file may hold. */
  constructor(fs: FileSystem, path: string, tables: readonly Table[], format: Format = CURRENT) {
    this.#adapter = new EnvelopeAdapter(fs, path, tables, format);
    this.#low = new Low<ShardData>(this.#adapter, { tables: {}, members: {} });
  }

  get data(): ShardData {
    return this.#low.data;
  }

  get seq(): number {
    return this.#adapter.seq;
  }

  get dirty(): boolean {
    return this.#dirty;
  }

  /** Whether there is a file, as far as we know. */
  get exists(): boolean {
    return this.#adapter.envelope.generation > 0;
  }

  /** The schema of the file as it lies. What is in memory is of this version's schema. */
  get schema(): number {
    return this.#adapter.envelope.schema;
  }

  /** Records that did not pass when it was loaded; they are not in the data. */
  get rejected(): readonly RejectedRecord[] {
    return this.#adapter.rejected;
  }

  /** Reads the file, if there is one. A failure of the disk itself is thrown. */
  async load(): Promise<Result<void, EnvelopeFailure>> {
    try {
      await this.#low.read();
      return ok(undefined);
    } catch (error) {
      if (error instanceof Unreadable) return err(error.failure);
      throw error;
    }
  }

  /** Until this is called, the shard cannot be written. */
  writeAs(writer: Writer): void {
    this.#adapter.writer = writer;
  }

  touch(): void {
    this.#dirty = true;
  }

  put(table: Table, record: AnyStored, seq: number): void {
    const records = this.#low.data.tables[table] ?? new Map<string, AnyStored>();
    this.#low.data.tables[table] = records;
    records.set(record.id, record);
    this.#adapter.seq = Math.max(this.#adapter.seq, seq);
    this.#dirty = true;
  }

  /**
   * Brings the file up to date; it lasts once its folder is synced too. A change that comes while it writes leaves
   * the shard dirty.
   */
  async write(): Promise<void> {
    this.#dirty = false;
    try {
      await this.#low.write();
    } catch (error) {
      this.#dirty = true;
      throw error;
    }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface ReadShard {
  readonly data: ShardData;
  readonly envelope: Envelope;
  readonly rejected: readonly RejectedRecord[];
}

/** Reads the bytes of a shard that may hold these tables, and brings its records up to date. */
export const readShard = (
  bytes: Buffer,
  tables: readonly Table[],
  format: Format = CURRENT,
): Result<ReadShard, EnvelopeFailure> => {
  const unsealed = unseal(bytes, format.schema);
  if (!unsealed.ok) return unsealed;
  const { envelope, payload } = unsealed.value;
  if (!isObject(payload)) return err({ kind: 'damaged', reason: 'bad-content' });
  const rejected: RejectedRecord[] = [];
  const data: ShardData = { tables: {}, members: {} };
  for (const table of tables) {
    const rows = payload[table] ?? [];
    if (!Array.isArray(rows)) return err({ kind: 'damaged', reason: `bad-content: ${table}` });
    const records = new Map<string, AnyStored>();
    for (const [index, raw] of rows.entries()) {
      const migrated = migrate(format, envelope.schema, table, raw);
      const restored = migrated.ok ? restore(table, migrated.value) : migrated;
      if (restored.ok) records.set(restored.value.id, restored.value);
      else {
        const named = isObject(raw) && typeof raw['id'] === 'string' ? raw['id'] : undefined;
        rejected.push({ id: named ?? `#${index}`, reason: restored.error });
      }
    }
    data.tables[table] = records;
  }
  data.members = Object.fromEntries(
    Object.entries(payload).filter(([key]) => !tables.some((table) => table === key)),
  );
  return ok({ data, envelope, rejected });
};
