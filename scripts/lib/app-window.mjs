import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sandboxFlags } from './chromium.mjs';

/** The browser speaks to the host only, unless the reader opens a link; and asks nothing at its first start. */
const QUIET_FLAGS = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-mode',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--disable-breakpad',
  '--hide-crash-restore-bubble',
  '--no-pings',
  '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication',
  // The profile holds one cookie, worthless after the end: no reason to ask for the keyring.
  '--password-store=basic',
  '--use-mock-keychain',
];

/** The start link works once, and a browser that has not used it by now never will. */
const LAUNCH_FILE_LIFE = 60_000;

/**
 * A page that sends the browser to the start link. The link is a secret, and the arguments of a process are not: so it
 * goes by way of a file that only this user can read.
 * @param {string} launchUrl
 */
export const launchPage = (launchUrl) => {
  const url = launchUrl.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Hepatica</title><meta http-equiv="refresh" content="0;url=${url}">\n`;
};

/**
 * Where the browser may read and write. A browser in a snap sees neither hidden folders nor the system's temporary
 * folder, only one of its own.
 * @param {string} chromium
 * @param {string} userData
 * @param {string} home
 * @returns {{ profile: string, temporary: string }}
 */
export const browserFolders = (chromium, userData, home = homedir()) => {
  const snap =
    /^\/snap\/bin\/([\w-]+)$/.exec(chromium)?.[1] ??
    (chromium.endsWith('/chromium-browser') ? 'chromium' : '');
  if (snap === '') return { profile: join(userData, 'browser'), temporary: tmpdir() };
  const own = join(home, 'snap', snap, 'common', 'hepatica');
  return { profile: join(own, 'browser'), temporary: own };
};

/**
 * Opens the app in a window without tabs or address bar.
 * @param {string} chromium the path of the program
 * @param {string} launchUrl a secret
 * @param {string} userData
 * @returns {{ child: import('node:child_process').ChildProcess, removeLaunchFile: () => void }}
 */
export const openAppWindow = (chromium, launchUrl, userData) => {
  const { profile, temporary } = browserFolders(chromium, userData);
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  // mkdtemp makes a folder for this user alone.
  const folder = mkdtempSync(join(temporary, 'hepatica-launch-'));
  const file = join(folder, 'launch.html');
  writeFileSync(file, launchPage(launchUrl), { mode: 0o600 });
  const removeLaunchFile = () => rmSync(folder, { recursive: true, force: true });
  setTimeout(removeLaunchFile, LAUNCH_FILE_LIFE).unref();
  const child = spawn(
    chromium,
    [`--app=${pathToFileURL(file).href}`, `--user-data-dir=${profile}`, ...QUIET_FLAGS, ...sandboxFlags()],
    { stdio: 'ignore', detached: process.platform !== 'win32', windowsHide: false },
  );
  return { child, removeLaunchFile };
};
