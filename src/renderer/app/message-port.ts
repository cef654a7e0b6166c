import { toDisposable } from '#shared/lib/disposable';
import { Emitter } from '#shared/lib/event';
import { APP_ORIGIN, PORT_CHANNEL } from '#shared/rpc/channel';
import type { Port } from '#shared/rpc/port';

/** A `MessagePort` as a port; its own `close` event tells when the other end is gone. */
export const portOver = (channel: MessagePort): Port => {
  const message = new Emitter<string>();
  const close = new Emitter<void>();
  let open = true;
  const ended = (): void => {
    if (!open) return;
    open = false;
    close.fire();
  };
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') message.fire(data);
  });
  channel.addEventListener('close', ended);
  channel.start();
  return {
    send(text) {
      if (open) channel.postMessage(text);
    },
    onMessage: message.event,
    onClose(listener) {
      if (open) return close.event(listener);
      queueMicrotask(listener);
      return toDisposable(() => undefined);
    },
    close() {
      channel.close();
      // The closing side itself is not told by the channel.
      queueMicrotask(ended);
    },
  };
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
