import type { Port } from '#shared/rpc/port';
import { PortEnd } from '#shared/rpc/port-end';

/** The page's end of a WebSocket, once it is open. `path` is on the page's own origin. */
export const openWebSocketPort = (path: string): Promise<Port> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(new URL(path, location.href.replace(/^http/, 'ws')));
    const end = new PortEnd();
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') end.receive(data);
    });
    socket.addEventListener('close', () => {
      // Before it was open this is the refusal; afterwards a settled promise is not changed by it.
      reject(new Error(`no connection at ${path}`));
      end.ended();
    });
    const send = (text: string): void => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    };
    socket.addEventListener('open', () => resolve(end.port({ send, close: () => socket.close() })));
  });
