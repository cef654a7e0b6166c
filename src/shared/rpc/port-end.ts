import { toDisposable } from '../lib/disposable';
import { Emitter } from '../lib/event';
import type { Port } from './port';

declare const queueMicrotask: (task: () => void) => void;

/** What an end of a port does alike over every transport: it passes messages on, and tells once that it is over. */
export class PortEnd {
  readonly #message = new Emitter<string>();
  readonly #close = new Emitter<void>();
  #open = true;

  /** The transport brought a message. After the end it is too late for one. */
  receive(text: string): void {
    if (this.#open) this.#message.fire(text);
  }

  /** The transport is closed, by either side. Further calls say nothing new. */
  ended(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#close.fire();
  }

  /** The port over a transport that sends and closes like this. */
  port(transport: { send(text: string): void; close(): void }): Port {
    return {
      send: (text) => {
        if (this.#open) transport.send(text);
      },
      onMessage: this.#message.event,
      onClose: (listener) => {
        if (this.#open) return this.#close.event(listener);
        // One that closed before anyone listened must not be waited for.
        queueMicrotask(listener);
        return toDisposable(() => undefined);
      },
      close: () => transport.close(),
    };
  }
}
