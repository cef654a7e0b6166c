import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build, hashOfInputs, isBuilt } from './build.mjs';

let root = '';
const write = async (path: string, content: string) => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
};

/** Stands for the builder: copies one source into all outputs, or fails where the source says so. */
const BUILDER = `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
const source = readFileSync('src/a.ts', 'utf8');
if (source === 'broken') process.exit(1);
for (const [folder, name] of [['preload','index.cjs'],['renderer','index.html'],['main','index.js'],['main','cli.js'],['main','host.js']]) {
  mkdirSync('out/' + folder, { recursive: true });
  writeFileSync('out/' + folder + '/' + name, source);
}`;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hepatica-build-'));
  await write('src/a.ts', 'a');
  await write('package.json', '{"type":"module"}');
  await write('node_modules/electron-vite/package.json', '{"type":"module","bin":{"electron-vite":"b.js"}}');
  await write('node_modules/electron-vite/b.js', BUILDER);
});
afterEach(() => rm(root, { recursive: true, force: true }));
const isCurrent = () => isBuilt(root, hashOfInputs(root));

describe('the inputs of a build', () => {
  it.each<[string, string, string, boolean]>([
    ['a source that changes', 'src/a.ts', 'b', true],
    ['a new source', 'src/deep/b.tsx', '', true],
    ['a style', 'src/a.css', '', true],
    ['the configuration', 'electron.vite.config.ts', 'x', true],
    ['the packages', 'package-lock.json', '{}', true],
    ['a test', 'src/a.test.ts', 'x', false],
    ['what is not of the product', 'e2e/a.spec.ts', 'x', false],
  ])('%s counts: %#', async (_name, path, content, counts) => {
    const before = hashOfInputs(root);
    await write(path, content);
    expect(hashOfInputs(root) !== before).toBe(counts);
  });

  it('do not include times: a checkout changes them all', async () => {
    const before = hashOfInputs(root);
    await utimes(join(root, 'src/a.ts'), 1, 1);
    expect(hashOfInputs(root)).toBe(before);
  });

  it('tell where one file ends and the next begins', async () => {
    await write('src/a.ts', 'a/src/b.ts');
    const before = hashOfInputs(root);
    await write('src/a.ts', 'a');
    await write('src/b.ts', '');
    expect(hashOfInputs(root)).not.toBe(before);
  });
});

describe('a build', () => {
  it('is made once, and again when a source changes', async () => {
    expect(isCurrent()).toBe(false);
    expect(await build(root)).toBe(true);
    expect(isCurrent()).toBe(true);
    await write('src/a.ts', 'b');
    expect(isCurrent()).toBe(false);
    expect(await build(root)).toBe(true);
    expect(isCurrent()).toBe(true);
    expect(await readFile(join(root, 'out/main/host.js'), 'utf8')).toBe('b');
  });

  it('that failed is not taken for one, also when the source is put back', async () => {
    await build(root);
    await write('src/a.ts', 'broken');
    expect(await build(root)).toBe(false);
    await write('src/a.ts', 'a');
    expect(isCurrent()).toBe(false);
  });

  it('by other means, or with a part missing, is not taken for this one', async () => {
    await build(root);
    await utimes(join(root, 'out/main/host.js'), 1, 1);
    expect(isCurrent()).toBe(false);
    await build(root);
    await rm(join(root, 'out/preload/index.cjs'));
    expect(isCurrent()).toBe(false);
  });
});
