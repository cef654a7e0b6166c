import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import nodePath from 'node:path';

/**
 * @typedef {object} Probe
 * @property {NodeJS.Platform} platform
 * @property {Readonly<Record<string, string | undefined>>} env
 * @property {string} home
 * @property {(path: string) => boolean} exists
 */
/** @type {Probe} */
const machine = { platform: process.platform, env: process.env, home: homedir(), exists: existsSync };

const LINUX_NAMES = [
  'chromium',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  // Last: on Ubuntu it leads to a snap, which sees little of the file system.
  'chromium-browser',
];
const MAC_NAMES = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS_PATHS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/** @param {Probe} probe @returns {string[]} */
const usualPlaces = ({ platform, env, home }) => {
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']];
    return WINDOWS_PATHS.flatMap((path) =>
      folders.flatMap((folder) => (folder === undefined ? [] : [nodePath.win32.join(folder, ...path)])),
    );
  }
  const { join, delimiter } = nodePath.posix;
  if (platform === 'darwin') {
    return MAC_NAMES.flatMap((name) =>
      ['/Applications', join(home, 'Applications')].map((folder) =>
        join(folder, `${name}.app`, 'Contents', 'MacOS', name),
      ),
    );
  }
  const folders = [
    ...(env['PATH'] ?? '').split(delimiter).filter((each) => each !== ''),
    '/usr/bin',
    '/snap/bin',
  ];
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
};

/**
 * A Chromium, Chrome or Edge: the one that HEPATICA_CHROMIUM or CHROMIUM_PATH names, else one in the usual places.
 * @param {Probe} [probe]
 * @returns {string | undefined} the path of the program
 */
export const findChromium = (probe = machine) => {
  const named = [probe.env['HEPATICA_CHROMIUM'], probe.env['CHROMIUM_PATH']];
  const candidates = [...named.flatMap((path) => path || []), ...usualPlaces(probe)];
  return candidates.find((path) => probe.exists(path));
};

/**
 * Whether a window can be shown.
 * @param {Pick<Probe, 'platform' | 'env'>} [probe]
 */
export const hasDisplay = ({ platform, env } = machine) =>
  platform === 'win32' || platform === 'darwin' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);

/** Chromium refuses to run as root with its sandbox on; for everybody else the sandbox stays. */
export const sandboxFlags = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);
