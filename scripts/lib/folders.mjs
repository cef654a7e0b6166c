import { posix, win32 } from 'node:path';

/**
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {Record<string, string | undefined>} env
 * @property {string} home
 * @property {(path: string) => boolean} isFolder
 * @property {(path: string) => string} read the text of a file, empty where there is none
 */

/** @param {Machine} machine */
const pathOf = ({ platform }) => (platform === 'win32' ? win32 : posix);

/**
 * Where this machine keeps the app's own data.
 * @param {Machine} machine
 */
export const defaultUserData = (machine) => {
  const { join } = pathOf(machine);
  const { platform, env, home } = machine;
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Hepatica');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Hepatica');
  return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'hepatica');
};

/**
 * The documents folder as the desktop names it (`~/Dokumente`, `~/文档`), from user-dirs.dirs.
 * @param {Machine} machine
 */
const documentsFolder = (machine) => {
  const { join } = pathOf(machine);
  const { platform, env, home } = machine;
  if (platform !== 'linux') return join(home, 'Documents');
  const list = machine.read(join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'user-dirs.dirs'));
  const named = /^XDG_DOCUMENTS_DIR="(.+)"$/m.exec(list)?.[1]?.replace('$HOME', home);
  return named ?? join(home, 'Documents');
};

/**
 * The library when none is named: in the documents, or beside the app's own data where there are none.
 * @param {Machine} machine
 * @param {string} userData
 */
export const defaultLibrary = (machine, userData) => {
  const { join } = pathOf(machine);
  const documents = documentsFolder(machine);
  return machine.isFolder(documents) ? join(documents, 'Hepatica') : join(userData, 'Library');
};

/**
 * A library in the repository would be deleted with it, or committed.
 * @param {Machine} machine
 * @param {string} path
 * @param {string} folder
 */
export const isInside = (machine, path, folder) => {
  const { relative, isAbsolute } = pathOf(machine);
  const way = relative(folder, path);
  return way === '' || !(way === '..' || /^\.\.[\\/]/.test(way) || isAbsolute(way));
};
