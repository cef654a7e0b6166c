import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { binOf, run } from './processes.mjs';

/** A fetch that takes longer than this is given up, in milliseconds. */
const FETCH_LIMIT = 300_000;
/** A fetch that failed is not tried again for this long, in milliseconds, so that a start is quick. */
const RETRY_AFTER = 24 * 3_600_000;

/** @type {Readonly<Record<string, string>>} */
const EXECUTABLES = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };

/**
 * @typedef {object} Probe
 * @property {Readonly<Record<string, string | undefined>>} env
 * @property {NodeJS.Platform} platform
 * @property {(path: string) => boolean} exists
 * @property {(path: string) => string} read
 */
/** @type {Probe} */
const machine = {
  env: process.env,
  platform: process.platform,
  exists: existsSync,
  read: (path) => readFileSync(path, 'utf8'),
};

/**
 * The Electron runtime that is there, if one is. The package itself is never loaded: that starts a download.
 * @param {string} root
 * @param {Probe} [probe]
 * @returns {string | undefined} the path of the program
 */
export const findElectron = (root, { env, platform, exists, read } = machine) => {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const executable = exists(pathFile) ? read(pathFile).trim() : (EXECUTABLES[platform] ?? 'electron');
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  const candidates = [
    env['ELECTRON_EXEC_PATH'],
    override === undefined ? undefined : join(override, executable),
    // Without path.txt the package was not unpacked to its end.
    exists(pathFile) ? join(folder, 'dist', executable) : undefined,
  ];
  return candidates.find((path) => path !== undefined && path !== '' && exists(path));
};

/** @typedef {{ version: string, at: number }} FailedFetch */

/**
 * Whether a fetch of this version failed so recently that another one is not worth its time.
 * @param {FailedFetch | undefined} failure
 * @param {string} version
 * @param {number} now milliseconds
 */
export const failedRecently = (failure, version, now) =>
  failure !== undefined && failure.version === version && now >= failure.at && now - failure.at < RETRY_AFTER;

/** @param {string} path @returns {FailedFetch | undefined} */
const readFailure = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // None, or not readable: then the fetch is tried.
    return undefined;
  }
};

/**
 * Finds the Electron runtime, or else fetches it, with the package's own command, once a day at most.
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export const ensureElectron = async (root, say) => {
  const found = findElectron(root);
  if (found !== undefined) return { path: found };
  const memory = join(root, '.cache', 'electron-fetch.json');
  /** @type {{ version: string }} */
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
  );
  if (failedRecently(readFailure(memory), version, Date.now())) {
    return { reason: 'it could not be fetched within the last day (try again: npx install-electron)' };
  }
  say(`Fetching the Electron ${version} runtime …`);
  const installer = binOf(root, 'electron', 'install-electron');
  const { ok, timedOut, output } = await run(process.execPath, [installer], {
    cwd: root,
    limit: FETCH_LIMIT,
    quiet: true,
  });
  const fetched = ok ? findElectron(root) : undefined;
  if (fetched !== undefined) {
    rmSync(memory, { force: true });
    return { path: fetched };
  }
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, JSON.stringify({ version, at: Date.now() }));
  const cause = timedOut ? 'it took too long' : (output.trim().split('\n', 1)[0] ?? '');
  return { reason: `it could not be fetched (${cause})` };
};
