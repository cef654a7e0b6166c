import { setTimeout as sleep } from 'node:timers/promises';
import { Emitter } from '#shared/lib/event';
import { problem } from '#shared/model/problem';
import { SCHEMA } from './envelope';
import { errorCode } from './fs-port';
import type { Journal, JournalRecord } from './journal';
import { LockLost } from './lock';
import type { AnyStored } from './restore';
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

/** In plain words where the code is a common one. */
const causeOf = (error: unknown): string => {
  const causes: Record<string, string> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the disk is read-only',
    EACCES: 'the folder may not be written to',
    EPERM: 'the folder may not be written to',
    ENOENT: 'the library folder has gone',
    EIO: 'the disk reports an error',
  };
  return causes[errorCode(error)] ?? (error instanceof Error ? error.message : String(error));
};

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
  #draining: Promise<void> | undefined;
  #checkpointing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closing = false;

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
    if (this.#readOnly || this.#closing) throw problem('read-only', 'the library is open for reading only');
    const time = this.#options.now().toISOString();
    const changes = transaction.writes.map((write) => this.#change(write, time));
    this.#seq += 1;
    const commit: Commit = {
      seq: this.#seq,
      label: transaction.label,
      capture: transaction.capture,
      changes,
    };
    for (const change of changes) this.#tables[change.table].set(change.id, change.after);
    const saved = new Promise<void>((resolve, reject) => {
      const record = {
        schema: SCHEMA,
        seq: commit.seq,
        time,
        writer: this.writerId,
        label: commit.label,
        changes,
      };
      this.#queue.push({ record, resolve, reject });
    });
    this.#draining ??= this.#drain();
    this.#commits.fire(commit);
    await saved;
    return commit;
  }

  async flush(): Promise<void> {
    await this.#draining;
    if (this.#saveState.state === 'not-saved')
      throw problem('not-saved', `not saved: ${this.#saveState.cause}`);
    if (this.#readOnly) return;
    await this.#checkpoint();
  }

  async close(): Promise<void> {
    this.#closing = true;
    try {
      await this.flush();
    } finally {
      clearTimeout(this.#timer);
      await this.#options.journal.rotate();
      await this.#options.releaseLock();
    }
  }

  #change(write: Write, time: string): Change {
    const before = this.#tables[write.table].get(write.id) ?? null;
    const trashed = write.trash ?? (before?.deletedAt !== undefined && before.value !== null);
    const deletedAt = write.value === null ? time : trashed ? (before?.deletedAt ?? time) : undefined;
    const version = { ...before?.version, [this.writerId]: (before?.version[this.writerId] ?? 0) + 1 };
    const after = {
      id: write.id,
      version,
      ...(deletedAt === undefined ? {} : { deletedAt }),
      value: write.value,
    };
    // `write` names one table for its id and its value, and `before` is that table's record.
    return { table: write.table, id: write.id, before, after } as Change;
  }

  /** One group of transactions at a time; what arrives meanwhile shares the next sync. */
  async #drain(): Promise<void> {
    this.#setSaveState({ state: 'saving' });
    while (this.#queue.length > 0) {
      const group = this.#queue;
      try {
        const records = group.map((pending) => pending.record);
        await this.#options.journal.append(records, () => {
          for (const record of records) this.#options.shards.apply(record);
        });
      } catch (error) {
        if (!this.#failed(group, error)) break;
        if (this.#closing) break;
        await sleep(RETRY_MS, undefined, { ref: false });
        continue;
      }
      this.#queue = this.#queue.slice(group.length);
      for (const pending of group) pending.resolve();
      this.#scheduleCheckpoint();
    }
    this.#draining = undefined;
    if (this.#queue.length === 0) this.#setSaveState({ state: 'saved' });
  }

  /** Tells the callers; the changes stay in the queue. Answers whether trying again makes sense. */
  #failed(group: readonly Pending[], error: unknown): boolean {
    const cause = causeOf(error);
    for (const pending of group)
      pending.reject(problem('not-saved', `not saved: ${cause}`, { detail: cause }));
    this.#setSaveState({ state: 'not-saved', cause });
    if (!(error instanceof LockLost)) return true;
    this.#loseLock();
    return false;
  }

  #loseLock(): void {
    if (this.#readOnly) return;
    this.#readOnly = true;
    this.#lockLosses.fire();
  }

  #setSaveState(state: SaveState): void {
    this.#saveState = state;
    this.#saveStates.fire(state);
  }

  #scheduleCheckpoint(): void {
    if (this.#timer !== undefined || this.#closing) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#checkpoint().catch((error: unknown) => this.#checkpointFailed(error));
    }, this.#options.checkpointDelay);
    this.#timer.unref();
  }

  /** What is in the journal is safe; only the shards are behind. Said, and tried again. */
  #checkpointFailed(error: unknown): void {
    if (error instanceof LockLost) {
      this.#loseLock();
      return;
    }
    this.#setSaveState({ state: 'not-saved', cause: causeOf(error) });
    this.#scheduleCheckpoint();
  }

  async #checkpoint(): Promise<void> {
    await this.#checkpointing;
    this.#checkpointing = this.#writeShards();
    try {
      await this.#checkpointing;
    } finally {
      this.#checkpointing = undefined;
    }
  }

  async #writeShards(): Promise<void> {
    const { shards, journal } = this.#options;
    if (!shards.dirty) return;
    const covered = await journal.rotate();
    await shards.write();
    await journal.drop(covered);
    if (this.#queue.length === 0 && this.#saveState.state === 'not-saved')
      this.#setSaveState({ state: 'saved' });
  }
}
