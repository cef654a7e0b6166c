import type { HistoryOutcome, HistoryState, LibraryFailure, LibraryStatus } from '#shared/contract/app';
import type { Services } from '#shared/contract/hepatica';
import { type Disposable, disposeAll } from '#shared/lib/disposable';
import { Emitter, type Event } from '#shared/lib/event';
import type { Result } from '#shared/lib/result';
import { problem } from '#shared/model/problem';
import type { SessionBackups } from '../backups/session-backups';
import type { Log } from '../lib/log';
import { causeOf } from '../storage/not-saved';
import type { DocumentStore, OpenFailure } from '../storage/types';
import type { CopyWatch } from './copy-watch';

/** How the reader wants the library opened. */
export type OpenAs = 'read-write' | 'read-only' | 'take-over' | 'create';

/** Steps back and forth over one open store. */
export interface SessionHistory {
  readonly state: HistoryState;
  readonly onDidChange: Event<HistoryState>;
  undo(): Promise<HistoryOutcome>;
  redo(): Promise<HistoryOutcome>;
}

/** An open library and all that works on it. Built anew each time a library is opened. */
export interface Session {
  readonly store: DocumentStore;
  readonly history: SessionHistory;
  readonly copies: Pick<CopyWatch, 'merged' | 'onDidMerge'>;
  readonly backups: Pick<SessionBackups, 'state' | 'onDidChange' | 'take' | 'preview' | 'restore'>;
  readonly services: Omit<Services, 'app' | 'check' | 'backups'>;
  /** The HTML of a document; undefined when there is none. */
  readingText(articleId: string, documentId: string): Promise<string | undefined>;
  /** The bytes of a file in the quarantine; undefined when there is none of that name. */
  keptFile(name: string): Promise<Uint8Array | undefined>;
  /** Writes what is left to write and lets the folder go. */
  close(): Promise<void>;
}

export interface LifecycleOptions {
  readonly path: string;
  readonly log: Log;
  readonly openSession: (as: OpenAs) => Promise<Result<Session, OpenFailure>>;
}

