import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './processes.mjs';
import { at } from './root.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/**
 * Where browsers of the Chromium family are installed.
 * @param {NodeJS.Platform} platform
 * @param {Record<string, string | undefined>} env
 */
export const chromiumPlaces = (platform, env) => {
  if (platform === 'win32')
    return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
        `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
        `${folder}\\Chromium\\Application\\chrome.exe`,
      ]);
  if (platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
};

/**
 * An installed browser; `HEPATICA_CHROMIUM` names one.
 * @param {{ platform?: NodeJS.Platform, env?: Record<string, string | undefined>, exists?: (path: string) => boolean }} [where]
 * @returns {string | undefined}
 */
export const findChromium = ({ platform = process.platform, env = process.env, exists = existsSync } = {}) =>
  [env['HEPATICA_CHROMIUM'], ...chromiumPlaces(platform, env)].find(
    (path) => path !== undefined && exists(path),
  );

const isRootOnDebian = () =>
  process.getuid?.() === 0 &&
  existsSync('/etc/os-release') &&
  /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));

/** @param {string[]} packages */
const installFromDebian = async (packages) => {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await run('apt-get', ['update'], { quiet: true, env });
  if (updated.code !== 0) return updated;
  return run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { quiet: true, env });
};

/** Chinese titles need a font that has them; only where we may install one. */
export const ensureChineseFont = async () => {
  if (process.platform !== 'linux' || existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'))
    return;
  if (!isRootOnDebian()) return;
  const { code, output } = await installFromDebian(['fonts-noto-cjk', 'fonts-dejavu-core']);
  if (code !== 0) console.log(`No Chinese font could be installed; Chinese will show as boxes.\n${output}`);
};

/** @returns {Promise<string | undefined>} */
const downloadedByPlaywright = async () => {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
};

/**
 * A Chromium to test with: an installed one, else Playwright's own download, else Debian's package.
 * @returns {Promise<{ path: string, how: string } | { reason: string }>}
 */
export const ensureChromium = async () => {
  const installed = findChromium();
  if (installed !== undefined) return { path: installed, how: 'installed' };
  const kept = await downloadedByPlaywright();
  if (kept !== undefined) return { path: kept, how: 'Playwright download' };
  const cli = at('node_modules', '@playwright', 'test', 'cli.js');
  await run(process.execPath, [cli, 'install', 'chromium'], { quiet: true, timeout: 300_000 });
  const fetched = await downloadedByPlaywright();
  if (fetched !== undefined) return { path: fetched, how: 'Playwright download' };
  if (!isRootOnDebian()) return { reason: 'none is installed, and it could not be downloaded' };
  const { output } = await installFromDebian(['chromium']);
  const packaged = findChromium();
  return packaged === undefined ? { reason: output } : { path: packaged, how: "Debian's package" };
};
