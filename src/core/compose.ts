import { join } from 'node:path';
import type { Capabilities } from '#shared/contract/app';
import { hepatica, type Services } from '#shared/contract/hepatica';
import { disposeAll } from '#shared/lib/disposable';
import type { Event } from '#shared/lib/event';
import { defaultSettings } from '#shared/model/settings';
import { type Delegated, delegate } from './app/delegate';
import { Lifecycle } from './app/lifecycle';
import { createApp } from './app/service';
import { openSession } from './app/session';
import { createBackups } from './backups/service';
import { createCheck } from './check/service';
import { createUploadStore, type UploadStore } from './content/uploads';
import { createLog, fileSink, type Log } from './lib/log';

export interface ComposeOptions {
  readonly libraryPath: string;
  /** This machine's own folder for the app, outside the library. */
  readonly userData: string;
  /** The repository's or the package's `resources/`. */
  readonly resources: string;
  /** The built scripts of the threads. */
  readonly workers: { readonly search: string | URL; readonly import: string | URL };
  readonly capabilities: Capabilities;
  readonly onDidChooseCommand: Event<{ command: string }>;
  /** Opens a folder in the file manager; absent where the host cannot. */
  readonly showFolder?: (path: string) => Promise<void>;
  /** Ends the app; absent where the host cannot. */
  readonly quit?: () => Promise<void>;
  /** Else a file in `userData`. */
  readonly log?: Log;
}

export interface Composed {
  readonly services: Services;
  /** The HTML of one document of an article, for the content route; undefined when there is none. */
  readonly readingText: (articleId: string, documentId: string) => Promise<string | undefined>;
  /** The bytes of a file in the quarantine, for the content route; undefined when there is none of that name. */
  readonly keptFile: (name: string) => Promise<Uint8Array | undefined>;
  readonly uploads: UploadStore;
  /** Puts everything on disk and lets the library go. Rejects with `not-saved` where the disk does not let it. */
  readonly close: () => Promise<void>;
}

/**
 * All services of the app over one library folder. Answers at once: the library is opened behind it, `app.status`
 * says how that went, and until it is open every other service fails with `library-closed` (settings answer with
 * the defaults).
 */
export const composeServices = async (options: ComposeOptions): Promise<Composed> => {
  const { libraryPath, userData, log = createLog(fileSink(join(options.userData, 'log.txt'))) } = options;
  const uploads = await createUploadStore();
  const lifecycle = new Lifecycle({
    path: libraryPath,
    log,
    openSession: (as) => {
      const { resources, workers } = options;
      return openSession({ libraryPath, userData, resources, workers, uploads, log }, as);
    },
  });
  const services = createServices(options, lifecycle);
  // The status tells how it went; `open` rejects for bugs only, which it has logged.
  void lifecycle.open('read-write').catch(() => undefined);
  return {
    services,
    readingText: async (articleId, documentId) => lifecycle.find()?.readingText(articleId, documentId),
    keptFile: async (name) => lifecycle.find()?.keptFile(name),
    uploads,
    close: async () => {
      try {
        await lifecycle.close();
      } finally {
        await uploads.dispose();
      }
    },
  };
};

const createServices = (options: ComposeOptions, lifecycle: Lifecycle): Services => {
  const { capabilities, onDidChooseCommand, showFolder, quit } = options;
  const working = <Name extends Exclude<keyof Services, 'app' | 'check' | 'backups'>>(
    name: Name,
  ): Delegated<(typeof hepatica)[Name]> => delegate(hepatica[name], () => lifecycle.session().services[name]);
  const delegates = {
    library: working('library'),
    reader: working('reader'),
    annotations: working('annotations'),
    readingList: working('readingList'),
    search: working('search'),
    importing: working('importing'),
    settings: working('settings'),
    quarantine: working('quarantine'),
  };
  const backups = createBackups({ path: options.libraryPath, userData: options.userData, lifecycle });
  let following = disposeAll([]);
  lifecycle.onDidOpen((session) => {
    const { services } = session;
    following.dispose();
    following = disposeAll([
      delegates.library.follow(services.library),
      delegates.annotations.follow(services.annotations),
      delegates.search.follow(services.search),
      delegates.settings.follow(services.settings),
      backups.follow(session),
    ]);
  });
  const settings: Services['settings'] = {
    ...delegates.settings.service,
    get: async (input, context) => {
      if (lifecycle.find() === undefined) return defaultSettings;
      return delegates.settings.service.get(input, context);
    },
  };
  return {
    app: createApp({
      capabilities,
      lifecycle,
      onDidChooseCommand,
      ...(showFolder === undefined ? {} : { showFolder }),
      ...(quit === undefined ? {} : { quit }),
    }),
    library: delegates.library.service,
    reader: delegates.reader.service,
    annotations: delegates.annotations.service,
    readingList: delegates.readingList.service,
    search: delegates.search.service,
    importing: delegates.importing.service,
    quarantine: delegates.quarantine.service,
    settings,
    check: createCheck({ path: options.libraryPath, userData: options.userData, lifecycle }),
    backups: backups.service,
  };
};