/** Opens the library, says how it stands, and holds the session while there is one. */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  readonly #changed = new Emitter<LibraryStatus>();
  readonly #historyChanged = new Emitter<HistoryState>();
  readonly #opened = new Emitter<Session>();
  #session: Session | undefined;
  #subscriptions: Disposable = disposeAll([]);
  #opening = true;
  #failure: LibraryFailure | undefined;
  #askedReadOnly = false;
  #lockLost = false;
  /** Openings and the close come one after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  readonly onDidChangeStatus = this.#changed.event;
  readonly onDidChangeHistory = this.#historyChanged.event;
  /** Fires before the status says that the library is open. */
  readonly onDidOpen = this.#opened.event;

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  get status(): LibraryStatus {
    const store = this.#session?.store;
    const readOnly = store?.readOnly === true;
    return {
      state: store !== undefined ? (readOnly ? 'read-only' : 'ready') : this.#opening ? 'opening' : 'failed',
      path: this.#options.path,
      ...(readOnly ? { readOnlyReason: this.#lockLost ? ('lock-lost' as const) : ('asked' as const) } : {}),
      ...(this.#failure === undefined ? {} : { failure: this.#failure }),
      damage: (store?.damage ?? []).map((each) => ({ ...each })),
      merged: (this.#session?.copies.merged ?? []).map((each) => ({ ...each })),
      save: { ...(store?.saveState ?? { state: 'saved' }) },
    };
  }

  get history(): HistoryState {
    return this.#session?.history.state ?? {};
  }

  /** The open library; undefined while there is none. */
  find(): Session | undefined {
    return this.#session;
  }

  /** As {@link find}; throws the problem `library-closed`. */
  session(): Session {
    if (this.#session === undefined) throw problem('library-closed', 'The library is not open.');
    return this.#session;
  }

  /**
   * Opens the library, or opens it in another way. One that is open for writing already stays as it is, and one that
   * is open for reading stays so where it cannot be written; else a failed opening leaves none open. Never rejects
   * for what is on disk: the status says it.
   */
  open(as: OpenAs): Promise<LibraryStatus> {
    return this.#inTurn(async () => {
      const current = this.#session?.store;
      const satisfied = current !== undefined && current.readOnly === (as === 'read-only');
      if (!this.#closed && !satisfied) {
        const isStep = current?.readOnly === true && as === 'read-write';
        if (!isStep) await this.#endIfThere();
        await this.#begin(as);
      }
      return this.status;
    });
  }

  /** Does what needs the library to itself, with the session ended, and opens it again whatever becomes of it. */
  whileClosed<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      try {
        await this.#end();
        return await work();
      } finally {
        if (!this.#closed) await this.#begin('read-write');
      }
    });
  }

  /** Everything that was acknowledged or is being tried again is written, as far as the disk lets it. */
  async flush(): Promise<void> {
    await this.#session?.store.flush();
  }

  /** Ends the session for good. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#closed = true;
      this.#opening = false;
      await this.#end();
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch((error: unknown) => this.#options.log.error('library', { error }));
    return turn;
  }

  async #begin(as: OpenAs): Promise<void> {
    const { log, openSession } = this.#options;
    const started = performance.now();
    this.#opening = true;
    this.#failure = undefined;
    this.#changed.fire(this.status);
    try {
      const opened = await openSession(as);
      if (opened.ok) {
        await this.#endIfThere();
        this.#start(opened.value, as);
      } else this.#failure = failureOf(opened.error);
    } catch (error) {
      // Not one of the ways in which an opening is known to fail; the reader is told all the same.
      log.error('opening the library', { error });
      this.#failure = { reason: 'unreadable', path: this.#options.path, cause: causeOf(error) };
    }
    this.#opening = false;
    log.info('library', {
      state: this.status.state,
      ...(this.#failure === undefined
        ? {}
        : { reason: this.#failure.reason, cause: this.#failure.cause ?? '', file: this.#failure.file ?? '' }),
      damage: this.status.damage.length,
      ms: Math.round(performance.now() - started),
    });
    this.#changed.fire(this.status);
    this.#historyChanged.fire(this.history);
  }

  #start(session: Session, as: OpenAs): void {
    const { store, history, copies } = session;
    this.#session = session;
    this.#askedReadOnly = as === 'read-only';
    this.#lockLost = false;
    const { log } = this.#options;
    for (const { file, reason, keptAs = '' } of store.damage) log.warn('damage', { file, reason, keptAs });
    this.#subscriptions = disposeAll([
      store.onDidChangeSaveState((save) => {
        if (save.state === 'not-saved') log.warn('not saved', { cause: save.cause });
        this.#changed.fire(this.status);
      }),
      copies.onDidMerge(() => this.#changed.fire(this.status)),
      store.onDidLoseLock(() => {
        this.#lockLost = !this.#askedReadOnly;
        log.warn('the lock was lost');
        this.#changed.fire(this.status);
      }),
      history.onDidChange((state) => this.#historyChanged.fire(state)),
    ]);
    this.#opened.fire(session);
  }

  /** What could not be saved was reported as such when it was tried; it must not keep the library shut. */
  async #endIfThere(): Promise<void> {
    try {
      await this.#end();
    } catch (error) {
      this.#options.log.error('closing the library', { error });
    }
  }

  async #end(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    this.#session = undefined;
    this.#subscriptions.dispose();
    await session.close();
  }
}

/** A failed opening as the contract has it. */
export const failureOf = (failure: OpenFailure): LibraryFailure => {
  const { reason, path } = failure;
  switch (failure.reason) {
    case 'locked': {
      const { pid, host, sameMachine, since } = failure;
      return { reason, path, owner: { pid, host, sameMachine, since } };
    }
    case 'newer':
      return { reason, path, file: failure.file, schema: failure.schema, known: failure.known };
    case 'unreadable':
      return { reason, path, file: failure.file, cause: failure.cause };
    case 'not-writable':
      return { reason, path, cause: failure.cause };
    case 'missing':
    case 'empty-but-known':
    case 'not-a-library':
      return { reason, path };
  }
};
