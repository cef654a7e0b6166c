import { join } from 'node:path';
import type { HistoryOutcome, HistoryState } from '#shared/contract/app';
import { disposeAll } from '#shared/lib/disposable';
import { Emitter } from '#shared/lib/event';
import { err, ok, type Result } from '#shared/lib/result';
import { AnnotationIndex } from '../annotations/by-article';
import { createAnnotations } from '../annotations/service';
import { backupBeforeMigration } from '../backups/before-migration';
import { SessionBackups } from '../backups/session-backups';
import type { UploadStore } from '../content/uploads';
import { createReadThread } from '../import/read-thread';
import { createImporting } from '../import/service';
import type { Log } from '../lib/log';
import { createLibrary } from '../library/service';
import { createQuarantine } from '../quarantine/service';
import { createReader } from '../reader/service';
import { createReadingList } from '../reading-list/service';
import { createSearch } from '../search/service';
import { createSettings } from '../settings/service';
import { History, type Outcome } from '../storage/history';
import { type OpenedLibrary, openLibrary } from '../storage/open';
import type { DocumentStore, OpenFailure } from '../storage/types';
import { type CopyWatch, watchCopies } from './copy-watch';
import type { OpenAs, Session, SessionHistory } from './lifecycle';

export interface SessionOptions {
  readonly libraryPath: string;
  readonly userData: string;
  /** Holds `sample/`, which a new library begins with. */
  readonly resources: string;
  /** The built scripts of the threads. */
  readonly workers: { readonly search: string | URL; readonly import: string | URL };
  readonly uploads: UploadStore;
  readonly log: Log;
}

/** Opens the library and builds all services over it; a new library gets the sample article. */
export const openSession = async (
  options: SessionOptions,
  as: OpenAs,
): Promise<Result<Session, OpenFailure>> => {
  const { libraryPath, userData, resources, log } = options;
  const opened = await openLibrary({
    path: libraryPath,
    userData,
    create: as === 'create',
    mode: as === 'read-only' ? 'read-only' : 'read-write',
    takeOver: as === 'take-over',
    beforeMigration: backupBeforeMigration({ path: libraryPath, userData }),
  });
  if (!opened.ok) return err(opened.error);
  const copies = await watchCopies(opened.value.mergeCopies, log);
  const { session, seed } = buildSession(opened.value, copies, options);
  if (opened.value.created) {
    try {
      await seed(join(resources, 'sample'));
    } catch (error) {
      // A library without the sample is as good as one from which it was deleted.
      log.error('the sample article could not be added', { error });
    }
  }
  return ok(session);
};

const buildSession = (
  { store, blobs, quarantine, acceptMissing }: OpenedLibrary,
  copies: CopyWatch,
  { libraryPath, userData, workers, uploads, log }: SessionOptions,
): { session: Session; seed: (folder: string) => Promise<void> } => {
  const history = createHistory(store);
  const index = new AnnotationIndex(store);
  const annotationCount = (id: Parameters<AnnotationIndex['countOf']>[0]): number => index.countOf(id);
  const library = createLibrary({ store, annotationCount });
  const settings = createSettings(store);
  const annotations = createAnnotations({ store, index });
  const reader = createReader({ store, blobs, annotationCount });
  const importing = createImporting({
    store,
    blobs,
    uploads,
    reader: createReadThread(workers.import),
    annotationCount,
    log,
  });
  const search = createSearch({ store, blobs, annotationCount, worker: workers.search, log });
  const backups = new SessionBackups({ store, blobs, acceptMissing, path: libraryPath, userData, log });
  const all = disposeAll([history, index, library, settings, annotations, search]);
  const session: Session = {
    store,
    history,
    copies,
    backups,
    services: {
      library: library.service,
      readingList: createReadingList({ store, annotationCount }),
      settings: settings.service,
      annotations: annotations.service,
      reader: reader.service,
      importing: importing.service,
      search: search.service,
      quarantine: createQuarantine({ store, quarantine }),
    },
    keptFile: (name) => quarantine.read(name),
    readingText: reader.readingText,
    close: async () => {
      await importing.dispose();
      all.dispose();
      await copies.stop();
      await backups.stop();
      await store.close();
    },
  };
  return { session, seed: (folder) => importing.seed(folder) };
};

const outcomeOf = ({ label, conflicts }: Outcome): HistoryOutcome => ({ label, conflicts: conflicts.length });

const createHistory = (store: DocumentStore): SessionHistory & { dispose(): void } => {
  const history = new History(store);
  const changed = new Emitter<HistoryState>();
  const state = (): HistoryState => ({
    ...(history.undoLabel === undefined ? {} : { undo: history.undoLabel }),
    ...(history.redoLabel === undefined ? {} : { redo: history.redoLabel }),
  });
  const listening = history.onDidChange(() => changed.fire(state()));
  return {
    get state() {
      return state();
    },
    onDidChange: changed.event,
    undo: async () => outcomeOf(await history.undo()),
    redo: async () => outcomeOf(await history.redo()),
    dispose: disposeAll([history, listening]).dispose,
  };
};
