import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { disposeAll, toDisposable } from '#shared/lib/disposable';
import { APP_ORIGIN } from '#shared/rpc/channel';
import { loadWindowState, placeWindow, saveWindowState } from '../bounds';
import type { AppContext, Module } from '../context';
import { webPreferences } from '../policies';

const openWindow = async ({ userData, preload, onBug }: AppContext): Promise<void> => {
  const file = join(userData, 'window.json');
  const saved = await loadWindowState(file);
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const window = new BrowserWindow({
    ...placeWindow(
      saved,
      [primary, ...others].map(({ workArea }) => workArea),
    ),
    minWidth: 480,
    minHeight: 400,
    show: false,
    title: 'Hepatica',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#17171b' : '#faf9f7',
    webPreferences: { ...webPreferences, preload },
  });
  if (saved?.isMaximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  // Remembered while the window still has bounds, and written before the app can end.
  window.on('close', () => {
    saveWindowState(file, { ...window.getNormalBounds(), isMaximized: window.isMaximized() }).catch(onBug);
  });
  await window.loadURL(`${APP_ORIGIN}/`);
};

/** The one window; on macOS the app outlives it and opens it again. */
export const mainWindow: Module = async (context) => {
  const activate = (): void => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(context).catch(context.onBug);
  };
  const allClosed = (): void => {
    if (process.platform !== 'darwin') app.quit();
  };
  app.on('activate', activate);
  app.on('window-all-closed', allClosed);
  await openWindow(context);
  return disposeAll([
    toDisposable(() => app.off('activate', activate)),
    toDisposable(() => app.off('window-all-closed', allClosed)),
  ]);
};
