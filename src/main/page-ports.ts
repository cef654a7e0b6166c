import type { Disposable } from '#shared/lib/disposable';
import type { Port } from '#shared/rpc/port';
import { PortEnd } from '#shared/rpc/port-end';
import { isAppOrigin } from './policies';

/** The part of Electron's `MessagePortMain` that is used. */
export interface MainPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: string): void;
  start(): void;
  close(): void;
}

/** A frame that asks for a port. */
export interface PortRequest<P extends MainPort> {
  /** `scheme://host`, as Electron gives it; undefined when the frame is gone already. */
  readonly origin: string | undefined;
  /** Not inside another frame. */
  readonly isTopFrame: boolean;
  /** Gives the frame its end of a channel. */
  handOver(port: P): void;
}

/** All that the transport needs of Electron, so that it can be tried without. */
export interface ElectronEdge<P extends MainPort> {
  onRequest(listener: (request: PortRequest<P>) => void): Disposable;
  createChannel(): { readonly port1: P; readonly port2: P };
}

/** The main process's end of a channel to a page. Only text is part of the protocol. */
export const portOver = (channel: MainPort): Port => {
  const end = new PortEnd();
  channel.on('message', ({ data }) => {
    if (typeof data === 'string') end.receive(data);
  });
  channel.on('close', () => end.ended());
  return end.port({
    send: (text) => channel.postMessage(text),
    close: () => {
      channel.close();
      // The closing side may not be told by the channel itself.
      queueMicrotask(() => end.ended());
    },
  });
};

/**
 * Item 17: gives a port to the top frame of the app's own page, and to nobody else. `onPort` starts serving it
 * before the first message can arrive.
 */
export const acceptPages = <P extends MainPort>(
  edge: ElectronEdge<P>,
  onPort: (port: Port) => void,
): Disposable =>
  edge.onRequest(({ origin, isTopFrame, handOver }) => {
    if (origin === undefined || !isTopFrame || !isAppOrigin(origin)) return;
    const { port1, port2 } = edge.createChannel();
    onPort(portOver(port1));
    port1.start();
    handOver(port2);
  });
