import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface HostProcess {
  readonly pid: number | undefined;
  readonly address: string;
  readonly launchUrl: string;
  /** A link for one more browser. */
  launchAgain(): Promise<string>;
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would: nothing more is written. */
  kill(): Promise<void>;
}

const message = async (child: ChildProcess): Promise<{ address: string; launchUrl: string }> => {
  const ended = once(child, 'exit').then(() =>
    Promise.reject(new Error('the host ended before it was ready')),
  );
  const [first] = (await Promise.race([once(child, 'message'), ended])) as [
    { address: string; launchUrl: string },
  ];
  return first;
};

interface HostOptions {
  /** Holds `library` and the folder of the machine; without it, the host gets one that goes with it. */
  readonly folder?: string;
  /** The name of the machine's folder: two of them are two machines. */
  readonly machine?: string;
  /** Runs as this user of the system. */
  readonly uid?: number;
  /** Else any that is free. */
  readonly port?: number;
}

/** Starts the built browser host, as `npm start -- --browser` does, on a fresh library unless told another. */
export const startHostProcess = async (options: HostOptions = {}): Promise<HostProcess> => {
  const {
    folder = await mkdtemp(join(tmpdir(), 'hepatica-e2e-')),
    machine = 'user',
    uid,
    port = 0,
  } = options;
  const child = fork(
    join('out', 'main', 'host.js'),
    [`--library=${join(folder, 'library')}`, `--user-data=${join(folder, machine)}`, `--port=${port}`],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], ...(uid === undefined ? {} : { uid }) },
  );
  const { address, launchUrl } = await message(child);
  return {
    pid: child.pid,
    address,
    launchUrl,
    async launchAgain() {
      child.send({ type: 'launch' });
      return (await message(child)).launchUrl;
    },
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.send({ type: 'shutdown' });
        await ended;
      }
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
};
