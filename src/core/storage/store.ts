import { isDeepStrictEqual } from 'node:util';
import { Emitter } from '#shared/lib/event';
import type { Cause } from '#shared/model/cause';
import { problem } from '#shared/model/problem';
import type { Journal, JournalRecord } from './journal';
import { LockLost } from './lock';
import { joinVersions } from './merge-records';
import { causeOf, notSaved } from './not-saved';
import { inTrash } from './records';
import { type AnyStored, restore } from './restore';
import type { ShardSet } from './shard-set';
import type {
  Change,
  Commit,
  DocumentStore,
  IdOf,
  SaveState,
  StorageDamage,
  Stored,
  Table,
  Transaction,
  Write,
} from './types';

const RETRY_MS = 1000;

export interface StoreOptions {
  /** Of the lines of the journal. */
  readonly schema: number;
  readonly libraryId: string;
  readonly writerId: string;
  readonly readOnly: boolean;
  readonly damage: readonly StorageDamage[];
  readonly seq: number;
  readonly shards: ShardSet;
  readonly journal: Journal;
  readonly releaseLock: () => Promise<void>;
  readonly now: () => Date;
  /** Milliseconds that a change may wait before its shard is written. */
  readonly checkpointDelay: number;
}

interface Pending {
  readonly record: JournalRecord;
  resolve(): void;
  reject(error: unknown): void;
}

