/** `npm start`: from a fresh clone to the open app. Uses no package, since none may be installed yet. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { hasDisplay, openAppWindow } from './lib/app-window.mjs';
import { isNodeNewEnough, readArguments, USAGE } from './lib/arguments.mjs';
import { findChromium } from './lib/chromium.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { defaultLibrary, defaultUserData, isInside } from './lib/folders.mjs';
import { at, root } from './lib/root.mjs';
import { ensureBuilt, ensureInstalled } from './lib/setup.mjs';

/** @type {import('./lib/folders.mjs').Machine} */
const machine = {
  platform: process.platform,
  env: process.env,
  home: homedir(),
  isFolder: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
  read: (path) => (statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : ''),
};

/** How long the host may take to put everything on disk. */
const END_MS = 8000;

/** @param {import('node:child_process').ChildProcess} child @param {() => void} ask */
const endGently = async (child, ask) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  ask();
  const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
  await ended;
  clearTimeout(timer);
};

/** @param {() => Promise<void>} end */
const onInterrupt = (end) => {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => void end().then(() => process.exit(0)));
};

/** @param {string} program @param {string[]} folders */
const startElectron = async (program, folders) => {
  const child = spawn(program, [root, ...folders], { stdio: 'inherit' });
  onInterrupt(() => endGently(child, () => child.kill('SIGTERM')));
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 0;
};

/** @param {string} reason @param {string} launchUrl */
const printAddress = (reason, launchUrl) =>
  console.log(`${reason}Open this address in a browser on this machine (it works once):\n${launchUrl}`);

/** @param {string[]} words @param {{ window: boolean, userData: string }} options */
const startHost = async (words, { window, userData }) => {
  const child = fork(at('out', 'main', 'host.js'), words, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  /** @type {{ close(): void, closed: Promise<void> } | undefined} */
  let appWindow;
  const end = async () => {
    appWindow?.close();
    await endGently(child, () => void (child.connected && child.send({ type: 'shutdown' })));
  };
  onInterrupt(end);
  child.on('message', (message) => {
    const { type, launchUrl } = /** @type {{ type: string, launchUrl: string }} */ (message);
    if (type !== 'ready') return;
    const browser = window && hasDisplay(process.platform, process.env) ? findChromium() : undefined;
    if (browser === undefined) {
      printAddress('', launchUrl);
      return;
    }
    appWindow = openAppWindow(browser, launchUrl, userData);
    void appWindow.closed.then(end);
    console.log('Hepatica is open. Close its window, or press Ctrl-C here, to end it.');
  });
  const [code] = await once(child, 'exit');
  appWindow?.close();
  await appWindow?.closed;
  process.exitCode = code ?? 0;
};

const main = async () => {
  if (!isNodeNewEnough(process.versions.node))
    throw new Error(`Hepatica needs Node 20.19 or newer; this is ${process.versions.node}.`);
  const options = readArguments(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const userData = resolve(options.userData ?? defaultUserData(machine));
  const library = resolve(options.library ?? defaultLibrary(machine, userData));
  if (isInside(machine, library, root))
    throw new Error(
      `The library ${library} would lie inside the program's own folder. Choose another with --library.`,
    );
  await ensureInstalled();
  await ensureBuilt();
  const folders = [`--library=${library}`, `--user-data=${userData}`];
  if (!options.browser) {
    const electron = await ensureElectron();
    if ('path' in electron) {
      await startElectron(electron.path, folders);
      return;
    }
    console.log(`No Electron runtime (${electron.reason}): opening the same app from the browser host.`);
  }
  const port = options.port === undefined ? [] : [`--port=${options.port}`];
  await startHost([...folders, ...port], { window: options.window, userData });
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
