import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { type Hepatica, hepatica } from '#shared/contract/hepatica';
import { toDisposable } from '#shared/lib/disposable';
import { connect } from '#shared/rpc/connect';
import type { Port } from '#shared/rpc/port';

const portOver = (socket: WebSocket): Port => ({
  send: (message) => socket.send(message),
  onMessage: (listener) => {
    const entry = (data: Buffer): void => listener(data.toString());
    socket.on('message', entry);
    return toDisposable(() => socket.off('message', entry));
  },
  onClose: (listener) => {
    socket.on('close', listener);
    return toDisposable(() => socket.off('close', listener));
  },
  close: () => socket.close(),
});

export interface RunningHost {
  readonly pid: number;
  readonly address: string;
  readonly launchUrl: string;
  /** Milliseconds from the start of the process to its `ready` message. */
  readonly listening: number;
  readonly startedAt: number;
  /** Spends the launch address; a page can then not use it any more. */
  client(): Promise<Hepatica>;
  stop(): Promise<void>;
}

/** Resident memory of a process in megabytes. */
export const residentMemory = (pid: number): number => {
  if (process.platform === 'linux')
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) / 1024;
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.send({ type: 'shutdown' });
  await ended;
};

/** Starts the built browser host on a library, as `npm start -- --browser` does. */
export const startHost = async (library: string, userData: string): Promise<RunningHost> => {
  const startedAt = performance.now();
  const child = fork('out/main/host.js', [`--library=${library}`, `--user-data=${userData}`], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the host ended before it was ready'))),
  ])) as [{ address: string; launchUrl: string }];
  const listening = performance.now() - startedAt;
  const { address, launchUrl } = message;
  return {
    pid: child.pid!,
    address,
    launchUrl,
    listening,
    startedAt,
    async client() {
      const launched = await fetch(launchUrl);
      const cookie = launched.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
      const { clients } = connect(
        async () => {
          const socket = new WebSocket(new URL('/rpc', address.replace('http', 'ws')), {
            headers: { Cookie: cookie, Origin: new URL(address).origin },
          });
          await once(socket, 'open');
          return portOver(socket);
        },
        hepatica,
        {
          onBug: (error) => {
            throw error;
          },
        },
      );
      return clients;
    },
    stop: () => end(child),
  };
};
