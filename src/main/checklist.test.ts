import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { securityHeaders } from '#core/content/headers';
import { contentsProblems, preferenceProblems } from './checklist';
import { schemePrivileges, webPreferences } from './policies';

const root = join(import.meta.dirname, '..', '..');

const sourcesIn = (folder: string): { path: string; text: string }[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: path.slice(root.length + 1).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') };
    });

const sources = sourcesIn('src');
const using = (pattern: RegExp, folder = 'src/'): string[] =>
  sources.filter(({ path, text }) => path.startsWith(folder) && pattern.test(text)).map(({ path }) => path);
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

const policy = securityHeaders({ policy: 'page', cache: 'none' })['Content-Security-Policy'] ?? '';

/**
 * Electron's security checklist, item by item (electronjs.org/docs/latest/tutorial/security). What can only be
 * seen at run time is asserted there by modules/web-contents.ts; here it is seen that nothing gets around it.
 */
const checklist: readonly [string, () => void][] = [
  ['1 only secure content', () => expect(text('src/main/modules/requests.ts')).toContain('mayRequest(url)')],
  [
    '2 no Node in pages',
    () =>
      expect(webPreferences).toMatchObject({
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
      }),
  ],
  ['3 context isolation', () => expect(webPreferences.contextIsolation).toBe(true)],
  [
    '4 sandbox',
    () => {
      expect(webPreferences.sandbox).toBe(true);
      expect(using(/no-sandbox|appendSwitch/)).toEqual([]);
    },
  ],
  [
    '5 permissions',
    () => {
      expect(text('src/main/modules/permissions.ts')).toMatch(/setPermissionRequestHandler\(/);
      expect(text('src/main/modules/permissions.ts')).toMatch(/setPermissionCheckHandler\(/);
      expect(using(/PermissionRequestHandler\(null|PermissionCheckHandler\(null/)).toEqual([]);
    },
  ],
  [
    '6 web security',
    () => {
      expect(webPreferences.webSecurity).toBe(true);
      expect(using(/webSecurity: false/)).toEqual([]);
    },
  ],
  [
    '7 content security policy',
    () => {
      const directives = new Map(policy.split('; ').map((each) => [each.split(' ')[0], each]));
      expect(directives.get('default-src')).toBe("default-src 'none'");
      expect(directives.get('script-src')).toBe("script-src 'self'");
      expect(directives.get('style-src')).toBe("style-src 'self'");
      for (const name of ['object-src', 'base-uri', 'form-action', 'frame-ancestors']) {
        expect(directives.get(name)).toBe(`${name} 'none'`);
      }
      expect(schemePrivileges.bypassCSP).toBe(false);
    },
  ],
  ['8 no insecure content', () => expect(webPreferences.allowRunningInsecureContent).toBe(false)],
  ['9 no experimental features', () => expect(webPreferences.experimentalFeatures).toBe(false)],
  ['10 no Blink features', () => expect(using(/enableBlinkFeatures:/)).toEqual([])],
  ['11 no popups of webviews', () => expect(using(/<webview|allowpopups/i)).toEqual([])],
  [
    '12 no webviews at all',
    () => {
      expect(webPreferences.webviewTag).toBe(false);
      expect(text('src/main/modules/web-contents.ts')).toMatch(
        /'will-attach-webview', \(event\) => event\.prevent/,
      );
    },
  ],
  [
    '13 navigation',
    () => {
      for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
        expect(text('src/main/modules/web-contents.ts')).toContain(`'${name}'`);
      }
      expect(using(/startsWith\(['"`](app|http)/, 'src/main/')).toEqual([]);
    },
  ],
  ['14 new windows', () => expect(text('src/main/modules/web-contents.ts')).toContain("{ action: 'deny' }")],
  [
    '15 links to the outside',
    () => expect(using(/openExternal\(/)).toEqual(['src/main/modules/web-contents.ts']),
  ],
  [
    '16 a current Electron',
    () => {
      const { devDependencies } = JSON.parse(text('package.json')) as {
        devDependencies: { electron: string };
      };
      expect(Number(/^(\d+)\.\d+\.\d+$/.exec(devDependencies.electron)?.[1])).toBeGreaterThanOrEqual(45);
    },
  ],
  [
    '17 senders of messages',
    () => {
      expect(using(/\bipcMain\b/)).toEqual(['src/main/transport.ts']);
      expect(using(/\bipcRenderer\b/)).toEqual(['src/preload/index.ts']);
    },
  ],
  [
    '18 an own protocol',
    () => {
      expect(using(/loadFile\(|file:\/\//)).toEqual([]);
      expect(using(/loadURL\(/)).toEqual(['src/main/modules/window.ts']);
    },
  ],
  [
    '19 fuses',
    () => {
      // They are set and read when the app is packaged; until then nothing may rely on what they switch off.
      expect(using(/ELECTRON_RUN_AS_NODE|child_process/, 'src/main/')).toEqual([]);
    },
  ],
  [
    '20 nothing of Electron in the page',
    () => {
      const exposed = text('src/preload/index.ts').match(/exposeInMainWorld\([\s\S]*?\n\}\);/g);
      expect(exposed).toHaveLength(1);
      expect(exposed?.[0]).not.toMatch(/ipcRenderer|webUtils(?!\.getPathForFile)/);
      expect(using(/from 'electron'/).filter((path) => !/^src\/(main|preload)\//.test(path))).toEqual([]);
    },
  ],
];

describe('the security checklist', () => {
  it('has 20 items', () => expect(checklist).toHaveLength(20));
  it.each(checklist)('%s', (_name, check) => check());
});

describe('a page as it really came to be', () => {
  it('is right with what is asked for', () =>
    expect(contentsProblems('window', { ...webPreferences })).toEqual([]));

  it.each(Object.entries(webPreferences))('is wrong when %s is not %s', (name, wanted) => {
    expect(preferenceProblems({ ...webPreferences, [name]: !wanted })).toEqual([`${name} is not ${wanted}`]);
  });

  it('is wrong with Blink features, and right with what Electron does not tell', () => {
    expect(preferenceProblems({ ...webPreferences, enableBlinkFeatures: 'X' })).toHaveLength(1);
    expect(preferenceProblems({ sandbox: true, enableBlinkFeatures: '' })).toEqual([]);
  });

  it.each(['webview', 'browserView', 'backgroundPage', 'offscreen'])('may not be a %s', (kind) =>
    expect(contentsProblems(kind, { ...webPreferences })).toHaveLength(1),
  );
  it('may be the developer tools', () => expect(contentsProblems('remote', {})).toEqual([]));
});
