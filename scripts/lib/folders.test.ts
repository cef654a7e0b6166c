import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseFolders, defaultUserData, documentsFolder, liesIn } from './folders.mjs';

const around = (
  platform: NodeJS.Platform,
  home: string,
  env: Record<string, string> = {},
  files: Record<string, string> = {},
) => ({
  platform,
  home,
  env,
  exists: (path: string) => path in files,
  read: (path: string) => files[path] ?? '',
});

describe('the folder of settings', () => {
  it.each([
    ['linux', '/home/a', {}, '/home/a/.local/share/hepatica'],
    ['linux', '/home/a', { XDG_DATA_HOME: '/data' }, '/data/hepatica'],
    ['linux', '/home/a', { XDG_DATA_HOME: 'relative' }, '/home/a/.local/share/hepatica'],
    ['linux', '/home/a', { XDG_DATA_HOME: '' }, '/home/a/.local/share/hepatica'],
    ['darwin', '/Users/a', {}, '/Users/a/Library/Application Support/Hepatica'],
    ['win32', 'C:\\Users\\a', {}, 'C:\\Users\\a\\AppData\\Roaming\\Hepatica'],
    ['win32', 'C:\\Users\\a', { APPDATA: 'D:\\roam' }, 'D:\\roam\\Hepatica'],
  ] as const)('%s, home %s, %j', (platform, home, env, expected) => {
    expect(defaultUserData(around(platform, home, env))).toBe(expected);
  });
});

describe('the documents', () => {
  const list = '/home/a/.config/user-dirs.dirs';
  it.each<
    [string, NodeJS.Platform, string, Record<string, string>, Record<string, string>, string | undefined]
  >([
    [
      'as the desktop names them',
      'linux',
      '/home/a',
      {},
      { [list]: '# x\nXDG_DOCUMENTS_DIR="$HOME/Dokumente"\n', '/home/a/Dokumente': '' },
      '/home/a/Dokumente',
    ],
    [
      'with an absolute path',
      'linux',
      '/home/a',
      {},
      { [list]: 'XDG_DOCUMENTS_DIR="/srv/docs"', '/srv/docs': '' },
      '/srv/docs',
    ],
    [
      'with an escaped character',
      'linux',
      '/home/a',
      {},
      { [list]: 'XDG_DOCUMENTS_DIR="$HOME/my\\"docs"', '/home/a/my"docs': '' },
      '/home/a/my"docs',
    ],
    [
      'in another place of configuration',
      'linux',
      '/home/a',
      { XDG_CONFIG_HOME: '/c' },
      { '/c/user-dirs.dirs': 'XDG_DOCUMENTS_DIR="$HOME/D"', '/home/a/D': '' },
      '/home/a/D',
    ],
    [
      'where the desktop says there are none',
      'linux',
      '/home/a',
      {},
      { [list]: 'XDG_DOCUMENTS_DIR="$HOME/"', '/home/a/': '', '/home/a': '' },
      undefined,
    ],
    [
      'where the named folder is gone',
      'linux',
      '/home/a',
      {},
      { [list]: 'XDG_DOCUMENTS_DIR="$HOME/X"', '/home/a/Documents': '' },
      '/home/a/Documents',
    ],
    ['where nothing names them', 'linux', '/home/a', {}, { '/home/a/Documents': '' }, '/home/a/Documents'],
    ['where there are none', 'linux', '/root', {}, {}, undefined],
    ['on a Mac', 'darwin', '/Users/a', {}, { '/Users/a/Documents': '' }, '/Users/a/Documents'],
    ['on Windows', 'win32', 'C:\\Users\\a', {}, { 'C:\\Users\\a\\Documents': '' }, 'C:\\Users\\a\\Documents'],
    [
      'moved to the cloud',
      'win32',
      'C:\\Users\\a',
      { OneDrive: 'C:\\One' },
      { 'C:\\One\\Documents': '' },
      'C:\\One\\Documents',
    ],
  ])('%s', (_name, platform, home, env, files, expected) => {
    expect(documentsFolder(around(platform, home, env, files))).toBe(expected);
  });
});

describe('real folders', () => {
  let base = '';
  beforeEach(async () => {
    base = await realpath(await mkdtemp(join(tmpdir(), 'hepatica-folders-')));
    await mkdir(join(base, 'program', 'src'), { recursive: true });
  });
  afterEach(() => rm(base, { recursive: true, force: true }));
  const program = () => join(base, 'program');
  const choose = (
    asked: { library?: string; userData?: string },
    home = base,
    files: Record<string, string> = {},
  ) =>
    chooseFolders(
      { library: undefined, userData: join(base, 'user'), ...asked },
      program(),
      around('darwin', home, {}, files),
    );

  it.each([
    ['program', true],
    ['program/src/deep/er', true],
    ['program/..x', true],
    ['program-2', false],
    ['', false],
  ])('%s lies in the program: %s', (path, expected) => {
    expect(liesIn(join(base, path), program())).toBe(expected);
  });

  it.skipIf(process.platform === 'win32')('a link does not hide where a folder lies', async () => {
    await symlink(program(), join(base, 'link'));
    expect(liesIn(join(base, 'link', 'library'), program())).toBe(true);
    expect(() => choose({ library: join(base, 'link', 'library') })).toThrow('cannot lie inside');
  });

  it('refuses a library or settings inside the program, and says what to do', () => {
    expect(() => choose({ library: join(program(), 'library') })).toThrow(
      'Choose another folder with --library DIR.',
    );
    expect(() => choose({ userData: join(program(), 'user') })).toThrow(
      'Choose another folder with --user-data DIR.',
    );
  });

  it('takes what was asked for', () => {
    const asked = { library: join(base, 'a'), userData: join(base, 'b') };
    expect(choose(asked)).toEqual(asked);
  });

  it('puts the library into the documents, else beside the settings', () => {
    const documents = join(base, 'Documents');
    expect(choose({}, base, { [documents]: '' }).library).toBe(join(documents, 'Hepatica'));
    expect(choose({}).library).toBe(join(base, 'user', 'library'));
  });

  it('does not take the clone of the program in the documents for the library', async () => {
    const documents = join(base, 'Documents');
    await mkdir(join(documents, 'Hepatica'), { recursive: true });
    const { library } = chooseFolders(
      { library: undefined, userData: join(base, 'user') },
      join(documents, 'Hepatica'),
      around('darwin', base, {}, { [documents]: '' }),
    );
    expect(library).toBe(join(base, 'user', 'library'));
  });
});
