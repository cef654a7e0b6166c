import { type Disposable, disposeAll } from '#shared/lib/disposable';
import { Emitter } from '#shared/lib/event';
import type { Implementation, ServiceContract } from '#shared/rpc/contract';

type Members = Readonly<Record<string, unknown>>;

/** A service whose work is done by another that comes and goes with the open library. */
export interface Delegated<S extends ServiceContract> {
  readonly service: Implementation<S>;
  /** Passes on the events of the service that now does the work, until disposed. */
  follow(service: Implementation<S>): Disposable;
}

/** `current` answers with the service of the open library, or throws the problem `library-closed`. */
export const delegate = <S extends ServiceContract>(
  contract: S,
  current: () => Implementation<S>,
): Delegated<S> => {
  const emitters = new Map<string, Emitter<unknown>>();
  const members = Object.entries(contract).map(([name, definition]): [string, unknown] => {
    if (definition.kind === 'event') {
      const emitter = new Emitter<unknown>();
      emitters.set(name, emitter);
      return [name, emitter.event];
    }
    const method = async (...values: unknown[]): Promise<unknown> => {
      const service = current() as Members;
      return Reflect.apply(functionOf(service, name), service, values);
    };
    return [name, method];
  });
  return {
    service: Object.fromEntries(members) as Implementation<S>,
    follow: (service) =>
      disposeAll(
        [...emitters].map(([name, emitter]) => {
          const subscribe = functionOf(service as Members, name);
          return Reflect.apply(subscribe, service, [(value: unknown) => emitter.fire(value)]) as Disposable;
        }),
      ),
  };
};

const functionOf = (service: Members, name: string) => {
  const member = service[name];
  if (typeof member !== 'function') throw new Error(`the service has no ${name}`);
  return member;
};
