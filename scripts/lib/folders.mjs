import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import nodePath from 'node:path';

/**
 * What the folders of a person depend on; given, so that each platform can be tested on any other.
 * @typedef {object} Surroundings
 * @property {NodeJS.Platform} platform
 * @property {Readonly<Record<string, string | undefined>>} env
 * @property {string} home
 * @property {(path: string) => boolean} exists
 * @property {(path: string) => string} read the text of a file that exists
 */

/** @type {Surroundings} */
export const here = {
  platform: process.platform,
  env: process.env,
  home: homedir(),
  exists: existsSync,
  read: (path) => readFileSync(path, 'utf8'),
};

/** @param {NodeJS.Platform} platform */
const pathsOf = (platform) => (platform === 'win32' ? nodePath.win32 : nodePath.posix);

/**
 * The folder for settings and logs, as the platform has it.
 * @param {Surroundings} around
 */
export const defaultUserData = ({ platform, env, home }) => {
  const { join, isAbsolute } = pathsOf(platform);
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Hepatica');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Hepatica');
  // The XDG base directory specification: a relative path is invalid and to be ignored.
  const data = env['XDG_DATA_HOME'] ?? '';
  return join(isAbsolute(data) ? data : join(home, '.local', 'share'), 'hepatica');
};

/**
 * `XDG_DOCUMENTS_DIR` of user-dirs.dirs (xdg-user-dirs): `"$HOME/…"` or an absolute path, in quotes.
 * @param {Surroundings} around
 * @returns {string | undefined}
 */
const xdgDocuments = ({ env, home, exists, read }) => {
  const { join, isAbsolute } = nodePath.posix;
  const file = join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'user-dirs.dirs');
  if (!exists(file)) return undefined;
  const value = /^\s*XDG_DOCUMENTS_DIR="(.*)"\s*$/m.exec(read(file))?.[1];
  const path = value?.replace(/\\(.)/g, '$1').replace(/^\$HOME(?=\/|$)/, home);
  // The home folder itself is how that file says that there is no such folder.
  return path !== undefined && isAbsolute(path) && join(path, '/') !== join(home, '/') ? path : undefined;
};

/**
 * The person's documents, where there is such a folder.
 * @param {Surroundings} around
 * @returns {string | undefined}
 */
export const documentsFolder = (around) => {
  const { platform, env, home, exists } = around;
  const { join } = pathsOf(platform);
  const oneDrive = platform === 'win32' ? env['OneDrive'] : undefined;
  const candidates = [
    platform === 'linux' ? xdgDocuments(around) : undefined,
    join(home, 'Documents'),
    oneDrive === undefined ? undefined : join(oneDrive, 'Documents'),
  ];
  return candidates.find((path) => path !== undefined && exists(path));
};

/**
 * A path without symbolic links in as much of it as exists.
 * @param {string} path
 * @returns {string}
 */
export const realPath = (path) => {
  const parent = nodePath.dirname(path);
  if (existsSync(path)) return realpathSync.native(path);
  return parent === path ? path : nodePath.join(realPath(parent), nodePath.basename(path));
};

/**
 * Whether `path` is `folder` or lies in it, whatever links lead there.
 * @param {string} path
 * @param {string} folder
 */
export const liesIn = (path, folder) => {
  const way = nodePath.relative(realPath(folder), realPath(path));
  return way === '' || !(way.startsWith(`..${nodePath.sep}`) || way === '..' || nodePath.isAbsolute(way));
};

/**
 * The two folders of a start: those that were asked for, else those of the platform. Never inside the program's own
 * folder, where the next update or a clean-up would take the library with it.
 * @param {{ library: string | undefined, userData: string | undefined }} asked
 * @param {string} repository
 * @param {Surroundings} [around]
 * @returns {{ library: string, userData: string }} absolute paths
 * @throws {Error} with a message for the person who asked
 */
export const chooseFolders = (asked, repository, around = here) => {
  const userData = nodePath.resolve(asked.userData ?? defaultUserData(around));
  const documents = documentsFolder(around);
  const usual = [
    ...(documents === undefined ? [] : [nodePath.join(documents, 'Hepatica')]),
    nodePath.join(userData, 'library'),
  ];
  const library = nodePath.resolve(
    asked.library ?? usual.find((path) => !liesIn(path, repository)) ?? usual[0] ?? '',
  );
  for (const [path, option, what] of [
    // First: where the library lies may follow from it.
    [userData, '--user-data', 'settings folder'],
    [library, '--library', 'library'],
  ]) {
    if (path !== undefined && liesIn(path, repository)) {
      throw new Error(
        `The ${what} cannot lie inside the program's own folder (${path}). Choose another folder with ${option} DIR.`,
      );
    }
  }
  return { library, userData };
};
