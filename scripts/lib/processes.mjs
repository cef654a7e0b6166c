import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** Long enough to write what is open to disk. */
const GRACE = 5000;

/** @param {ChildProcess} child */
export const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

/**
 * Resolves with how a process ended; also when it could not be started at all.
 * @param {ChildProcess} child
 * @returns {Promise<number>} its exit code; 1 when it was killed or never started
 */
export const ended = (child) =>
  new Promise((resolve) => {
    if (hasEnded(child)) resolve(child.exitCode ?? 1);
    child.once('exit', (code) => resolve(code ?? 1));
    child.once('error', () => resolve(1));
  });

/**
 * Ends a process and all that it started, at once. It must have been started with `detached: true` (its own group).
 * @param {ChildProcess} child
 */
export const killTree = async ({ pid }) => {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    await ended(spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }));
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nothing of the group is left.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
};

/**
 * Asks a process to end, and ends it and all that it started when it has not done so in time.
 * @param {ChildProcess} child started with `detached: true`
 * @param {{ grace?: number, group?: boolean }} [options] milliseconds that it has; whether to ask all that it started
 *   too, for a program that does not pass the request on
 */
export const endProcess = async (child, { grace = GRACE, group = false } = {}) => {
  if (!hasEnded(child) && child.pid !== undefined) {
    const gone = ended(child);
    if (child.connected) child.send({ type: 'shutdown' });
    // Windows has no signals; there a window is asked to close.
    else if (process.platform === 'win32')
      spawn('taskkill', ['/pid', String(child.pid), '/T'], { stdio: 'ignore' });
    else process.kill(group ? -child.pid : child.pid, 'SIGTERM');
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    await Promise.race([
      gone,
      new Promise((resolve) => {
        timer = setTimeout(resolve, grace, undefined);
      }),
    ]);
    clearTimeout(timer);
  }
  await killTree(child);
};

/**
 * What runs at the moment, so that an interruption can end it.
 * @type {Set<ChildProcess>}
 */
const running = new Set();

/** Ends what `run` has started; for the handlers of Ctrl-C. */
export const endRunning = () => Promise.all([...running].map((child) => endProcess(child, { group: true })));

/**
 * @typedef {object} RunOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} [env] besides that of this process
 * @property {number} [limit] milliseconds; after that it is ended with all that it started
 * @property {boolean} [quiet] keep its output, instead of showing it
 */

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} argv
 * @param {RunOptions} options
 * @returns {Promise<{ ok: boolean, timedOut: boolean, output: string }>} `output` is empty unless `quiet`
 */
export const run = async (command, argv, { cwd, env = {}, limit, quiet = false }) => {
  const child = spawn(command, argv, {
    cwd,
    env: { ...process.env, ...env },
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => {
      output += String(data);
    });
  }
  let timedOut = false;
  const timer =
    limit === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          endProcess(child, { group: true }).catch(console.error);
        }, limit);
  const code = await ended(child);
  clearTimeout(timer);
  running.delete(child);
  return { ok: code === 0 && !timedOut, timedOut, output };
};

/**
 * The script behind a command of an installed package, to be run with this Node: the entries in node_modules/.bin are
 * shell scripts on some platforms and need a shell on others.
 * @param {string} root
 * @param {string} packageName
 * @param {string} command
 * @returns {string}
 */
export const binOf = (root, packageName, command) => {
  const folder = join(root, 'node_modules', packageName);
  /** @type {{ bin?: string | Record<string, string> }} */
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const path = typeof bin === 'string' ? bin : bin?.[command];
  if (path === undefined) throw new Error(`The package ${packageName} has no command ${command}.`);
  return join(folder, path);
};

/**
 * The program and first arguments that run npm without a shell.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} node the path of the Node that runs
 * @param {(path: string) => boolean} exists
 * @returns {[string, ...string[]]}
 */
export const npmCommand = (env, node, exists = existsSync) => {
  const cli = join('npm', 'bin', 'npm-cli.js');
  const candidates = [
    env['npm_execpath'],
    join(dirname(node), 'node_modules', cli),
    join(dirname(node), '..', 'lib', 'node_modules', cli),
  ];
  const found = candidates.find((path) => path?.endsWith('npm-cli.js') && exists(path));
  return found === undefined ? ['npm'] : [node, found];
};
