import * as z from 'zod/mini';
import { type Disposable, disposeAll, toDisposable } from '../lib/disposable';
import { type ErrorCode, ProblemError, problem } from '../model/problem';
import type { AbortSignalLike, Contract, Definition, Implementations } from './contract';
import type { Port } from './port';
import {
  ClientMessage,
  complaint,
  decode,
  encode,
  idOf,
  isLargerThan,
  MAX_MESSAGE_BYTES,
  type ServerMessage,
} from './wire';

/** Which every runtime of this project has, though the ES library does not declare it. */
declare const AbortController: new () => { readonly signal: AbortSignalLike; abort(): void };

export interface ServeOptions {
  /** Bytes of one message, in and out. */
  readonly maxBytes?: number;
  /** Told of whatever is thrown that is not an expected problem; the caller only hears `internal`. */
  readonly onBug: (error: unknown, method: string) => void;
}

interface Route {
  readonly method: string;
  readonly definition: Definition;
  readonly run: (...args: unknown[]) => unknown;
}

/** Only the contract's own keys can be reached, whatever else an implementation has or inherits. */
const routesOf = (
  contract: Contract,
  implementations: Readonly<Record<string, object>>,
): ReadonlyMap<string, Route> => {
  const routes = new Map<string, Route>();
  for (const [serviceName, service] of Object.entries(contract)) {
    const target = implementations[serviceName];
    for (const [name, definition] of Object.entries(service)) {
      const method = `${serviceName}.${name}`;
      const member: unknown = target === undefined ? undefined : Reflect.get(target, name);
      if (typeof member !== 'function') throw new Error(`${method} is not implemented`);
      const run = (...args: unknown[]): unknown => Reflect.apply(member, target, args);
      routes.set(method, { method, definition, run });
    }
  }
  return routes;
};

/** The running calls and the subscriptions of one port. */
class Session {
  /** By id; disposing cancels. */
  readonly #running = new Map<number, Disposable>();
  readonly #port: Port;
  readonly #routes: ReadonlyMap<string, Route>;
  readonly #maxBytes: number;
  readonly #onBug: ServeOptions['onBug'];
  #open = true;

  constructor(port: Port, routes: ReadonlyMap<string, Route>, options: ServeOptions) {
    this.#port = port;
    this.#routes = routes;
    this.#maxBytes = options.maxBytes ?? MAX_MESSAGE_BYTES;
    this.#onBug = options.onBug;
  }

  receive(text: string): void {
    if (isLargerThan(text, this.#maxBytes)) {
      this.#refuse(idOf(text), 'too-large', `a message is limited to ${this.#maxBytes} bytes`);
      return;
    }
    const message = decode(ClientMessage, text);
    if (message === undefined) {
      this.#refuse(idOf(text), 'bad-request', 'not a message of this protocol');
    } else if (message.type === 'cancel') {
      this.#running.get(message.id)?.dispose();
    } else if (this.#running.has(message.id)) {
      this.#refuse(message.id, 'bad-request', 'a call with this id is running');
    } else {
      this.#start(message.id, message.method, message.input);
    }
  }

  end(): void {
    this.#open = false;
    for (const call of [...this.#running.values()]) call.dispose();
  }

  #start(id: number, method: string, input: unknown): void {
    const route = this.#routes.get(method);
    if (route === undefined) {
      this.#refuse(id, 'unknown-method', `there is no method ${JSON.stringify(method.slice(0, 80))}`);
      return;
    }
    if (route.definition.kind === 'event') {
      this.#subscribe(id, route);
      return;
    }
    const parsed = z.safeParse(route.definition.input, input);
    if (parsed.success) {
      void this.#call(id, route, parsed.data);
      return;
    }
    const { message, detail } = complaint(parsed.error);
    this.#refuse(id, 'bad-request', message, detail);
  }

  #subscribe(id: number, route: Route): void {
    let subscription: unknown;
    try {
      subscription = route.run((value: unknown) => this.#tell(id, value, route));
    } catch (error) {
      this.#fail(id, error, route);
      return;
    }
    this.#running.set(
      id,
      toDisposable(() => {
        this.#running.delete(id);
        if (isDisposable(subscription)) subscription.dispose();
      }),
    );
  }

  /** An event that cannot be sent is a bug of the service that fired it; its other listeners shall hear it. */
  #tell(id: number, value: unknown, { method }: Route): void {
    try {
      this.#send({ type: 'next', id, value });
    } catch (error) {
      this.#onBug(error, method);
    }
  }

  async #call(id: number, route: Route, input: unknown): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    this.#running.set(
      id,
      toDisposable(() => {
        this.#running.delete(id);
        controller.abort();
        this.#refuse(id, 'cancelled', `${route.method} was cancelled`);
      }),
    );
    const context = { signal };
    const report = (value: unknown): void => {
      if (!signal.aborted) this.#send({ type: 'next', id, value });
    };
    const rest = route.definition.kind === 'stream' ? [report, context] : [context];
    try {
      const value = await route.run(input, ...rest);
      if (!signal.aborted) this.#send({ type: 'done', id, value });
    } catch (error) {
      if (!signal.aborted) this.#fail(id, error, route);
      else if (!(error instanceof ProblemError) && !isAbort(error)) this.#onBug(error, route.method);
    } finally {
      if (!signal.aborted) this.#running.delete(id);
    }
  }

  /** A problem leaves as it is; of a bug the caller learns nothing about the inside. */
  #fail(id: number, error: unknown, { method }: Route): void {
    try {
      if (!(error instanceof ProblemError)) throw error;
      this.#send({ type: 'failed', id, problem: error.problem });
    } catch (bug) {
      this.#onBug(bug, method);
      this.#refuse(id, 'internal', 'something went wrong inside');
    }
  }

  #refuse(id: number | undefined, code: ErrorCode, message: string, detail?: string): void {
    if (id === undefined) return;
    const { problem: refusal } = problem(code, message, detail === undefined ? {} : { detail });
    this.#send({ type: 'failed', id, problem: refusal });
  }

  /** Throws `too-large`, which then is the failure of the call that wanted to say so much. */
  #send(message: ServerMessage): void {
    if (this.#open) this.#port.send(encode(message, this.#maxBytes));
  }
}

const isDisposable = (value: unknown): value is Disposable =>
  typeof value === 'object' && value !== null && 'dispose' in value && typeof value.dispose === 'function';

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/**
 * Answers the calls that arrive on a port until either is closed. Every input is checked against the contract;
 * nothing that a peer sends throws here. Disposing closes the port, so that no caller is left waiting.
 */
export const serve = <C extends Contract>(
  port: Port,
  contract: C,
  implementations: Implementations<C>,
  options: ServeOptions,
): Disposable => {
  const session = new Session(port, routesOf(contract, implementations), options);
  const ending: Disposable = disposeAll([
    toDisposable(() => port.close()),
    port.onMessage((text) => session.receive(text)),
    port.onClose(() => ending.dispose()),
    toDisposable(() => session.end()),
  ]);
  return ending;
};
