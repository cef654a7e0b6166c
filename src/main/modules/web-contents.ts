import { app, shell, type WebContents } from 'electron';
import { toDisposable } from '#shared/lib/disposable';
import { contentsProblems } from '../checklist';
import type { Module } from '../context';
import { externalUrl, mayNavigate } from '../policies';

/** Electron has this method, but no type for it; without it the preferences that were asked for must do. */
const effectivePreferences = (contents: WebContents): Readonly<Record<string, unknown>> | undefined => {
  const method: unknown = Reflect.get(contents, 'getLastWebPreferences');
  const preferences: unknown = typeof method === 'function' ? Reflect.apply(method, contents, []) : undefined;
  return typeof preferences === 'object' && preferences !== null ? { ...preferences } : undefined;
};

/** Items 12, 13 and 14: no webview, no way out of the app, no further window. */
const confine = (contents: WebContents, onBug: (error: unknown) => void): void => {
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url, true)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    // Item 15. The page has shown the reader where a link leads before it opens one.
    const external = externalUrl(url);
    if (external !== undefined) shell.openExternal(external).catch(onBug);
    return { action: 'deny' };
  });
};

/**
 * Every web contents is looked at when it comes into being, and again when its preferences have taken effect; one
 * that is not as it must be is closed (S13).
 */
export const webContents: Module = ({ onBug }) => {
  const inspect = (contents: WebContents): void => {
    const problems = contentsProblems(contents.getType(), effectivePreferences(contents));
    if (problems.length === 0) return;
    onBug(new Error(`closed web contents that are not as they must be: ${problems.join('; ')}`));
    contents.close();
  };
  const created = (_event: unknown, contents: WebContents): void => {
    confine(contents, onBug);
    inspect(contents);
    contents.on('dom-ready', () => inspect(contents));
  };
  app.on('web-contents-created', created);
  return toDisposable(() => app.off('web-contents-created', created));
};