/** See `DocumentStore`. Reads are from memory; each write goes through the journal first. */
export class Store implements DocumentStore {
  readonly libraryId: string;
  readonly writerId: string;
  readonly damage: readonly StorageDamage[];
  readonly #options: StoreOptions;
  readonly #tables: Record<Table, Map<string, AnyStored>>;
  readonly #commits = new Emitter<Commit>();
  readonly #saveStates = new Emitter<SaveState>();
  readonly #lockLosses = new Emitter<void>();
  readonly onDidCommit = this.#commits.event;
  readonly onDidChangeSaveState = this.#saveStates.event;
  readonly onDidLoseLock = this.#lockLosses.event;
  #seq: number;
  #readOnly: boolean;
  #saveState: SaveState = { state: 'saved' };
  #queue: Pending[] = [];
  #appendFailure: Cause | undefined;
  #checkpointFailure: Cause | undefined;
  #draining: Promise<void> | undefined;
  #checkpointing: Promise<void> = Promise.resolve();
  #retryTimer: NodeJS.Timeout | undefined;
  #checkpointTimer: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.libraryId = options.libraryId;
    this.writerId = options.writerId;
    this.damage = options.damage;
    this.#seq = options.seq;
    this.#readOnly = options.readOnly;
    const load = (table: Table): Map<string, AnyStored> =>
      new Map([...options.shards.records(table)].map((record) => [record.id, record]));
    this.#tables = {
      articles: load('articles'),
      annotations: load('annotations'),
      collections: load('collections'),
      settings: load('settings'),
    };
    if (!options.readOnly && options.shards.dirty) this.#scheduleCheckpoint();
  }

  get readOnly(): boolean {
    return this.#readOnly;
  }

  get seq(): number {
    return this.#seq;
  }

  get saveState(): SaveState {
    return this.#saveState;
  }

  get<T extends Table>(table: T, id: IdOf<T>): Stored<T> | undefined {
    // Each map holds the records of its own table only; the type of a record of maps cannot say so.
    return this.#tables[table].get(id) as Stored<T> | undefined;
  }

  all<T extends Table>(table: T): IterableIterator<Stored<T>> {
    return this.#tables[table].values() as IterableIterator<Stored<T>>;
  }

  async write(transaction: Transaction): Promise<Commit> {
    if (this.#readOnly || this.#closed !== undefined)
      throw problem('read-only', 'the library is open for reading only');
    const time = this.#options.now().toISOString();
    const changes = this.#changesOf(transaction.writes, time);
    for (const change of changes) this.#tables[change.table].set(change.id, change.after);
    this.#seq += 1;
    const { label, capture } = transaction;
    const commit: Commit = { seq: this.#seq, label, capture, changes };
    const saved = new Promise<void>((resolve, reject) => {
      this.#queue.push({ record: this.#recordOf(commit, time), resolve, reject });
    });
    this.#startDraining();
    try {
      this.#commits.fire(commit);
    } finally {
      await saved;
    }
    return commit;
  }

  async flush(): Promise<void> {
    if (this.#queue.length > 0 && !this.#readOnly) this.#startDraining();
    await this.#draining;
    if (this.#queue.length > 0) throw notSaved(this.#appendFailure ?? 'lock-lost');
    if (this.#readOnly) return;
    await this.#checkpoint();
    if (this.#checkpointFailure !== undefined) throw notSaved(this.#checkpointFailure);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      clearTimeout(this.#checkpointTimer);
      clearTimeout(this.#retryTimer);
      await this.#checkpointing;
      try {
        await this.#options.journal.rotate();
      } finally {
        await this.#options.releaseLock();
      }
    }
  }

  /** Checks all before anything is changed: what `restore` refuses would be lost to the next start. */
  #changesOf(writes: readonly Write[], time: string): readonly Change[] {
    const latest = new Map<string, AnyStored>();
    return writes.map((write) => {
      const key = `${write.table} ${write.id}`;
      const before = latest.get(key) ?? this.#tables[write.table].get(write.id) ?? null;
      const change = this.#change(write, before, time);
      const checked = restore(write.table, change.after);
      if (!checked.ok) throw new Error(`a bad record was to be written to ${write.table}: ${checked.error}`);
      latest.set(key, change.after);
      return change;
    });
  }

  #change(write: Write, before: AnyStored | null, time: string): Change {
    const trashed = write.trash ?? inTrash(before);
    const deletedAt = write.value === null ? time : trashed ? (before?.deletedAt ?? time) : undefined;
    const { deletedAt: _was, ...kept } = before ?? {};
    const known = joinVersions(before?.version ?? {}, write.knows ?? {});
    const after = {
      ...kept,
      id: write.id,
      version: { ...known, [this.writerId]: (known[this.writerId] ?? 0) + 1 },
      ...(deletedAt === undefined ? {} : { deletedAt }),
      value: write.value,
    };
    // `write` names one table for its id and its value, and `before` is that table's record.
    return { table: write.table, id: write.id, before, after } as Change;
  }

  #recordOf({ seq, label, capture, changes }: Commit, time: string): JournalRecord {
    return { schema: this.#options.schema, seq, time, writer: this.writerId, label, capture, changes };
  }

  /** After this turn, so that what is written in one turn shares one sync, and there is only ever one drain. */
  #startDraining(): void {
    this.#draining ??= Promise.resolve().then(() => this.#drain());
  }

  /** One group of transactions at a time; what arrives meanwhile shares the next sync. */
  async #drain(): Promise<void> {
    clearTimeout(this.#retryTimer);
    this.#tellSaveState();
    while (this.#queue.length > 0) {
      const group = [...this.#queue];
      try {
        const records = group.map((pending) => pending.record);
        await this.#options.journal.append(records, () => {
          for (const record of records) this.#options.shards.apply(record);
        });
      } catch (error) {
        this.#appendFailed(group, error);
        break;
      }
      this.#appendFailure = undefined;
      this.#queue = this.#queue.slice(group.length);
      for (const pending of group) pending.resolve();
      this.#scheduleCheckpoint();
    }
    this.#draining = undefined;
    this.#tellSaveState();
  }

  /** Tells the callers; the changes stay in the queue and are tried again. */
  #appendFailed(group: readonly Pending[], error: unknown): void {
    const cause = causeOf(error);
    this.#appendFailure = cause;
    for (const pending of group) pending.reject(notSaved(cause));
    if (error instanceof LockLost) this.#loseLock();
    else if (this.#closed === undefined) {
      this.#retryTimer = setTimeout(() => this.#startDraining(), RETRY_MS).unref();
    }
  }

  #loseLock(): void {
    if (this.#readOnly) return;
    this.#readOnly = true;
    this.#lockLosses.fire();
  }

  #tellSaveState(): void {
    const cause = this.#appendFailure ?? this.#checkpointFailure;
    const waiting = this.#queue.length > 0;
    const state: SaveState =
      cause === undefined ? { state: waiting ? 'saving' : 'saved' } : { state: 'not-saved', cause };
    if (isDeepStrictEqual(state, this.#saveState)) return;
    this.#saveState = state;
    this.#saveStates.fire(state);
  }

  #scheduleCheckpoint(): void {
    if (this.#checkpointTimer !== undefined || this.#closed !== undefined) return;
    this.#checkpointTimer = setTimeout(() => {
      this.#checkpointTimer = undefined;
      void this.#checkpoint();
    }, this.#options.checkpointDelay).unref();
  }

  /** Never rejects: what is in the journal is safe, only the shards are behind. Said, and tried again. */
  #checkpoint(): Promise<void> {
    this.#checkpointing = this.#checkpointing.then(async () => {
      try {
        await this.#writeShards();
        this.#checkpointFailure = undefined;
      } catch (error) {
        this.#checkpointFailure = causeOf(error);
        if (error instanceof LockLost) this.#loseLock();
        else this.#scheduleCheckpoint();
      }
      this.#tellSaveState();
    });
    return this.#checkpointing;
  }

  async #writeShards(): Promise<void> {
    const { shards, journal } = this.#options;
    if (!shards.dirty && journal.isEmpty) return;
    const covered = await journal.rotate();
    await shards.write();
    await journal.drop(covered);
  }
}
