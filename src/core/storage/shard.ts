import { dirname } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import { err, ok, type Result } from '#shared/lib/result';
import { replaceFile } from './atomic';
import { type Envelope, type EnvelopeFailure, readHead, SCHEMA, seal, sha256, unseal } from './envelope';
import { type FileSystem, readIfThere } from './fs-port';
import { type AnyStored, restore } from './restore';
import type { Table } from './types';

/** What a shard holds: records by table, and members of the payload that are not records. */
export interface ShardData {
  readonly tables: Partial<Record<Table, Map<string, AnyStored>>>;
  members: Record<string, unknown>;
}

/** A record that did not pass `restore`, with the JSON it came as. */
export interface RejectedRecord {
  readonly table: Table;
  readonly id: string;
  readonly json: string;
  readonly reason: string;
}

/** The file is not the one that we read or wrote last: somebody else changed it. */
export class ChangedUnderneath extends Error {
  constructor(path: string) {
    super(`${path} was changed by another program`);
    this.name = 'ChangedUnderneath';
  }
}

/** Who writes, and the check that it still may, made before every rename. */
export interface Writer {
  readonly id: string;
  guard(): Promise<void>;
}

/**
 * lowdb's adapter for a file of the library. `read` is done by `loadShard`, which has more to say than lowdb
 * can pass on; `write` is the write protocol.
 */
class EnvelopeAdapter implements Adapter<ShardData> {
  readonly #fs: FileSystem;
  readonly #path: string;
  readonly #writer: Writer;
  /** As the file lies on disk. */
  #envelope: Envelope;
  seq: number;

  constructor(fs: FileSystem, path: string, envelope: Envelope, writer: Writer) {
    this.#fs = fs;
    this.#path = path;
    this.#writer = writer;
    this.#envelope = envelope;
    this.seq = envelope.seq;
  }

  async read(): Promise<null> {
    return null;
  }

  async write(data: ShardData): Promise<void> {
    const payload = JSON.stringify({
      ...data.members,
      ...Object.fromEntries(
        Object.entries(data.tables).map(([table, records]) => [table, [...records.values()]]),
      ),
    });
    const envelope = {
      schema: SCHEMA,
      generation: this.#envelope.generation + 1,
      writer: this.#writer.id,
      seq: this.seq,
      extra: this.#envelope.extra,
    };
    await this.#fs.mkdir(dirname(this.#path));
    await replaceFile(this.#fs, this.#path, seal(envelope, payload), async () => {
      await this.#writer.guard();
      await this.#checkUnchanged();
    });
    this.#envelope = envelope;
  }

  /** A rename must not bury what a sync program or another instance put there meanwhile. */
  async #checkUnchanged(): Promise<void> {
    const bytes = await readIfThere(this.#fs, this.#path);
    const { generation, writer } = this.#envelope;
    if (bytes === undefined && generation === 0) return;
    const head = bytes === undefined ? undefined : readHead(bytes);
    if (!head?.ok || head.value.envelope.generation !== generation || head.value.envelope.writer !== writer)
      throw new ChangedUnderneath(this.#path);
  }
}

/** One file of records. Its data is what is durable in the journal or in the file itself, never more. */
export class Shard {
  readonly #adapter: EnvelopeAdapter;
  readonly #low: Low<ShardData>;
  #dirty = false;

  constructor(fs: FileSystem, path: string, data: ShardData, envelope: Envelope, writer: Writer) {
    this.#adapter = new EnvelopeAdapter(fs, path, envelope, writer);
    this.#low = new Low<ShardData>(this.#adapter, data);
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

  touch(seq: number): void {
    this.#adapter.seq = Math.max(this.#adapter.seq, seq);
    this.#dirty = true;
  }

  put(table: Table, record: AnyStored, seq: number): void {
    const records = this.#low.data.tables[table] ?? new Map<string, AnyStored>();
    this.#low.data.tables[table] = records;
    records.set(record.id, record);
    this.touch(seq);
  }

  /** Brings the file up to date. A change that comes while it writes leaves the shard dirty. */
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

export interface LoadedShard {
  readonly data: ShardData;
  readonly envelope: Envelope;
  readonly rejected: readonly RejectedRecord[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads the bytes of a shard that may hold these tables. */
export const readShard = (bytes: Buffer, tables: readonly Table[]): Result<LoadedShard, EnvelopeFailure> => {
  const unsealed = unseal(bytes);
  if (!unsealed.ok) return unsealed;
  const { envelope, payload } = unsealed.value;
  if (!isObject(payload)) return err({ kind: 'damaged', reason: 'the content is not a set of records' });
  const rejected: RejectedRecord[] = [];
  const data: ShardData = { tables: {}, members: {} };
  for (const table of tables) {
    const rows = payload[table] ?? [];
    if (!Array.isArray(rows)) return err({ kind: 'damaged', reason: `${table} is not a list` });
    const records = new Map<string, AnyStored>();
    for (const raw of rows) {
      const restored = restore(table, raw);
      if (restored.ok) records.set(restored.value.id, restored.value);
      else {
        const json = JSON.stringify(raw);
        const id = isObject(raw) && typeof raw['id'] === 'string' ? raw['id'] : sha256(json).slice(0, 12);
        rejected.push({ table, id, json, reason: restored.error });
      }
    }
    data.tables[table] = records;
  }
  data.members = Object.fromEntries(
    Object.entries(payload).filter(([key]) => !tables.some((table) => table === key)),
  );
  return ok({ data, envelope, rejected });
};

export const emptyEnvelope = (writer: string): Envelope => ({
  schema: SCHEMA,
  generation: 0,
  writer,
  seq: 0,
  extra: {},
});
