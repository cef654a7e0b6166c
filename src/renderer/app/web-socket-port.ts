import { toDisposable } from '#shared/lib/disposable';
import { Emitter } from '#shared/lib/event';
import type { Port } from '#shared/rpc/port';

/** The page's end of a WebSocket, once it is open. `path` is on the page's own origin. */
export const openWebSocketPort = (path: string): Promise<Port> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(new URL(path, location.href.replace(/^http/, 'ws')));
    const message = new Emitter<string>();
    const close = new Emitter<void>();
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') message.fire(data);
    });
    socket.addEventListener('close', () => {
      // Before it was open this is the refusal; afterwards a settled promise is not changed by it.
      reject(new Error(`no connection at ${path}`));
      close.fire();
    });
    socket.addEventListener('open', () =>
      resolve({
        send(text) {
          if (socket.readyState === WebSocket.OPEN) socket.send(text);
        },
        onMessage: message.event,
        onClose(listener) {
          // A socket that closed before anyone listened must not be waited for.
          if (socket.readyState !== WebSocket.CLOSED) return close.event(listener);
          queueMicrotask(listener);
          return toDisposable(() => undefined);
        },
        close: () => socket.close(),
      }),
    );
  });
