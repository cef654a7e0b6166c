import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { importsOf, withoutComments } from './imports.mjs';

/**
 * What runs where. `instead` is what to do when an import goes against the direction.
 * @typedef {object} Layer
 * @property {readonly string[]} may the layers that it may import
 * @property {boolean} [node] whether it runs in Node
 * @property {boolean} [electron] whether it runs in Electron
 * @property {readonly string[]} [files] the modules of other layers that it may import besides
 * @property {readonly string[]} [packages] the only packages that it may import
 * @property {string} instead
 */
/** @type {Readonly<Record<string, Layer>>} */
const LAYERS = {
  shared: { may: ['shared'], instead: 'shared runs everywhere: take what differs as a parameter' },
  core: {
    may: ['shared', 'core'],
    node: true,
    instead: 'core knows no host and no page: take what differs as an option of composeServices',
  },
  host: {
    may: ['shared', 'core', 'host'],
    node: true,
    instead: 'hosts hold no logic: move what both need to core',
  },
  main: {
    may: ['shared', 'core', 'main'],
    node: true,
    electron: true,
    instead: 'hosts hold no logic: move what both need to core',
  },
  preload: {
    may: ['preload'],
    electron: true,
    files: ['src/shared/rpc/channel'],
    packages: ['electron'],
    instead: 'the preload takes one constant, src/shared/rpc/channel: let the page do the rest',
  },
  renderer: { may: ['shared', 'renderer'], instead: 'ask the services through the contract' },
};

/** The one file that may listen to pages: there the sender is checked (Electron's checklist, item 17). */
const IPC_DOOR = 'src/main/transport.ts';
const BUILTINS = new Set(builtinModules);

/** @param {string} file */
export const isTest = (file) => /\.test\.tsx?$/.test(file) || file.startsWith('src/test/');

/** @param {string} path */
const layerOf = (path) => path.split('/')[1] ?? '';

/**
 * The module that a specifier names.
 * @param {string} file from the repository, with `/`
 * @param {string} specifier
 * @param {Readonly<Record<string, string>>} aliases `imports` of package.json: `#shared/*` to `./src/shared/*.ts`
 * @returns {string | undefined} a path from the repository without `.ts` or `.tsx`; nothing for a package
 */
const resolve = (file, specifier, aliases) => {
  const path = specifier.replace(/\?.*$/, '');
  if (path.startsWith('.')) return posix.join(posix.dirname(file), path).replace(/\.tsx?$/, '');
  if (path.startsWith('/')) return path.slice(1);
  for (const [alias, target] of Object.entries(aliases)) {
    const prefix = alias.replace(/\*$/, '');
    if (path.startsWith(prefix))
      return posix.normalize(target.replace('*', path.slice(prefix.length))).replace(/\.tsx?$/, '');
  }
  return undefined;
};

/**
 * @param {string} specifier of a package
 * @param {string} name the layer's
 * @param {Layer} layer
 * @param {boolean} test
 * @returns {string | undefined} what is wrong with it
 */
const packageProblem = (specifier, name, layer, test) => {
  if (specifier.startsWith('#')) return 'no such alias: see "imports" in package.json';
  const [first = ''] = specifier.split('/');
  if (specifier === 'electron' || first === 'electron') {
    if (layer.electron) return undefined;
    return 'electron is for src/main and src/preload: in plain Node it starts a download. Take what you need as a parameter';
  }
  if (first === 'node:' || specifier.startsWith('node:') || BUILTINS.has(first)) {
    if (layer.node || test) return undefined;
    return `src/${name} does not run in Node: move this to core and call it through the contract`;
  }
  if (first === 'zod' && specifier !== 'zod/mini')
    return "import * as z from 'zod/mini': all of zod is 454 kB";
  if (layer.packages && !layer.packages.includes(specifier) && !test) return layer.instead;
  return undefined;
};

/**
 * @param {string} file
 * @param {string} specifier
 * @param {Readonly<Record<string, string>>} aliases
 * @returns {string | undefined} what is wrong with it
 */
const importProblem = (file, specifier, aliases) => {
  const test = isTest(file);
  // What tests share may reach everything; a test reaches what the code beside it does.
  const free = file.startsWith('src/test/');
  const name = layerOf(file);
  const layer = free ? { may: Object.keys(LAYERS), node: true, instead: '' } : LAYERS[name];
  if (layer === undefined) return `src/${name} is no layer: see docs/CONTRIBUTING.md`;
  const target = resolve(file, specifier, aliases);
  if (target === undefined) return packageProblem(specifier, name, layer, test);
  const to = layerOf(target);
  if (test && (to === 'test' || !target.startsWith('src/'))) return undefined;
  if (!target.startsWith('src/'))
    return 'the product imports nothing from outside src: move what it needs into src';
  if (target.startsWith('src/test/') || target.endsWith('.test')) return 'tests are not part of the product';
  if (!(layer.may.includes(to) || layer.files?.includes(target))) {
    return `src/${name} may not import src/${to}: ${layer.instead}`;
  }
  if (to !== name && specifier.startsWith('.') && !free && `#${to}/*` in aliases) {
    return `use the alias #${to}/… to import from another layer`;
  }
  return undefined;
};

/**
 * What is wrong with the imports of one file.
 * @param {string} file from the repository, with `/`
 * @param {string} source
 * @param {Readonly<Record<string, string>>} aliases `imports` of package.json
 * @returns {string[]} one line each, with what to do instead
 */
export const importProblems = (file, source, aliases) => {
  const problems = importsOf(source).flatMap(({ line, specifier }) => {
    const problem =
      specifier === undefined
        ? isTest(file)
          ? undefined
          : 'an import that is worked out while running cannot be checked: name the module'
        : importProblem(file, specifier, aliases);
    return problem === undefined ? [] : [`${file}:${line}: ${specifier ?? 'import()'}: ${problem}`];
  });
  if (file !== IPC_DOOR && !isTest(file) && /\bipcMain\b/.test(withoutComments(source))) {
    problems.push(
      `${file}: ipcMain is for ${IPC_DOOR} only, where the sender is checked: add a call to the contract`,
    );
  }
  return problems;
};
