import type * as z from 'zod/mini';
import type { Event } from '../lib/event';

/** Any schema that zod can check. */
export type Schema<T = unknown> = z.core.$ZodType<T>;
type Out<S extends Schema> = z.core.output<S>;

/** A request with one answer. */
export interface CallDefinition<I extends Schema = Schema, O extends Schema = Schema> {
  readonly kind: 'call';
  readonly input: I;
  readonly output: O;
}
/** Something the service tells everybody who listens. */
export interface EventDefinition<P extends Schema = Schema> {
  readonly kind: 'event';
  readonly payload: P;
}
/** A request that reports progress any number of times before its one answer. */
export interface StreamDefinition<
  I extends Schema = Schema,
  P extends Schema = Schema,
  O extends Schema = Schema,
> {
  readonly kind: 'stream';
  readonly input: I;
  readonly progress: P;
  readonly output: O;
}
export type Definition = CallDefinition | EventDefinition | StreamDefinition;
/** A service: its methods and events by name. */
export type ServiceContract = Readonly<Record<string, Definition>>;
/** All services by name. */
export type Contract = Readonly<Record<string, ServiceContract>>;

export const call = <I extends Schema, O extends Schema>(input: I, output: O): CallDefinition<I, O> => ({
  kind: 'call',
  input,
  output,
});
export const event = <P extends Schema>(payload: P): EventDefinition<P> => ({ kind: 'event', payload });
export const stream = <I extends Schema, P extends Schema, O extends Schema>(
  input: I,
  progress: P,
  output: O,
): StreamDefinition<I, P, O> => ({ kind: 'stream', input, progress, output });

/** What a call or a stream is told besides its input. */
export interface CallContext {
  /** Aborted when the caller cancels or is gone. */
  readonly signal: AbortSignalLike;
}
/** The part of `AbortSignal` that services use; the ES library does not declare the class. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

type Awaitable<T> = T | Promise<T>;

/** The serving side of one definition. */
type Served<D extends Definition> =
  D extends CallDefinition<infer I, infer O>
    ? (input: Out<I>, context: CallContext) => Awaitable<Out<O>>
    : D extends StreamDefinition<infer I, infer P, infer O>
      ? (input: Out<I>, report: (progress: Out<P>) => void, context: CallContext) => Awaitable<Out<O>>
      : D extends EventDefinition<infer P>
        ? Event<Out<P>>
        : never;

/** The calling side of one definition. */
type Called<D extends Definition> =
  D extends CallDefinition<infer I, infer O>
    ? (input: Out<I>, options?: { signal?: AbortSignalLike }) => Promise<Out<O>>
    : D extends StreamDefinition<infer I, infer P, infer O>
      ? (
          input: Out<I>,
          options?: { signal?: AbortSignalLike; onProgress?: (progress: Out<P>) => void },
        ) => Promise<Out<O>>
      : D extends EventDefinition<infer P>
        ? Event<Out<P>>
        : never;

/** What a service has to provide. */
export type Implementation<S extends ServiceContract> = { readonly [K in keyof S]: Served<S[K]> };
/** What a caller of a service gets. */
export type Client<S extends ServiceContract> = { readonly [K in keyof S]: Called<S[K]> };
/** All services of a contract, on either side. */
export type Implementations<C extends Contract> = { readonly [K in keyof C]: Implementation<C[K]> };
export type Clients<C extends Contract> = { readonly [K in keyof C]: Client<C[K]> };
