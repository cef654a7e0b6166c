import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog, shell } from 'electron';
import { composeServices } from '#core/compose';
import { loadAssets } from '#core/content/assets';
import { createContentHandler } from '#core/content/handler';
import { createLog, fileSink } from '#core/lib/log';
import { type Disposable, disposeAll } from '#shared/lib/disposable';
import { Emitter } from '#shared/lib/event';
import { languageFor } from '#shared/messages/catalogue';
import { createTranslator } from '#shared/messages/translator';
import { readArguments } from './arguments';
import type { AppContext, Module } from './context';
import { appProtocol, registerScheme } from './modules/app-protocol';
import { menu } from './modules/menu';
import { permissions } from './modules/permissions';
import { requests } from './modules/requests';
import { singleInstance } from './modules/single-instance';
import { webContents } from './modules/web-contents';
import { mainWindow } from './modules/window';
import { transport } from './transport';

/** The walls stand before the first page; the window comes last. */
const modules: readonly Module[] = [
  singleInstance,
  permissions,
  requests,
  webContents,
  appProtocol,
  transport,
  menu,
  mainWindow,
];

/** A path beside this file as it is built, in out/main. */
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const given = readArguments(process.argv);
if (given.userData !== undefined) app.setPath('userData', given.userData);
const userData = app.getPath('userData');
const log = createLog(fileSink(join(userData, 'log.txt')));
const onBug = (error: unknown): void => log.error('desktop', { error });

const commandChosen = new Emitter<{ command: string }>();

const systemLanguage = (): string => app.getPreferredSystemLanguages()[0] ?? app.getLocale();

const compose = () =>
  composeServices({
    libraryPath: given.library ?? join(app.getPath('documents'), 'Hepatica'),
    userData,
    resources: at('../../resources'),
    workers: { search: at('./search-worker.js'), import: at('./import-worker.js') },
    capabilities: {
      host: 'desktop',
      platform: process.platform,
      version: app.getVersion(),
      canShowFolder: true,
      canQuit: true,
      systemLanguage: systemLanguage(),
    },
    onDidChooseCommand: commandChosen.event,
    log,
    showFolder: async (path) => {
      const failure = await shell.openPath(path);
      if (failure !== '') throw new Error(failure);
    },
    quit: async () => app.quit(),
  });

/** Ends the app only when everything is on disk. Windows are closed by then, and have said their last word. */
const closeBeforeQuit = (running: Disposable, close: () => Promise<void>): void => {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    running.dispose();
    close()
      .catch(onBug)
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
};

const start = async (): Promise<void> => {
  await app.whenReady();
  const assets = await loadAssets(at('../renderer'));
  const { services, readingText, keptFile, uploads, close } = await compose();
  const context: AppContext = {
    services,
    handle: createContentHandler({ assets, readingText, keptFile, uploads, onBug }),
    onBug,
    chooseCommand: (command) => commandChosen.fire({ command }),
    systemLanguage: systemLanguage(),
    userData,
    preload: at('../preload/index.cjs'),
  };
  const started: Disposable[] = [];
  closeBeforeQuit({ dispose: () => disposeAll(started).dispose() }, close);
  for (const module of modules) started.push(await module(context));
};

registerScheme();
// Taken before anything is opened, and per user-data folder, so that a second start touches nothing.
if (app.requestSingleInstanceLock()) {
  // Not awaited at the top: Electron is ready only after this module has been evaluated.
  start().catch((error: unknown) => {
    onBug(error);
    const t = createTranslator(languageFor('system', systemLanguage()));
    dialog.showErrorBox(t('desktop.startFailed'), error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
} else app.quit();
