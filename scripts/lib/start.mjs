import { spawn } from 'node:child_process';
import { openAppWindow } from './app-window.mjs';
import { readStartArguments, START_HELP } from './arguments.mjs';
import { ensureBuilt } from './build.mjs';
import { findChromium, hasDisplay, sandboxFlags } from './chromium.mjs';
import { ensureElectron } from './electron.mjs';
import { chooseFolders } from './folders.mjs';
import { startHost } from './host.mjs';
import { ensureInstalled } from './install.mjs';
import { onEnd } from './interruption.mjs';
import { ended, endProcess } from './processes.mjs';
import { root } from './root.mjs';

/** @typedef {{ library: string, userData: string }} Folders */
/** @typedef {import('./arguments.mjs').StartArguments} StartArguments */

/** A browser that ends this soon, in milliseconds, has handed the window over to one that was running already. */
const HANDED_OVER = 5000;

/** @param {string} line */
const say = (line) => console.log(line);

/**
 * Runs the desktop app to its end.
 * @param {string} electron the path of the program
 * @param {Folders} folders
 * @returns {Promise<number>} exit code
 */
const runDesktop = async (electron, { library, userData }) => {
  const child = spawn(
    electron,
    [...sandboxFlags(), root, `--library=${library}`, `--user-data=${userData}`],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], detached: process.platform !== 'win32' },
  );
  child.once('error', (error) => say(`Electron could not be started: ${error.message}`));
  const end = onEnd(() => endProcess(child));
  const code = await ended(child);
  return end.asked ? end.done() : code;
};

/**
 * Opens the window of the browser host.
 * @param {string} chromium the path of the program
 * @param {string} launchUrl
 * @param {string} userData
 * @returns {{ end: () => Promise<void>, closed: Promise<void> }} `closed` stays open when the window cannot be watched
 */
const openWindow = (chromium, launchUrl, userData) => {
  const opened = Date.now();
  const { child, removeLaunchFile } = openAppWindow(chromium, launchUrl, userData);
  const closed = ended(child).then((code) => {
    if (code === 0 && Date.now() - opened > HANDED_OVER) return;
    say(
      code === 0
        ? 'The window was opened by a browser that was running already. Press Ctrl-C to end.'
        : `${chromium} could not show the window. Press Ctrl-C to end.`,
    );
    return new Promise(() => undefined);
  });
  return {
    closed,
    end: async () => {
      await endProcess(child);
      removeLaunchFile();
    },
  };
};

/**
 * Runs the browser host to its end.
 * @param {StartArguments} asked
 * @param {Folders} folders
 * @returns {Promise<number>} exit code
 */
const runHost = async ({ window, port }, folders) => {
  const { child, ready } = startHost(root, { ...folders, port });
  /** @type {ReturnType<typeof openWindow> | undefined} */
  let opened;
  // The window first: its last words go to the host.
  const endAll = async () => {
    await opened?.end();
    await endProcess(child);
  };
  const end = onEnd(endAll);
  const told = await ready;
  if (told === undefined) {
    await endAll();
    return end.asked ? end.done() : child.exitCode || 1;
  }
  const chromium = window && hasDisplay() ? findChromium() : undefined;
  if (end.asked) return end.done();
  if (chromium === undefined) {
    say(`Open this address:\n${told.launchUrl}\nIt works once. Press Ctrl-C to end.`);
  } else {
    opened = openWindow(chromium, told.launchUrl, folders.userData);
    say(`Hepatica is open in a window of ${chromium}. Press Ctrl-C to end.`);
  }
  const first = await Promise.race([
    ended(child),
    ...(opened === undefined ? [] : [opened.closed.then(() => 0)]),
  ]);
  if (end.asked) return end.done();
  await endAll();
  return first;
};

/**
 * `npm start`: installs, builds, and opens the app.
 * @param {readonly string[]} argv without node and script
 * @returns {Promise<number>} exit code
 */
export const start = async (argv) => {
  /** @type {StartArguments} */
  let asked;
  /** @type {Folders} */
  let folders;
  try {
    asked = readStartArguments(argv);
    folders = chooseFolders(asked, root);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error('See "npm start -- --help".');
    return 2;
  }
  if (asked.help) {
    say(START_HELP);
    return 0;
  }
  if (!(await ensureInstalled(root, say)) || !(await ensureBuilt(root, say))) return 1;
  say(`Library: ${folders.library}`);
  if (asked.browser) return runHost(asked, folders);
  const electron = await ensureElectron(root, say);
  if ('path' in electron) return runDesktop(electron.path, folders);
  say(`There is no Electron runtime: ${electron.reason}. The browser host is started instead.`);
  return runHost(asked, folders);
};
