import type { WebSocket } from 'ws';
import type { Port } from '#shared/rpc/port';
import { PortEnd } from '#shared/rpc/port-end';

/** Largest frame, in bytes; a little over what the RPC answers with `too-large`, so that it can say so. */
export const MAX_FRAME_BYTES = 1_048_576;

/** Bytes that may wait for a page that does not read. */
const MAX_BUFFERED_BYTES = 16_000_000;

export interface SocketLimits {
  /** Messages at once. */
  readonly burst: number;
  /** Messages per second, over time. A page that sends more is not read for a while. */
  readonly rate: number;
  /** Milliseconds between pings; a page that missed one is gone. */
  readonly ping: number;
}

export const socketLimits: SocketLimits = { burst: 4000, rate: 2000, ping: 30_000 };

/** Reads no further while more messages came than the rate allows. */
const limitRate = (socket: WebSocket, { burst, rate }: SocketLimits): { count(): void; stop(): void } => {
  let left = burst;
  let last = Date.now();
  let timer: NodeJS.Timeout | undefined;
  const refill = (): void => {
    const time = Date.now();
    left = Math.min(burst, left + ((time - last) / 1000) * rate);
    last = time;
  };
  return {
    count() {
      refill();
      left -= 1;
      if (left >= 0 || timer !== undefined) return;
      socket.pause();
      timer = setTimeout(
        () => {
          timer = undefined;
          socket.resume();
        },
        Math.ceil((-left / rate) * 1000) + 50,
      );
    },
    stop: () => clearTimeout(timer),
  };
};

const keepAlive = (socket: WebSocket, interval: number): { stop(): void } => {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
  }, interval);
  return { stop: () => clearInterval(timer) };
};

/** The host's end of an open WebSocket. Binary frames are no part of the protocol and end it. */
export const portOver = (socket: WebSocket, limits: SocketLimits = socketLimits): Port => {
  const end = new PortEnd();
  const rate = limitRate(socket, limits);
  const alive = keepAlive(socket, limits.ping);
  socket.on('message', (data, isBinary) => {
    if (isBinary || !(data instanceof Buffer)) {
      socket.close(1003);
      return;
    }
    rate.count();
    end.receive(data.toString('utf8'));
  });
  socket.on('close', () => {
    rate.stop();
    alive.stop();
    end.ended();
  });
  // What is wrong with a frame is the peer's doing; the socket closes itself after it.
  socket.on('error', () => socket.terminate());
  return end.port({
    send: (text) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
      else socket.send(text);
    },
    close: () => socket.close(),
  });
};
