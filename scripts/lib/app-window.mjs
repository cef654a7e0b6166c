import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Nothing of the browser's own should speak to the network. */
const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** @param {NodeJS.Platform} platform @param {Record<string, string | undefined>} env */
export const hasDisplay = (platform, env) =>
  platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);

/** @param {string} url */
const launchPage = (url) =>
  `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${url}">`;

/**
 * Opens the app in a window of its own. The link with the token goes through a file that only this user can read:
 * what stands on a command line, everybody on the machine can read.
 * @param {string} browser
 * @param {string} launchUrl
 * @param {string} userData
 */
export const openAppWindow = (browser, launchUrl, userData) => {
  const folder = mkdtempSync(join(tmpdir(), 'hepatica-'));
  const file = join(folder, 'launch.html');
  writeFileSync(file, launchPage(launchUrl), { mode: 0o600 });
  const profile = join(userData, 'browser-profile');
  mkdirSync(profile, { recursive: true });
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(
    browser,
    [`--app=${pathToFileURL(file)}`, `--user-data-dir=${profile}`, ...QUIET, ...sandbox],
    {
      stdio: 'ignore',
    },
  );
  const closed = new Promise((resolve) => {
    child.on('error', resolve);
    child.on('exit', resolve);
  });
  return {
    closed: closed.then(() => rmSync(folder, { recursive: true, force: true })),
    close: () => void child.kill(),
  };
};
