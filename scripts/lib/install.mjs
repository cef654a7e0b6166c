import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, run } from './processes.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional] may be left out, as when it is for another platform
 * @property {boolean} [devOptional] the same
 * @property {readonly string[]} [os]
 * @property {readonly string[]} [cpu]
 */
/** @typedef {{ packages?: Readonly<Record<string, LockedPackage>> }} LockFile */

/**
 * Why what is installed is not what the lock file asks for. npm writes down what it has installed at the very end, so
 * an interrupted or a hand-made installation shows as well as an old one.
 * @param {LockFile} wanted package-lock.json
 * @param {LockFile} installed node_modules/.package-lock.json
 * @param {{ platform: string, arch: string }} machine
 * @returns {string | undefined} nothing when all is as it should be
 */
export const whyOutdated = (wanted, installed, { platform, arch }) => {
  const have = installed.packages ?? {};
  for (const [path, { version, integrity, optional, devOptional }] of Object.entries(wanted.packages ?? {})) {
    if (path === '') continue;
    const found = have[path];
    if (found === undefined) {
      if (!optional && !devOptional) return `${path} is missing`;
    } else if (found.version !== version || found.integrity !== integrity) {
      return `${path} is ${found.version}, not ${version}`;
    }
  }
  for (const [path, { os, cpu }] of Object.entries(have)) {
    if (wanted.packages?.[path] === undefined) return `${path} is not in package-lock.json`;
    // Installed on another system, in a folder that both share.
    if ((os && !os.includes(platform)) || (cpu && !cpu.includes(arch)))
      return `${path} is for another platform`;
  }
  return undefined;
};

/** @param {string} path */
const readLock = (path) => /** @type {LockFile} */ (JSON.parse(readFileSync(path, 'utf8')));

/**
 * Why `npm ci` is needed.
 * @param {string} root
 * @returns {string | undefined} nothing when it is not
 */
export const whyInstall = (root) => {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return 'nothing is installed';
  /** @type {LockFile} */
  let installed;
  try {
    installed = readLock(record);
  } catch {
    return 'the record of what is installed cannot be read';
  }
  const gone = Object.keys(installed.packages ?? {}).find(
    (path) => !existsSync(join(root, path, 'package.json')),
  );
  if (gone !== undefined) return `${gone} is gone`;
  return whyOutdated(readLock(join(root, 'package-lock.json')), installed, process);
};

/**
 * Installs what is missing or out of date.
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {Promise<boolean>} whether everything is there now
 */
export const ensureInstalled = async (root, say) => {
  const why = whyInstall(root);
  if (why === undefined) return true;
  say(`Installing packages (${why}) …`);
  const [command, ...argv] = npmCommand(process.env, process.execPath);
  const { ok } = await run(command, [...argv, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
  });
  if (!ok) say('The packages could not be installed: "npm ci" failed, for the reason that it gives above.');
  return ok;
};
