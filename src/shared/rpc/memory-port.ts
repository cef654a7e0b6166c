import { Emitter } from '../lib/event';
import type { Port } from './port';

declare const queueMicrotask: (task: () => void) => void;

export interface MemoryPort extends Port {
  /** Listeners still registered; a leak check. */
  readonly listeners: number;
}

/** Two ports joined in memory. Messages arrive asynchronously and in order, as on a real transport. */
export const memoryPorts = (): { server: MemoryPort; client: MemoryPort } => {
  const ends = [0, 1].map(() => ({ message: new Emitter<string>(), close: new Emitter<void>() }));
  const [a, b] = ends;
  if (a === undefined || b === undefined) throw new Error('a pair has two ends');
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    queueMicrotask(() => {
      for (const end of ends) end.close.fire();
    });
  };
  const port = (own: typeof a, other: typeof a): MemoryPort => ({
    send(message) {
      queueMicrotask(() => {
        if (open) other.message.fire(message);
      });
    },
    onMessage: own.message.event,
    onClose: own.close.event,
    close,
    get listeners() {
      return own.message.size + own.close.size;
    },
  });
  return { server: port(a, b), client: port(b, a) };
};
