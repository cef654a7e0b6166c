import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface HostProcess {
  readonly address: string;
  readonly launchUrl: string;
  /** A link for one more browser. */
  launchAgain(): Promise<string>;
  stop(): Promise<void>;
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

/** Starts the built browser host on a fresh library, as `npm start -- --browser` does. */
export const startHostProcess = async (): Promise<HostProcess> => {
  const folder = await mkdtemp(join(tmpdir(), 'hepatica-e2e-'));
  const child = fork(
    join('out', 'main', 'host.js'),
    [`--library=${join(folder, 'library')}`, `--user-data=${join(folder, 'user')}`],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const { address, launchUrl } = await message(child);
  return {
    address,
    launchUrl,
    async launchAgain() {
      child.send({ type: 'launch' });
      return (await message(child)).launchUrl;
    },
    async stop() {
      const ended = once(child, 'exit');
      if (child.exitCode === null) {
        child.send({ type: 'shutdown' });
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
};
