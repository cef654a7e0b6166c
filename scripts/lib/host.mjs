import { fork } from 'node:child_process';
import { join } from 'node:path';

/** Opening a large library on a slow disk takes a while; longer than this, something is wrong. */
const READY_LIMIT = 120_000;

/**
 * @typedef {object} RunningHost
 * @property {import('node:child_process').ChildProcess} child
 * @property {Promise<{ address: string, launchUrl: string } | undefined>} ready nothing when it ended, or never said so
 */

/** @param {unknown} message @returns {{ address: string, launchUrl: string } | undefined} */
export const readReady = (message) => {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, address, launchUrl } = /** @type {Record<string, unknown>} */ (message);
  if (type !== 'ready' || typeof address !== 'string' || typeof launchUrl !== 'string') return undefined;
  return { address, launchUrl };
};

/**
 * Starts the built browser host. It ends with this process, whatever becomes of it: by its channel.
 * @param {string} root
 * @param {{ library: string, userData: string, port: number | undefined }} options
 * @returns {RunningHost}
 */
export const startHost = (root, { library, userData, port }) => {
  const child = fork(
    join(root, 'out', 'main', 'host.js'),
    [`--library=${library}`, `--user-data=${userData}`, ...(port === undefined ? [] : [`--port=${port}`])],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: process.platform !== 'win32' },
  );
  const ready = new Promise((resolve) => {
    const timer = setTimeout(resolve, READY_LIMIT, undefined);
    timer.unref();
    child.on('message', (message) => {
      const told = readReady(message);
      if (told === undefined) return;
      clearTimeout(timer);
      resolve(told);
    });
    child.once('exit', () => resolve(undefined));
    child.once('error', () => resolve(undefined));
  });
  return { child, ready };
};
