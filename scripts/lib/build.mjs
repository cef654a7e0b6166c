import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binOf, run } from './processes.mjs';

/** What a build cannot do without; the last one is written last. */
const OUTPUTS = ['preload/index.cjs', 'renderer/index.html', 'main/index.js', 'main/cli.js', 'main/host.js'];
const INPUTS = [
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.json',
  'tsconfig.base.json',
];

/**
 * A hash of all that a build reads: by content, since a clone or a checkout gives times that say nothing.
 * @param {string} root
 * @returns {string}
 */
export const hashOfInputs = (root) => {
  const hash = createHash('sha256');
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  for (const path of [
    ...INPUTS.map((name) => join(root, name)).filter((each) => existsSync(each)),
    ...sources,
  ]) {
    // With lengths, so that two files never read as one.
    const content = readFileSync(path);
    hash.update(`${path.slice(root.length).replaceAll('\\', '/')} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
};

/** @param {string} root */
const stampPath = (root) => join(root, 'out', 'built.json');
/** @param {string} root */
const builtAt = (root) => statSync(join(root, 'out', 'main', 'host.js')).mtimeMs;

/**
 * Whether the build in `out` is there as a whole and made of these inputs. A build by other means is not known by the
 * stamp, and so counts as old.
 * @param {string} root
 * @param {string} inputs as from `hashOfInputs`
 */
export const isBuilt = (root, inputs) => {
  if (!existsSync(stampPath(root)) || OUTPUTS.some((path) => !existsSync(join(root, 'out', path))))
    return false;
  return readFileSync(stampPath(root), 'utf8') === JSON.stringify({ inputs, at: builtAt(root) });
};

/**
 * Builds the app.
 * @param {string} root
 * @param {{ limit?: number }} [options]
 * @returns {Promise<boolean>} whether it was built
 */
export const build = async (root, { limit } = {}) => {
  const inputs = hashOfInputs(root);
  rmSync(stampPath(root), { force: true });
  const argv = [binOf(root, 'electron-vite', 'electron-vite'), 'build', '--logLevel', 'warn'];
  const { ok } = await run(process.execPath, argv, { cwd: root, ...(limit === undefined ? {} : { limit }) });
  if (!ok) return false;
  writeFileSync(stampPath(root), JSON.stringify({ inputs, at: builtAt(root) }));
  return true;
};

/**
 * Builds when the sources are not those of the build.
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {Promise<boolean>} whether there is a build of these sources now
 */
export const ensureBuilt = async (root, say) => {
  if (isBuilt(root, hashOfInputs(root))) return true;
  say('Building …');
  const ok = await build(root);
  if (!ok) say('The build failed, for the reason that it gives above.');
  return ok;
};
