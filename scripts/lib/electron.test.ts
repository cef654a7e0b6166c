import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failedRecently, findElectron } from './electron.mjs';

const packed = join('/r', 'node_modules', 'electron');
const find = (platform: NodeJS.Platform, env: Record<string, string>, files: Record<string, string>) =>
  findElectron('/r', { env, platform, exists: (path) => path in files, read: (path) => files[path] ?? '' });

describe('the Electron runtime', () => {
  const text = join(packed, 'path.txt');
  const program = join(packed, 'dist', 'electron');
  const over = join('/over', 'electron');
  it.each<[string, NodeJS.Platform, Record<string, string>, Record<string, string>, string | undefined]>([
    ['that is installed', 'linux', {}, { [text]: 'electron', [program]: '' }, program],
    ['whose path ends in a newline', 'linux', {}, { [text]: 'electron\n', [program]: '' }, program],
    ['that was not unpacked to its end', 'linux', {}, { [program]: '' }, undefined],
    ['whose program is gone', 'linux', {}, { [text]: 'electron' }, undefined],
    [
      'that is named',
      'linux',
      { ELECTRON_EXEC_PATH: '/e' },
      { '/e': '', [text]: 'electron', [program]: '' },
      '/e',
    ],
    [
      'that is named and missing',
      'linux',
      { ELECTRON_EXEC_PATH: '/e' },
      { [text]: 'electron', [program]: '' },
      program,
    ],
    ['in another folder', 'linux', { ELECTRON_OVERRIDE_DIST_PATH: '/over' }, { [over]: '' }, over],
    [
      'in another folder on Windows',
      'win32',
      { ELECTRON_OVERRIDE_DIST_PATH: '/over' },
      { [join('/over', 'electron.exe')]: '' },
      join('/over', 'electron.exe'),
    ],
    ['that is not there', 'darwin', {}, {}, undefined],
  ])('%s', (_name, platform, env, files, expected) => expect(find(platform, env, files)).toBe(expected));
});

const hour = 3_600_000;
it.each([
  ['none failed', undefined, 0, false],
  ['it failed an hour ago', { version: '1', at: 0 }, hour, true],
  ['it failed yesterday', { version: '1', at: 0 }, 25 * hour, false],
  ['another version failed', { version: '0', at: 0 }, hour, false],
  ['the clock was set back', { version: '1', at: 2 * hour }, hour, false],
])('a fetch is spared: %s', (_name, failure, now, expected) => {
  expect(failedRecently(failure, '1', now)).toBe(expected);
});
