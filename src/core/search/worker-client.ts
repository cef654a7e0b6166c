import { Worker } from 'node:worker_threads';
import type { Disposable } from '#shared/lib/disposable';
import { Emitter } from '#shared/lib/event';
import { problem } from '#shared/model/problem';
import type { AbortSignalLike } from '#shared/rpc/contract';
import type { Log } from '../lib/log';
import type { IndexedDocument } from './fields';
import type { Reply, Request } from './protocol';
import type { RankedHits } from './search-index';

/** Changes for the worker, up to the store's sequence number `seq`. */
export interface Batch {
  readonly seq: number;
  readonly upserts: readonly IndexedDocument[];
  readonly removals: readonly string[];
}

interface Asked {
  readonly request: Extract<Request, { kind: 'query' }>;
  readonly resolve: (found: RankedHits) => void;
  readonly reject: (error: Error) => void;
}

/** A worker that dies again after this many new starts has a fault that another start does not cure. */
const MAX_RESTARTS = 1;

const cancelled = (): Error => problem('cancelled', 'The search was cancelled.');
const broken = (): Error => problem('internal', 'Search has stopped working; start the app again.');

/**
 * The worker as the service sees it. When it dies it is started again once, empty, with the queries that were
 * under way; `onDidRestart` asks for the index to be filled again. After that, queries fail.
 */
export class SearchWorker implements Disposable {
  readonly #path: string | URL;
  readonly #log: Log;
  #worker: Worker | undefined;
  #restarts = 0;
  #lastQuery = 0;
  readonly #asked = new Map<number, Asked>();
  #applied: (() => void)[] = [];
  readonly #didRestart = new Emitter<void>();
  readonly onDidRestart = this.#didRestart.event;

  constructor(path: string | URL, log: Log) {
    this.#path = path;
    this.#log = log;
    this.#worker = this.#start();
  }

  get working(): boolean {
    return this.#worker !== undefined;
  }

  /** Resolves when the worker holds the changes, or when it died and `onDidRestart` has fired or it is given up. */
  apply(batch: Batch): Promise<void> {
    if (this.#worker === undefined) return Promise.resolve();
    this.#post({ kind: 'apply', ...batch });
    return new Promise((resolve) => this.#applied.push(resolve));
  }

  /** The best articles. Rejects with the problem `cancelled` or `internal`. */
  query(text: string, limit: number, signal: AbortSignalLike): Promise<RankedHits> {
    if (signal.aborted) return Promise.reject(cancelled());
    if (this.#worker === undefined) return Promise.reject(broken());
    this.#lastQuery += 1;
    const request = { kind: 'query', query: this.#lastQuery, text, limit } as const;
    const answer = new Promise<RankedHits>((resolve, reject) => {
      this.#asked.set(request.query, { request, resolve, reject });
    });
    const cancel = (): void => {
      this.#post({ kind: 'cancel', query: request.query });
      this.#take(request.query)?.reject(cancelled());
    };
    signal.addEventListener('abort', cancel);
    this.#post(request);
    return answer.finally(() => signal.removeEventListener('abort', cancel));
  }

  dispose(): void {
    const worker = this.#worker;
    this.#giveUp();
    if (worker === undefined) return;
    worker.removeAllListeners();
    // A worker that is being ended may still report an error; nobody is left to be told.
    worker.on('error', (error) => this.#log.debug('search worker failed while ending', { error }));
    void worker.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#path, { name: 'search' });
    worker.on('message', (reply: Reply) => this.#hear(reply));
    worker.on('messageerror', (error) =>
      this.#log.error('search worker sent what cannot be read', { error }),
    );
    worker.on('error', (error) => this.#log.error('search worker failed', { error }));
    worker.on('exit', (code) => this.#ended(code));
    // Search alone does not keep the process alive.
    worker.unref();
    return worker;
  }

  #post(request: Request): void {
    this.#worker?.postMessage(request);
  }

  #take(query: number): Asked | undefined {
    const asked = this.#asked.get(query);
    this.#asked.delete(query);
    return asked;
  }

  #hear(reply: Reply): void {
    if (reply.kind === 'applied') this.#applied.shift()?.();
    else this.#take(reply.query)?.resolve(reply.found);
  }

  #ended(code: number): void {
    this.#log.error('search worker ended', { code, restarts: this.#restarts });
    if (this.#restarts >= MAX_RESTARTS) {
      this.#giveUp();
      return;
    }
    this.#restarts += 1;
    this.#worker = this.#start();
    this.#didRestart.fire();
    this.#release();
    for (const { request } of this.#asked.values()) this.#post(request);
  }

  /** Nobody waits for changes that the dead worker took with it. */
  #release(): void {
    const applied = this.#applied;
    this.#applied = [];
    for (const resolve of applied) resolve();
  }

  #giveUp(): void {
    this.#worker = undefined;
    this.#release();
    for (const { reject } of this.#asked.values()) reject(broken());
    this.#asked.clear();
  }
}
