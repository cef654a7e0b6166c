import { existsSync } from 'node:fs';
import { findChromium, sandboxFlags } from './chromium.mjs';
import { binOf, run } from './processes.mjs';

/** Limits for what comes over the network, in milliseconds. */
const DOWNLOAD_LIMIT = 300_000;

const isRootOnDebian = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

/**
 * @param {string} root
 * @param {readonly string[]} packages
 */
const installFromDebian = async (root, packages) => {
  const options = {
    cwd: root,
    quiet: true,
    limit: DOWNLOAD_LIMIT,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  };
  const updated = await run('apt-get', ['update'], options);
  if (!updated.ok) return false;
  return (await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options)).ok;
};

/**
 * Chinese pages need a font that has the characters. Installed where that is easily done; elsewhere only some pictures
 * would look poor, so nothing is said.
 * @param {string} root
 */
export const ensureChineseFont = async (root) => {
  if (!isRootOnDebian()) return;
  const { ok, output } = await run('fc-list', [':lang=zh', 'file'], { cwd: root, quiet: true });
  if (!ok || output.trim() === '') await installFromDebian(root, ['fontconfig', 'fonts-noto-cjk']);
};

/**
 * Starts a browser and ends it again: one that lacks a library of the system is none.
 * @param {string} path
 * @returns {Promise<boolean>}
 */
const starts = async (path) => {
  const { chromium } = await import('@playwright/test');
  try {
    const browser = await chromium.launch({ executablePath: path, args: sandboxFlags(), timeout: 60_000 });
    await browser.close();
    return true;
  } catch (error) {
    console.log(`  ${path} does not start: ${String(error).split('\n', 1)[0]}`);
    return false;
  }
};

/**
 * A Chromium to test with: an installed one, else Playwright's own download, else Debian's package.
 * @param {string} root
 * @returns {Promise<{ path: string, how: string } | { reason: string }>}
 */
export const ensureTestBrowser = async (root) => {
  const installed = findChromium();
  if (installed !== undefined && (await starts(installed))) return { path: installed, how: 'installed' };
  const installer = [binOf(root, '@playwright/test', 'playwright'), 'install', 'chromium'];
  await run(process.execPath, installer, { cwd: root, quiet: true, limit: DOWNLOAD_LIMIT });
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  if (existsSync(own) && (await starts(own))) return { path: own, how: "Playwright's own" };
  if (!isRootOnDebian()) return { reason: 'none is installed, and Playwright could not fetch its own' };
  await installFromDebian(root, ['chromium', 'fonts-noto-cjk']);
  const packaged = findChromium();
  if (packaged !== undefined && (await starts(packaged))) return { path: packaged, how: "Debian's package" };
  return { reason: "neither Playwright's own nor Debian's package could be installed" };
};
