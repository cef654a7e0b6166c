import { describe, expect, it } from 'vitest';
import { browserFolders, launchPage } from './app-window.mjs';
import { findChromium, hasDisplay } from './chromium.mjs';

const find = (platform: NodeJS.Platform, env: Record<string, string>, ...files: string[]) =>
  findChromium({ platform, env, home: '/home/a', exists: (path) => files.includes(path) });

describe('an installed browser', () => {
  it.each<[string, NodeJS.Platform, Record<string, string>, string[], string | undefined]>([
    ['on the path', 'linux', { PATH: '/x:/y' }, ['/y/chromium'], '/y/chromium'],
    ['in a usual place, off the path', 'linux', {}, ['/usr/bin/google-chrome'], '/usr/bin/google-chrome'],
    [
      'Chrome before a snap of Chromium',
      'linux',
      { PATH: '/usr/bin' },
      ['/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
      '/usr/bin/google-chrome',
    ],
    ['Edge', 'linux', { PATH: '' }, ['/usr/bin/microsoft-edge'], '/usr/bin/microsoft-edge'],
    ['none', 'linux', { PATH: '/x' }, [], undefined],
    ['the one that is named', 'linux', { CHROMIUM_PATH: '/my', PATH: '/x' }, ['/x/chromium', '/my'], '/my'],
    [
      'the one that the test run chose',
      'linux',
      { CHROMIUM_PATH: '/my', HEPATICA_CHROMIUM: '/its' },
      ['/its', '/my'],
      '/its',
    ],
    [
      'another where the named one is missing',
      'linux',
      { CHROMIUM_PATH: '/my', PATH: '/x' },
      ['/x/chromium'],
      '/x/chromium',
    ],
    [
      'on a Mac',
      'darwin',
      {},
      ['/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    [
      'of one user of a Mac',
      'darwin',
      {},
      ['/home/a/Applications/Chromium.app/Contents/MacOS/Chromium'],
      '/home/a/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    [
      'on Windows',
      'win32',
      { 'ProgramFiles(x86)': 'C:\\P' },
      ['C:\\P\\Microsoft\\Edge\\Application\\msedge.exe'],
      'C:\\P\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
    [
      'of one user of Windows',
      'win32',
      { ProgramFiles: 'C:\\P', LOCALAPPDATA: 'C:\\L' },
      ['C:\\L\\Google\\Chrome\\Application\\chrome.exe'],
      'C:\\L\\Google\\Chrome\\Application\\chrome.exe',
    ],
  ])('%s', (_name, platform, env, files, expected) => expect(find(platform, env, ...files)).toBe(expected));
});

it.each<[NodeJS.Platform, Record<string, string>, boolean]>([
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
])('%s with %j has a display: %s', (platform, env, expected) =>
  expect(hasDisplay({ platform, env })).toBe(expected),
);

describe('the window', () => {
  it('is sent on by a page that cannot be broken out of', () => {
    expect(launchPage('http://127.0.0.1:1/launch?token=a-b_c')).toContain(
      'content="0;url=http://127.0.0.1:1/launch?token=a-b_c"',
    );
    expect(launchPage('x"><script>&')).toContain('url=x&quot;><script>&amp;"');
  });

  it.each([
    ['/usr/bin/chromium', '/user/browser'],
    ['/snap/bin/chromium', '/home/a/snap/chromium/common/hepatica/browser'],
    ['/usr/bin/chromium-browser', '/home/a/snap/chromium/common/hepatica/browser'],
  ])('of %s has its profile where that browser may write', (browser, profile) => {
    expect(browserFolders(browser, '/user', '/home/a').profile.replaceAll('\\', '/')).toBe(profile);
  });
});
