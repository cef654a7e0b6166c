import { describe, expect, it } from 'vitest';
import { externalUrl, isAppOrigin, mayNavigate, mayRequest, mayUse } from './policies';

const notTheApp = [
  '',
  'app:',
  'app:hepatica',
  'app://',
  'app://hepatica.evil/',
  'app://hepatica@evil/',
  'app://user:x@hepatica/',
  'app://hepatica:1/',
  'app://evil/hepatica',
  'app://hepaticaevil/',
  ' https://evil.example',
  'https://hepatica/',
  'http://127.0.0.1/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:app://hepatica/x',
  'about:blank',
  'chrome://gpu',
  'view-source:app://hepatica/',
];

describe('navigation (item 13)', () => {
  it.each(['app://hepatica/', 'app://hepatica/?a=b#c', 'app://hepatica'])('keeps %s', (url) => {
    expect(mayNavigate(url, true)).toBe(true);
    expect(mayNavigate(url, false)).toBe(false);
  });
  it.each(notTheApp)('denies %j to the window', (url) => expect(mayNavigate(url, true)).toBe(false));
  it.each(notTheApp.filter((url) => url !== 'about:blank'))('denies %j to a frame', (url) =>
    expect(mayNavigate(url, false)).toBe(false),
  );
  it('lets the reading frame show what the page writes into it', () => {
    expect(mayNavigate('about:srcdoc', false)).toBe(true);
    expect(mayNavigate('about:srcdoc', true)).toBe(false);
  });
});

const badLinks = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript&colon;alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>',
  'blob:https://a.example/x',
  'file:///etc/passwd',
  'file://server/share',
  '\\\\server\\share',
  '//evil.example/x',
  'smb://server/share',
  'ftp://a.example/x',
  'sftp://a.example/x',
  'ssh://a.example',
  'telnet://a.example',
  'ms-msdt:/id PCWDiagnostic',
  'ms-officecmd:{}',
  'ms-word:ofe|u|https://a.example/x.docx',
  'search-ms:query=x',
  'search:query=x',
  'shell:startup',
  'steam://run/1',
  'vscode://file/etc',
  'slack://open',
  'zoommtg://a',
  'tel:+1',
  'sms:+1',
  'facetime:x',
  'x-apple.systempreferences:',
  'jar:https://a.example!/x',
  'view-source:https://a.example',
  'about:blank',
  'chrome://settings',
  'devtools://devtools',
  'app://hepatica/',
  'ws://a.example',
  'intent://a#Intent;end',
  'res://ieframe.dll',
  'https:',
  'https://',
  'https://doi.org@evil.example/',
  'https://user:pass@evil.example/',
  'https://doi.org\\@evil.example/',
  'https://doi.org/\u0000',
  'ht\ttps://doi.org/',
  'https://doi.org/a b',
  'mailto',
  'relative/path',
  '',
];

describe('links to the outside (item 15)', () => {
  it('has more than 40 that are bad', () => expect(badLinks.length).toBeGreaterThan(40));
  it.each(badLinks)('opens nothing for %j', (url) => expect(externalUrl(url)).toBeUndefined());
  it.each([
    ['https://doi.org/10.12449/JCH250301', 'https://doi.org/10.12449/JCH250301'],
    ['HTTP://Example.ORG', 'http://example.org/'],
    ['https://例子.example/肝', 'https://xn--fsqu00a.example/%E8%82%9D'],
    ['mailto:editor@example.org?subject=x', 'mailto:editor@example.org?subject=x'],
  ])('opens %s as %s', (url, opened) => expect(externalUrl(url)).toBe(opened));
});

const permissions = [
  'media',
  'geolocation',
  'notifications',
  'midi',
  'midiSysex',
  'pointerLock',
  'fullscreen',
  'openExternal',
  'display-capture',
  'mediaKeySystem',
  'idle-detection',
  'storage-access',
  'top-level-storage-access',
  'window-management',
  'speaker-selection',
  'fileSystem',
  'hid',
  'serial',
  'usb',
  'local-network-access',
  'deprecated-sync-clipboard-read',
  'unknown',
  '__proto__',
  '',
];

describe('permissions (item 5)', () => {
  it.each(permissions)('never grants %j', (name) => expect(mayUse(name, 'app://hepatica', true)).toBe(false));
  it.each(['clipboard-read', 'clipboard-sanitized-write'])('grants %s to the page alone', (name) => {
    expect(mayUse(name, 'app://hepatica', true)).toBe(true);
    expect(mayUse(name, 'app://hepatica/', true)).toBe(true);
    expect(mayUse(name, 'app://hepatica', false)).toBe(false);
    for (const origin of [
      '',
      'null',
      'https://evil.example',
      'app://hepatica.evil',
      'blob:app://hepatica/1',
    ]) {
      expect(mayUse(name, origin, true)).toBe(false);
    }
  });
});

describe('requests (item 1)', () => {
  it.each([
    'app://hepatica/assets/a.js',
    'blob:app://hepatica/1',
    'data:image/png;base64,',
    'devtools://devtools/x',
  ])('lets %s through', (url) => expect(mayRequest(url)).toBe(true));
  it.each([
    'https://example.org/',
    'http://127.0.0.1/',
    'ws://127.0.0.1/',
    'wss://example.org/',
    'file:///etc/passwd',
    'ftp://example.org/',
    'app://evil/',
    'chrome-extension://abc/x',
    'not a url',
  ])('cancels %s', (url) => expect(mayRequest(url)).toBe(false));
});

describe('isAppOrigin', () => {
  it.each(['app://hepatica/', 'App://hepatica', 'app://hepatica:1', 'null', '', 'app://'])(
    'is not %j',
    (origin) => expect(isAppOrigin(origin)).toBe(false),
  );
});
