import { app, BrowserWindow, Menu } from 'electron';
import { disposeAll, toDisposable } from '#shared/lib/disposable';
import { languageFor } from '#shared/messages/catalogue';
import { createTranslator } from '#shared/messages/translator';
import type { Settings } from '#shared/model/settings';
import type { Module } from '../context';
import { menuTemplate } from '../menu-template';

/** The application menu, in the reader's language; built again when that changes. */
export const menu: Module = async ({ services, chooseCommand, systemLanguage, onBug }) => {
  const build = ({ language }: Pick<Settings, 'language'>): void => {
    const template = menuTemplate({
      platform: process.platform,
      t: createTranslator(languageFor(language, systemLanguage)),
      run: chooseCommand,
      editText(id) {
        const contents = BrowserWindow.getFocusedWindow()?.webContents;
        if (id === 'undo') contents?.undo();
        else contents?.redo();
      },
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  const rebuild = async (): Promise<void> => {
    build(await services.settings.get({}, { signal: new AbortController().signal }));
  };
  app.setAboutPanelOptions({ applicationName: 'Hepatica', applicationVersion: app.getVersion() });
  build({ language: 'system' });
  const changes = services.settings.didChange(build);
  // The settings lie in the library, which may be opened later than this.
  const openings = services.app.didChangeStatus(() => void rebuild().catch(onBug));
  await rebuild();
  return disposeAll([changes, openings, toDisposable(() => Menu.setApplicationMenu(null))]);
};
