import { APP_ORIGIN } from '#shared/rpc/channel';

const parse = (url: string): URL | undefined => {
  try {
    return new URL(url);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};

/** `origin` of a URL is `null` for a scheme that the URL standard does not know, so its parts are compared. */
const isAppUrl = (url: string): boolean => {
  const parsed = parse(url);
  if (parsed === undefined || parsed.username !== '' || parsed.password !== '') return false;
  return `${parsed.protocol}//${parsed.host}` === APP_ORIGIN;
};

/** The origin of a frame as Electron gives it, exactly. */
export const isAppOrigin = (origin: string): boolean => origin === APP_ORIGIN;

/** Item 13: a window stays in the app; a frame in it shows what the page wrote into it, and nothing by address. */
export const mayNavigate = (url: string, isMainFrame: boolean): boolean =>
  isMainFrame ? isAppUrl(url) : url === 'about:srcdoc' || url === 'about:blank';

const EXTERNAL_SCHEMES = ['https:', 'http:', 'mailto:'];

/** Item 15: the address to hand to the system, in its parsed form, or undefined when it is not for opening. */
export const externalUrl = (url: string): string | undefined => {
  const parsed = parse(url);
  if (parsed === undefined || !EXTERNAL_SCHEMES.includes(parsed.protocol)) return undefined;
  // What a name in front of the host hides, and what the parser quietly mends, is not what the reader saw.
  if (parsed.username !== '' || parsed.password !== '' || /[\s\p{Cc}\\]/u.test(url)) return undefined;
  return parsed.href;
};

/** What the buttons for paste and copy need. Electron grants everything when nobody asks. */
const GRANTED = ['clipboard-read', 'clipboard-sanitized-write'];

/** Item 5: whether whoever asks, known by address, gets a permission. */
export const mayUse = (permission: string, requestingUrl: string, isMainFrame: boolean): boolean =>
  isMainFrame && isAppUrl(requestingUrl) && GRANTED.includes(permission);

/** Item 1 and the rule that nothing leaves the machine unasked: what the page's session may load. */
export const mayRequest = (url: string): boolean => {
  const scheme = parse(url)?.protocol;
  return isAppUrl(url) || scheme === 'blob:' || scheme === 'data:' || scheme === 'devtools:';
};

/** Items 2, 3, 4, 6, 8, 9, 10, 11 of the checklist, and no dictionary download. */
export const webPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
} as const;

/** Of the scheme of the app: what the page needs, and none that weakens it. */
export const schemePrivileges = {
  standard: true,
  secure: true,
  supportFetchAPI: true,
  stream: true,
  bypassCSP: false,
  corsEnabled: false,
  allowServiceWorkers: false,
} as const;
