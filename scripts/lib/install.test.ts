import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whyInstall, whyOutdated } from './install.mjs';

const machine = { platform: 'linux', arch: 'x64' };
const lock = (packages: object) => ({ packages: { '': { version: '0' }, ...packages } });
const a = { version: '1.0.0', integrity: 'sha512-a' };
const forMac = { version: '2.0.0', integrity: 'sha512-m', optional: true, os: ['darwin'] };
const forHere = { version: '2.0.0', integrity: 'sha512-l', optional: true, os: ['linux'], cpu: ['x64'] };

describe('what is installed', () => {
  it.each<[string, object, object, string | undefined]>([
    ['all of it', { 'node_modules/a': a }, { 'node_modules/a': a }, undefined],
    ['all but what is for another platform', { 'node_modules/m': forMac }, {}, undefined],
    ['what is for this platform', { 'node_modules/l': forHere }, { 'node_modules/l': forHere }, undefined],
    ['nothing', { 'node_modules/a': a }, {}, 'node_modules/a is missing'],
    [
      'an older one',
      { 'node_modules/a': { ...a, version: '1.0.1' } },
      { 'node_modules/a': a },
      'node_modules/a is 1.0.0, not 1.0.1',
    ],
    [
      'another file of the same version',
      { 'node_modules/a': { ...a, integrity: 'sha512-b' } },
      { 'node_modules/a': a },
      'node_modules/a is 1.0.0, not 1.0.0',
    ],
    ['more than is wanted', {}, { 'node_modules/a': a }, 'node_modules/a is not in package-lock.json'],
    [
      'that of another system',
      { 'node_modules/m': forMac },
      { 'node_modules/m': forMac },
      'node_modules/m is for another platform',
    ],
    [
      'that of another processor',
      { 'node_modules/l': { ...forHere, cpu: ['arm64'] } },
      { 'node_modules/l': { ...forHere, cpu: ['arm64'] } },
      'node_modules/l is for another platform',
    ],
  ])('%s', (_name, wanted, installed, expected) => {
    expect(whyOutdated(lock(wanted), { packages: { ...installed } }, machine)).toBe(expected);
  });
});

describe('a real folder', () => {
  let root = '';
  const write = async (path: string, content: unknown) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hepatica-install-'));
    await write('package-lock.json', lock({ 'node_modules/a': a }));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is installed first, and left alone then, whoever installed it', async () => {
    expect(whyInstall(root)).toBe('nothing is installed');
    await write('node_modules/a/package.json', {});
    expect(whyInstall(root)).toBe('nothing is installed');
    await write('node_modules/.package-lock.json', { packages: { 'node_modules/a': a } });
    expect(whyInstall(root)).toBeUndefined();
  });

  it('is installed again when a package was deleted, or the record of it is damaged', async () => {
    await write('node_modules/.package-lock.json', { packages: { 'node_modules/a': a } });
    expect(whyInstall(root)).toBe('node_modules/a is gone');
    await write('node_modules/.package-lock.json', '{');
    expect(whyInstall(root)).toBe('the record of what is installed cannot be read');
  });
});
