import { type Port, PortRefused } from '#shared/rpc/port';
import { PortEnd } from '#shared/rpc/port-end';

/** A browser does not tell why a WebSocket was refused; the same host says it to a plain request. */
const isRefused = async (): Promise<boolean> => {
  try {
    const { status } = await fetch('/', { method: 'HEAD', cache: 'no-store' });
    return status === 403;
  } catch {
    // Nobody answers at all: the host may come back.
    return false;
  }
};

/**
 * The page's end of a WebSocket, once it is open. `path` is on the page's own origin. Rejects with `PortRefused`
 * where the host does not know this page any more.
 */
export const openWebSocketPort = (path: string): Promise<Port> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(new URL(path, location.href.replace(/^http/, 'ws')));
    const end = new PortEnd();
    let wasOpen = false;
    const failed = async (): Promise<void> => {
      const message = `no connection at ${path}`;
      reject((await isRefused()) ? new PortRefused(message) : new Error(message));
    };
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') end.receive(data);
    });
    socket.addEventListener('close', () => {
      if (wasOpen) end.ended();
      else void failed();
    });
    const send = (text: string): void => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    };
    socket.addEventListener('open', () => {
      wasOpen = true;
      resolve(end.port({ send, close: () => socket.close() }));
    });
  });
