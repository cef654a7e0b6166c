import type { Disposable } from '../lib/disposable';

/** Thrown where a port is refused for good: the other side has been started anew, and trying again is of no use. */
export class PortRefused extends Error {}

/**
 * All that a transport has to supply. Messages are text, so that their size can be limited and every
 * transport behaves alike; they arrive in the order in which they were sent, or not at all after a close.
 */
export interface Port {
  /** Does nothing when the port is closed; whoever waits for an answer hears it from `onClose`. */
  send(message: string): void;
  onMessage(listener: (message: string) => void): Disposable;
  /** Tells once that the port is closed, by either side or by the transport. */
  onClose(listener: () => void): Disposable;
  close(): void;
}
