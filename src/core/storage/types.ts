import type { Event } from '#shared/lib/event';
import type { Annotation } from '#shared/model/annotation';
import type { Article } from '#shared/model/article';
import type { Cause } from '#shared/model/cause';
import type { Collection } from '#shared/model/collection';
import type { AnnotationId, ArticleId, CollectionId } from '#shared/model/ids';
import type { Settings } from '#shared/model/settings';

/** What each table holds, and under which ids. `settings` has the one record `settings`. */
export interface Tables {
  articles: { id: ArticleId; value: Article };
  annotations: { id: AnnotationId; value: Annotation };
  collections: { id: CollectionId; value: Collection };
  settings: { id: 'settings'; value: Settings };
}
export type Table = keyof Tables;
export type IdOf<T extends Table> = Tables[T]['id'];
export type ValueOf<T extends Table> = Tables[T]['value'];

/**
 * A record as it lies in the library. With `deletedAt` and a value it is in the Trash; with `deletedAt` and
 * `null` it is a tombstone, which stays so that another copy of the library learns of the deletion.
 */
export interface Stored<T extends Table> {
  readonly id: IdOf<T>;
  /** Version vector: how often each writer has changed this record. */
  readonly version: Readonly<Record<string, number>>;
  readonly deletedAt?: string;
  readonly value: ValueOf<T> | null;
}

/** One record before and after; `null` where it did not exist yet. */
export type Change = {
  [T in Table]: {
    readonly table: T;
    readonly id: IdOf<T>;
    readonly before: Stored<T> | null;
    readonly after: Stored<T>;
  };
}[Table];

/**
 * What a caller asks for. `value: null` makes a tombstone; `trash` moves to the Trash (true) or back (false); `knows`
 * is the version of another copy of the record that the value has taken in.
 */
export type Write = {
  [T in Table]: {
    readonly table: T;
    readonly id: IdOf<T>;
    readonly value: ValueOf<T> | null;
    readonly trash?: boolean;
    readonly knows?: Readonly<Record<string, number>>;
  };
}[Table];

/**
 * How a change enters the history. `step`: an undo step of its own. `merge`: joins the step before it when
 * that has the same label and records (typing a note). `never`: not undoable (reading position, settings).
 */
export type Capture = 'step' | 'merge' | 'never';

export interface Transaction {
  /** A key of the message catalogue under `history`, for "Undo: …". */
  readonly label: string;
  readonly capture: Capture;
  readonly writes: readonly Write[];
}

/** A transaction that took place. `seq` grows by one for each, over the life of the library. */
export interface Commit {
  readonly seq: number;
  readonly label: string;
  readonly capture: Capture;
  readonly changes: readonly Change[];
}

export type SaveState =
  | { readonly state: 'saved' }
  | { readonly state: 'saving' }
  | { readonly state: 'not-saved'; readonly cause: Cause };

/** Something found wrong while opening; the library opened all the same, with the file kept. */
export interface StorageDamage {
  /** Path inside the library. */
  readonly file: string;
  readonly reason: Cause;
  /** Where the bytes are kept, as a path inside the library. */
  readonly keptAs?: string;
}

/** A conflict copy that was found in the library and put away. */
export interface MergedCopy {
  /** Where it lay, and where it lies now, as paths inside the library. */
  readonly file: string;
  readonly keptAs: string;
  /** `would-shrink`: all was taken from it but its deletions, which were too many to be believed. */
  readonly state: 'merged' | 'would-shrink' | 'unreadable' | 'other-library';
  /** Records of which it holds a value that was not taken, or that were split into two. */
  readonly conflicts: number;
}

/**
 * The library's records, read from memory and written through the journal. A write is seen by `get` at once;
 * its promise resolves when the journal is on disk, and rejects with the problem `not-saved` (the change
 * stays in memory and is tried again) or `read-only` (nothing was changed).
 */
export interface DocumentStore {
  readonly libraryId: string;
  readonly writerId: string;
  readonly readOnly: boolean;
  readonly damage: readonly StorageDamage[];
  readonly seq: number;
  get<T extends Table>(table: T, id: IdOf<T>): Stored<T> | undefined;
  all<T extends Table>(table: T): IterableIterator<Stored<T>>;
  write(transaction: Transaction): Promise<Commit>;
  /** Fires as soon as the change is in memory, before it is on disk. */
  readonly onDidCommit: Event<Commit>;
  readonly saveState: SaveState;
  readonly onDidChangeSaveState: Event<SaveState>;
  /** Fires once when the lock was lost and the store has turned read-only. */
  readonly onDidLoseLock: Event<void>;
  /** Resolves when all that was written stands in the shards. */
  flush(): Promise<void>;
  /** Flushes, then releases the lock. */
  close(): Promise<void>;
}

/** Immutable bytes under their SHA-256: untouched sources, reading texts, images. */
export type BlobKind = 'sources' | 'documents' | 'assets';

export interface BlobStore {
  /**
   * Durable when it resolves; rejects with `not-saved` or `read-only`. Putting the same bytes again is free.
   * `extension` without a dot.
   */
  put(kind: BlobKind, extension: string, bytes: Uint8Array): Promise<string>;
  /** Absolute path of a stored blob, or undefined when it is not there. */
  find(kind: BlobKind, sha256: string): Promise<string | undefined>;
  read(kind: BlobKind, sha256: string): Promise<Uint8Array | undefined>;
}

/** Why a library could not be opened for writing. Nothing on disk was changed. */
export type OpenFailure =
  | { readonly reason: 'missing'; readonly path: string }
  | { readonly reason: 'empty-but-known'; readonly path: string }
  | { readonly reason: 'not-a-library'; readonly path: string }
  | { readonly reason: 'not-writable'; readonly path: string; readonly cause: Cause }
  | { readonly reason: 'unreadable'; readonly path: string; readonly file: string; readonly cause: Cause }
  | {
      readonly reason: 'newer';
      readonly path: string;
      readonly file: string;
      readonly schema: number;
      readonly known: number;
    }
  | {
      readonly reason: 'locked';
      readonly path: string;
      readonly pid: number;
      readonly host: string;
      /** The other machine may be off: only its user can know. */
      readonly sameMachine: boolean;
      readonly since: string;
    };
