import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';

/** What each layer may import, and what to do instead where it may not. */
const LAYERS = /** @type {const} */ ({
  shared: { may: ['shared'], instead: 'shared runs everywhere: pass in what you need from outside' },
  core: {
    may: ['shared', 'core'],
    instead: 'core knows no host: take what differs as an option of composeServices',
  },
  host: { may: ['shared', 'core', 'host'], instead: 'hosts hold no logic: move what both need to core' },
  main: { may: ['shared', 'core', 'main'], instead: 'hosts hold no logic: move what both need to core' },
  preload: { may: ['preload'], instead: 'the preload takes one constant, src/shared/rpc/channel' },
  renderer: { may: ['shared', 'renderer'], instead: 'ask the services through the contract' },
  test: { may: ['shared', 'core', 'host', 'main', 'preload', 'renderer', 'test'], instead: '' },
});
/** @typedef {keyof typeof LAYERS} Layer */

const NODE_LAYERS = new Set(['core', 'host', 'main', 'test']);
const ELECTRON_LAYERS = new Set(['main', 'preload']);
const PRELOAD_CONSTANT = 'src/shared/rpc/channel';
const LONGEST = 400;
const LONGEST_COMPONENT = 300;

const IMPORT =
  /(?:^|[\s;}])(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?\s*['"]([^'"]+)['"]|(?:import|require)\(\s*['"]([^'"]+)['"]/g;

/** @param {string} source */
const withoutComments = (source) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** @param {string} folder @returns {string[]} */
const sourcesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesUnder(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });

/**
 * The file that a specifier names, as a path from the repository without its ending; undefined for a package.
 * @param {string} file @param {string} specifier
 */
const resolve = (file, specifier) => {
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  if (specifier.startsWith('.'))
    return posix.normalize(posix.join(posix.dirname(file), specifier.replace(/\?.*$/, '')));
  return undefined;
};

/**
 * @param {string} file from the repository, with `/`
 * @param {string} specifier
 * @returns {string | undefined} what is wrong with it
 */
const complaint = (file, specifier) => {
  const layer = /** @type {Layer} */ (file.split('/')[1]);
  const isTest = /\.test\.tsx?$/.test(file);
  const rules = LAYERS[layer];
  if (rules === undefined) return `src/${layer} is no layer: see docs/CONTRIBUTING.md`;
  const target = resolve(file, specifier);
  if (target === undefined) {
    if (specifier === 'electron' && !ELECTRON_LAYERS.has(layer))
      return 'electron is imported in src/main and src/preload only: elsewhere it starts a download';
    if (specifier === 'zod' || specifier === 'zod/v4')
      return "import * as z from 'zod/mini': the whole of zod is 454 kB";
    if (specifier.startsWith('node:') && !NODE_LAYERS.has(layer) && !isTest)
      return `${layer} does not run in Node`;
    return undefined;
  }
  if (layer === 'preload' && target === PRELOAD_CONSTANT) return undefined;
  if (!target.startsWith('src/')) {
    return isTest || layer === 'test'
      ? undefined
      : 'the product does not import tests, benchmarks or scripts';
  }
  const targetLayer = target.split('/')[1] ?? '';
  const may = /** @type {readonly string[]} */ (isTest ? [...rules.may, 'test'] : rules.may);
  return may.includes(targetLayer) ? undefined : `${layer} may not import ${targetLayer}: ${rules.instead}`;
};

/**
 * Checks the direction of every import below `src`, where raw `ipcMain` stands, and how long files are.
 * @param {string} root the repository
 * @returns {{ complaints: string[], lengths: number[] }}
 */
export const checkImports = (root) => {
  /** @type {string[]} */
  const complaints = [];
  /** @type {number[]} */
  const lengths = [];
  for (const path of sourcesUnder(join(root, 'src'))) {
    const file = relative(root, path).split(sep).join('/');
    const text = readFileSync(path, 'utf8');
    const lines = text.split('\n').length - 1;
    const most = file.endsWith('.tsx') ? LONGEST_COMPONENT : LONGEST;
    if (lines > most) complaints.push(`${file}: ${lines} lines, at most ${most}: split it by what it does`);
    if (!/\.test\.tsx?$/.test(file)) lengths.push(lines);
    const code = withoutComments(text);
    for (const match of code.matchAll(IMPORT)) {
      const specifier = match[1] ?? match[2] ?? '';
      const wrong = complaint(file, specifier);
      if (wrong !== undefined) complaints.push(`${file}: '${specifier}': ${wrong}`);
    }
    const listens = /\bipcMain\b/.test(code) && !/\.test\.tsx?$/.test(file);
    if (
      listens &&
      file !== 'src/main/transport.ts' &&
      file.startsWith('src/main/') &&
      /ipcMain\s*\.\s*(on|handle)/.test(code)
    )
      complaints.push(`${file}: ipcMain is used in src/main/transport.ts only, where the sender is checked`);
  }
  return { complaints, lengths };
};
