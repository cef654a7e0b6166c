import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npm, run } from './processes.mjs';
import { at, root } from './root.mjs';

/** @param {string} file */
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** All files below these, in a fixed order. @param {string[]} paths @returns {string[]} */
const filesUnder = (paths) =>
  paths.flatMap((path) => {
    if (!existsSync(path)) return [];
    const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    return entries.flatMap((entry) =>
      entry.isDirectory() ? filesUnder([join(path, entry.name)]) : [join(path, entry.name)],
    );
  });

/** @param {string[]} files */
const fingerprint = (files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest('hex');
};

/** @param {string} stamp @param {string} value */
const leaveStamp = (stamp, value) => {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, value);
};

const INSTALL_STAMP = at('node_modules', '.hepatica-lock');
const BUILD_STAMP = at('out', '.hepatica-build');

const lockFingerprint = () => fingerprint([at('package.json'), at('package-lock.json')]);

/** Nothing to do: the packages are those of this lock file. */
export const isInstalled = () => read(INSTALL_STAMP) === lockFingerprint();

const buildFingerprint = () => {
  const sources = filesUnder([at('src'), at('resources')]).filter(
    (file) => !/\.test\.tsx?$|fixtures/.test(file),
  );
  return fingerprint([at('package-lock.json'), at('electron.vite.config.ts'), ...sources]);
};

export const isBuilt = () =>
  existsSync(at('out', 'main', 'host.js')) && read(BUILD_STAMP) === buildFingerprint();

/** Installs the packages if they are missing or another lock file's. Throws with npm's own words. */
export const ensureInstalled = async () => {
  if (isInstalled()) return;
  console.log('Installing packages (npm ci)…');
  const { command, words } = npm('ci', '--no-audit', '--no-fund');
  const { code, output } = await run(command, words, { quiet: true });
  if (code !== 0) throw new Error(`npm ci failed:\n${output}`);
  leaveStamp(INSTALL_STAMP, lockFingerprint());
};

/** Builds the app if a source has changed since. Throws with the build's own words. */
export const ensureBuilt = async () => {
  if (isBuilt()) return;
  console.log('Building…');
  const before = buildFingerprint();
  const builder = at('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { code, output } = await run(process.execPath, [builder, 'build'], { quiet: true });
  if (code !== 0) throw new Error(`the build failed:\n${output}`);
  leaveStamp(BUILD_STAMP, before);
};
