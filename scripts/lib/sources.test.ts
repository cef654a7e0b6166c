import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importsOf } from './imports.mjs';
import { checkSources, percentile } from './sources.mjs';

let root = '';
const write = async (path: string, content: string) => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
};
const problemsWith = async (path: string, content: string) => {
  await write(path, content);
  return checkSources(root).problems;
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hepatica-sources-'));
  const imports = Object.fromEntries(
    ['shared', 'core', 'host', 'main'].map((layer) => [`#${layer}/*`, `./src/${layer}/*.ts`]),
  );
  await write('package.json', JSON.stringify({ imports }));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** The same import in each of its forms. */
const forms = (specifier: string) => [
  `import x from '${specifier}';`,
  `import * as x from "${specifier}";`,
  `import { a, type B } from '${specifier}';`,
  `import {\n  a,\n  b,\n} from '${specifier}';`,
  `import type { A } from '${specifier}';`,
  `import '${specifier}';`,
  `export * from '${specifier}';`,
  `export { a as b } from '${specifier}';`,
  `export type { A } from '${specifier}';`,
  `const a = await import('${specifier}');`,
  `const a = import(\n  "${specifier}"\n);`,
  `const a = import(\`${specifier}\`);`,
  `type A = import('${specifier}').A;`,
  `const a = require('${specifier}');`,
  `const a = 1;import x from'${specifier}'`,
  `/* why */ import x from '${specifier}'; // why`,
  `const url = 'http://x'; export * from '${specifier}';`,
];

describe('imports', () => {
  it.each(forms('#core/x'))('are seen in %s', (source) => {
    expect(importsOf(source).map(({ specifier }) => specifier)).toEqual(['#core/x']);
  });
  it.each([
    `// import x from '#core/x';`,
    `/** as in\n * import x from '#core/x';\n */`,
    `const text = "important from 'core'";`,
    `export const from = 'a';`,
    `settings.import('#core/x');`,
    `export const a = { import: './x' };`,
    `const url = import.meta.url;`,
  ])('are not seen in %s', (source) => expect(importsOf(source)).toEqual([]));
  it('come with their line', () => {
    expect(importsOf(`// one\n/*\n*/\nimport x from './x';`)).toEqual([{ line: 4, specifier: './x' }]);
  });
});

describe('the direction', () => {
  it.each(forms('#core/x'))('is kept whatever the form: %s', async (source) => {
    expect(await problemsWith('src/renderer/a.ts', source)).toEqual([
      expect.stringContaining('src/renderer may not import src/core: ask the services through the contract'),
    ]);
  });

  const layers = ['shared', 'core', 'host', 'main', 'preload', 'renderer'];
  const allowed: Record<string, string[]> = {
    shared: ['shared'],
    core: ['shared', 'core'],
    host: ['shared', 'core', 'host'],
    main: ['shared', 'core', 'main'],
    preload: ['preload'],
    renderer: ['shared', 'renderer'],
  };
  const pairs = layers.flatMap((from) =>
    layers.map((to) => [from, to, allowed[from]!.includes(to)] as const),
  );
  it.each(pairs)('from %s to %s: %s', async (from, to, expected) => {
    const problems = await problemsWith(`src/${from}/a/b.ts`, `import x from '../../${to}/a/c';`);
    const directions = problems.filter((problem) => problem.includes('may not import'));
    expect(directions.length === 0).toBe(expected);
  });

  it.each<[string, string, string, string | undefined]>([
    ['Node in shared', 'src/shared/a.ts', 'node:fs', 'src/shared does not run in Node'],
    ['Node in the page', 'src/renderer/a.tsx', 'node:path', 'src/renderer does not run in Node'],
    ['Node in the preload', 'src/preload/index.ts', 'node:fs', 'src/preload does not run in Node'],
    ['Node by its short name', 'src/shared/a.ts', 'fs/promises', 'src/shared does not run in Node'],
    ['Node in core', 'src/core/a.ts', 'node:fs', undefined],
    ['Electron in core', 'src/core/a.ts', 'electron', 'electron is for src/main and src/preload'],
    ['Electron in the host', 'src/host/a.ts', 'electron/common', 'electron is for src/main and src/preload'],
    ['Electron in the page', 'src/renderer/a.ts', 'electron', 'electron is for src/main and src/preload'],
    ['Electron in main', 'src/main/a.ts', 'electron', undefined],
    ['Electron in the preload', 'src/preload/index.ts', 'electron', undefined],
    ['the constant in the preload', 'src/preload/index.ts', '#shared/rpc/channel', undefined],
    [
      'more than the constant in the preload',
      'src/preload/index.ts',
      '#shared/rpc/wire',
      'src/preload may not import src/shared: the preload takes one constant',
    ],
    ['a package in the preload', 'src/preload/index.ts', 'zod/mini', 'the preload takes one constant'],
    ['all of zod', 'src/shared/a.ts', 'zod', "import * as z from 'zod/mini'"],
    ['another zod', 'src/shared/a.ts', 'zod/v4', "import * as z from 'zod/mini'"],
    ['the small zod', 'src/shared/a.ts', 'zod/mini', undefined],
    ['journeys', 'src/core/a.ts', '../../e2e/drivers/x', 'the product imports nothing from outside src'],
    ['benchmarks', 'src/core/a.ts', '../../bench/x', 'the product imports nothing from outside src'],
    ['scripts', 'src/host/a.ts', '../../scripts/lib/x.mjs', 'the product imports nothing from outside src'],
    ['tests', 'src/core/a.ts', './b.test', 'tests are not part of the product'],
    ['helpers of tests', 'src/core/a.ts', '../test/temp-library', 'tests are not part of the product'],
    ['an alias that there is not', 'src/core/a.ts', '#renderer/x', 'no such alias'],
    ['another layer by a relative path', 'src/core/a.ts', '../shared/x', 'use the alias #shared/…'],
    ['its own layer by a relative path', 'src/core/a/b.ts', '../c', undefined],
    ['its own layer by the alias', 'src/core/a/b.ts', '#core/c', undefined],
    [
      'a file as an address',
      'src/renderer/a.ts',
      '../core/x.css?inline',
      'src/renderer may not import src/core',
    ],
    ['a package', 'src/renderer/a.ts', 'react-dom/client', undefined],
    ['a layer that is none', 'src/plugins/a.ts', 'react', 'src/plugins is no layer'],
    ['Node in a test', 'src/shared/a.test.ts', 'node:fs', undefined],
    ['helpers in a test', 'src/core/a.test.ts', '../test/temp-library', undefined],
    ['another layer in a test', 'src/shared/a.test.ts', '#core/x', 'src/shared may not import src/core'],
    ['Electron in a test', 'src/core/a.test.ts', 'electron', 'electron is for src/main and src/preload'],
    ['any layer in a helper of tests', 'src/test/a.ts', '#core/x', undefined],
  ])('%s', async (_name, path, specifier, expected) => {
    const problems = await problemsWith(path, `import * as x from '${specifier}';`);
    if (expected === undefined) expect(problems).toEqual([]);
    else expect(problems).toEqual([expect.stringContaining(`${path}:1: ${specifier}: ${expected}`)]);
  });

  it('cannot be told of a module that is worked out while running', async () => {
    expect(await problemsWith('src/core/a.ts', 'await import(name);')).toEqual([
      'src/core/a.ts:1: import(): an import that is worked out while running cannot be checked: name the module',
    ]);
  });

  it('lets one file listen to pages', async () => {
    const source = "import { ipcMain } from 'electron';\nipcMain.on('x', f);\n";
    expect(await problemsWith('src/main/transport.ts', source)).toEqual([]);
    expect(await problemsWith('src/main/menu.ts', '// not with ipcMain\n')).toEqual([]);
    expect(await problemsWith('src/main/window.ts', source)).toEqual([
      expect.stringContaining('src/main/window.ts: ipcMain is for src/main/transport.ts only'),
    ]);
  });
});

describe('the length of files', () => {
  it.each([
    ['src/core/a.ts', 400],
    ['src/renderer/A.tsx', 300],
    ['src/core/a.test.ts', 400],
    ['e2e/journeys/a.spec.ts', 400],
    ['bench/a.ts', 400],
    ['scripts/lib/a.mjs', 400],
    ['src/renderer/a.module.css', 400],
  ])('%s may have %i lines', async (path, most) => {
    expect(await problemsWith(path, '\n'.repeat(most))).toEqual([]);
    expect(await problemsWith(path, '\n'.repeat(most + 1))).toEqual([
      `${path}: ${most + 1} lines, and ${most} at most: split it by what it does`,
    ]);
  });

  it('is listed for the files of the product', async () => {
    await write('src/core/a.ts', '\n\n');
    await write('src/core/b.ts', '1');
    await write('src/core/a.test.ts', '\n');
    expect(checkSources(root).lengths).toEqual([
      { file: 'src/core/b.ts', lines: 1 },
      { file: 'src/core/a.ts', lines: 2 },
    ]);
  });

  it.each([
    [[], 0.5, 0],
    [[7], 0.95, 7],
    [[1, 2, 3, 4], 0.5, 2],
    [[1, 2, 3, 4], 0.95, 4],
  ])('of %j at %d is %i', (sorted, share, expected) => expect(percentile(sorted, share)).toBe(expected));
});
