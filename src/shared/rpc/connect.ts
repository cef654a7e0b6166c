import * as z from 'zod/mini';
import { type Disposable, disposeAll, toDisposable } from '../lib/disposable';
import { Emitter, type Event } from '../lib/event';
import { type ErrorCode, type Problem, ProblemError, problem } from '../model/problem';
import type { AbortSignalLike, Clients, Contract, Definition, Schema } from './contract';
import { type Port, PortRefused } from './port';
import { complaint, decode, encode, isLargerThan, MAX_MESSAGE_BYTES, ServerMessage } from './wire';

/** Timers, which every runtime of this project has though the ES library does not declare them. */
declare const setTimeout: (task: () => void, ms: number) => unknown;
declare const clearTimeout: (timer: unknown) => void;

/** `lost`: the port closed and a new one is being opened. `closed`: for good, by this side or by a refusal. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'closed';

export interface Connection extends Disposable {
  readonly state: ConnectionState;
  /** After `open` follows `lost`, events may have been missed: read again what they would have told. */
  readonly onDidChangeState: Event<ConnectionState>;
}

export interface ConnectOptions {
  /** Bytes of one message, in and out. */
  readonly maxBytes?: number;
  /** Milliseconds before each attempt to open a port again; the last one repeats. Empty: never again. */
  readonly retryDelays?: readonly number[];
  /** How long a call waits for a port, in milliseconds, before it fails with `disconnected`. */
  readonly patience?: number;
  /** Told of answers and events that do not fit the contract, and of listeners that throw. */
  readonly onBug: (error: unknown) => void;
}

const RETRY_DELAYS = [100, 300, 1000, 3000] as const;
const PATIENCE = 5000;

interface CallOptions {
  readonly signal?: AbortSignalLike;
  readonly onProgress?: (progress: unknown) => void;
}

/** A call that waits for its answer, or a subscription, which waits for the next event. */
interface Pending {
  readonly text: string;
  sent: boolean;
  next(value: unknown): void;
  done(value: unknown): void;
  failed(reason: Problem): void;
}

const failure = (code: ErrorCode, message: string): Problem => problem(code, message).problem;

/** Keeps one port open and knows who waits for what on it. */
class Wire implements Connection {
  readonly #openPort: () => Promise<Port>;
  readonly #states = new Emitter<ConnectionState>();
  readonly #pending = new Map<number, Pending>();
  /** Puts each live subscription on a new port. */
  readonly #resubscribe = new Set<() => void>();
  readonly #retryDelays: readonly number[];
  readonly maxBytes: number;
  readonly patience: number;
  readonly onBug: (error: unknown) => void;
  readonly onDidChangeState = this.#states.event;
  #state: ConnectionState = 'connecting';
  #port: Port | undefined;
  #session: Disposable = toDisposable(() => undefined);
  #retry: unknown;
  #nextId = 0;

