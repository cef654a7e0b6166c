import { APP_ORIGIN, PORT_CHANNEL } from '#shared/rpc/channel';
import type { Port } from '#shared/rpc/port';
import { PortEnd } from '#shared/rpc/port-end';

/** A `MessagePort` as a port; its own `close` event tells when the other end is gone. */
export const portOver = (channel: MessagePort): Port => {
  const end = new PortEnd();
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') end.receive(data);
  });
  channel.addEventListener('close', () => end.ended());
  channel.start();
  return end.port({
    send: (text) => channel.postMessage(text),
    close: () => {
      channel.close();
      // The closing side itself is not told by the channel.
      queueMicrotask(() => end.ended());
    },
  });
};

/** How long the main process may take to answer, in milliseconds. */
const PATIENCE = 10_000;

/** Asks the preload for a port to the services, and waits until it hands one over. */
export const openMessagePort = (): Promise<Port> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      window.removeEventListener('message', onMessage);
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error('the app did not hand over a port'));
    }, PATIENCE);
    const onMessage = ({ source, origin, data, ports }: MessageEvent<unknown>): void => {
      const [channel] = ports;
      if (source !== window || origin !== APP_ORIGIN || data !== PORT_CHANNEL || channel === undefined)
        return;
      stop();
      resolve(portOver(channel));
    };
    window.addEventListener('message', onMessage);
    window.postMessage(PORT_CHANNEL, APP_ORIGIN);
  });