  constructor(openPort: () => Promise<Port>, options: ConnectOptions) {
    this.#openPort = openPort;
    this.#retryDelays = options.retryDelays ?? RETRY_DELAYS;
    this.maxBytes = options.maxBytes ?? MAX_MESSAGE_BYTES;
    this.patience = options.patience ?? PATIENCE;
    this.onBug = options.onBug;
    void this.#open(0);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  dispose(): void {
    if (this.#state === 'closed') return;
    clearTimeout(this.#retry);
    this.#session.dispose();
    this.#port?.close();
    this.#port = undefined;
    this.#resubscribe.clear();
    this.#setState('closed');
    this.#failAll(() => true);
  }

  takeId(): number {
    this.#nextId += 1;
    return this.#nextId;
  }

  /** Sends now, or as soon as there is a port. */
  add(id: number, pending: Pending): void {
    this.#pending.set(id, pending);
    this.#flush();
  }

  /** Forgets a call that has its answer. */
  remove(id: number): void {
    this.#pending.delete(id);
  }

  /** Forgets a call or a subscription, and tells the other side if that knows of it. */
  cancel(id: number): void {
    const sent = this.#pending.get(id)?.sent === true;
    this.#pending.delete(id);
    if (sent) this.#port?.send(encode({ type: 'cancel', id }, this.maxBytes));
  }

  /** `start` subscribes, now if there is a port and on each new one. */
  keepSubscribed(start: () => void): Disposable {
    this.#resubscribe.add(start);
    if (this.#port !== undefined) start();
    return toDisposable(() => this.#resubscribe.delete(start));
  }

  async #open(attempt: number): Promise<void> {
    let port: Port;
    try {
      port = await this.#openPort();
    } catch (error) {
      if (this.#state === 'closed') return;
      if (error instanceof PortRefused) this.dispose();
      else this.#openLater(attempt, error);
      return;
    }
    if (this.#state === 'closed') {
      port.close();
      return;
    }
    this.#port = port;
    this.#session = disposeAll([
      port.onMessage((text) => this.#receive(text)),
      port.onClose(() => this.#lose()),
    ]);
    for (const start of [...this.#resubscribe]) start();
    this.#flush();
    this.#setState('open');
  }

  #openLater(attempt: number, cause?: unknown): void {
    const delay = this.#retryDelays[Math.min(attempt, this.#retryDelays.length - 1)];
    if (delay !== undefined) {
      this.#retry = setTimeout(() => void this.#open(attempt + 1), delay);
      return;
    }
    if (cause !== undefined) this.onBug(cause);
    this.dispose();
  }

  #lose(): void {
    this.#session.dispose();
    this.#port = undefined;
    this.#setState('lost');
    // Whether the other side did what it was asked cannot be known, so nothing is asked twice.
    this.#failAll((pending) => pending.sent);
    if (this.#state === 'lost') this.#openLater(0);
  }

  #failAll(which: (pending: Pending) => boolean): void {
    for (const [id, pending] of [...this.#pending]) {
      if (!which(pending)) continue;
      this.#pending.delete(id);
      pending.failed(failure('disconnected', 'the connection to the library was lost'));
    }
  }

  #flush(): void {
    for (const pending of this.#pending.values()) {
      if (this.#port === undefined) return;
      if (pending.sent) continue;
      pending.sent = true;
      this.#port.send(pending.text);
    }
  }

  #receive(text: string): void {
    if (isLargerThan(text, this.maxBytes)) {
      this.onBug(problem('too-large', `a message of more than ${this.maxBytes} bytes arrived`));
      return;
    }
    const message = decode(ServerMessage, text);
    if (message === undefined) {
      this.onBug(problem('bad-request', 'a message arrived that is not of this protocol'));
      return;
    }
    const pending = this.#pending.get(message.id);
    if (message.type === 'next') pending?.next(message.value);
    else if (message.type === 'done') pending?.done(message.value);
    else pending?.failed(message.problem);
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    try {
      this.#states.fire(state);
    } catch (error) {
      this.onBug(error);
    }
  }
}

/** A value as the contract has it; whatever else arrives is a bug of the other side. */
const check = (schema: Schema, value: unknown, method: string): unknown => {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw problem(
    'internal',
    `${method}: an answer does not fit the contract: ${complaint(parsed.error).message}`,
  );
};

type CallLike = Exclude<Definition, { kind: 'event' }>;

const callOn = (
  wire: Wire,
  method: string,
  definition: CallLike,
  input: unknown,
  options: CallOptions = {},
) =>
  new Promise<unknown>((resolve, reject) => {
    const { signal, onProgress } = options;
    if (wire.state === 'closed') throw problem('disconnected', 'the connection is closed');
    if (signal?.aborted === true) throw problem('cancelled', `${method} was cancelled`);
    const id = wire.takeId();
    const settle = (how: () => void): void => {
      wire.remove(id);
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      how();
    };
    const fail = (reason: Problem): void => settle(() => reject(new ProblemError(reason)));
    const onAbort = (): void => {
      wire.cancel(id);
      fail(failure('cancelled', `${method} was cancelled`));
    };
    const pending: Pending = {
      text: encode({ type: 'call', id, method, input }, wire.maxBytes),
      sent: false,
      next(value) {
        if (definition.kind !== 'stream') return;
        try {
          onProgress?.(check(definition.progress, value, method));
        } catch (error) {
          wire.onBug(error);
        }
      },
      done: (value) =>
        settle(() => {
          try {
            resolve(check(definition.output, value, method));
          } catch (error) {
            wire.onBug(error);
            reject(error);
          }
        }),
      failed: fail,
    };
    const timer = setTimeout(() => {
      if (!pending.sent) fail(failure('disconnected', 'the library does not answer'));
    }, wire.patience);
    signal?.addEventListener('abort', onAbort);
    wire.add(id, pending);
  });

/** Subscribes on the wire while there is at least one listener. */
const eventOn = (wire: Wire, method: string, payload: Schema): Event<unknown> => {
  const emitter = new Emitter<unknown>();
  let subscription: Disposable | undefined;
  const subscribe = (): Disposable => {
    let id = 0;
    const start = (): void => {
      id = wire.takeId();
      wire.add(id, {
        text: encode({ type: 'call', id, method, input: undefined }, wire.maxBytes),
        sent: false,
        next(value) {
          try {
            emitter.fire(check(payload, value, method));
          } catch (error) {
            wire.onBug(error);
          }
        },
        done: () => undefined,
        failed(reason) {
          // A lost port is no failure: the next one gets the subscription anew.
          if (reason.code !== 'disconnected') wire.onBug(new ProblemError(reason));
        },
      });
    };
    return disposeAll([toDisposable(() => wire.cancel(id)), wire.keepSubscribed(start)]);
  };
  return (listener) => {
    const entry = emitter.event(listener);
    subscription ??= subscribe();
    return toDisposable(() => {
      entry.dispose();
      if (emitter.size > 0) return;
      subscription?.dispose();
      subscription = undefined;
    });
  };
};

const member = (wire: Wire, method: string, definition: Definition): unknown =>
  definition.kind === 'event'
    ? eventOn(wire, method, definition.payload)
    : (input: unknown, options?: CallOptions) => callOn(wire, method, definition, input, options);

/**
 * Opens a port and speaks a contract over it. Answers are checked against the contract; a call rejects with a
 * `ProblemError`. When the port is lost, calls that were sent reject with `disconnected`, later ones wait for the
 * next port for a while, and subscriptions move to it.
 */
export const connect = <C extends Contract>(
  openPort: () => Promise<Port>,
  contract: C,
  options: ConnectOptions,
): { readonly clients: Clients<C>; readonly connection: Connection } => {
  const wire = new Wire(openPort, options);
  const clients = Object.fromEntries(
    Object.entries(contract).map(([service, definitions]) => [
      service,
      Object.fromEntries(
        Object.entries(definitions).map(([name, definition]) => [
          name,
          member(wire, `${service}.${name}`, definition),
        ]),
      ),
    ]),
  );
  return { clients: clients as Clients<C>, connection: wire };
};
