import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Lifecycle, type Session } from '#core/app/lifecycle';
import { createBackups } from '#core/backups/service';
import { SessionBackups } from '#core/backups/session-backups';
import { createLog } from '#core/lib/log';
import { type FileSystem, nodeFileSystem } from '#core/storage/fs-port';
import { History } from '#core/storage/history';
import { openLibrary } from '#core/storage/open';
import { fileOf } from '#core/storage/shard-set';
import type { BlobStore, DocumentStore, Write } from '#core/storage/types';
import type { Services } from '#shared/contract/hepatica';
import { Emitter } from '#shared/lib/event';
import { ok } from '#shared/lib/result';
import type { Collection } from '#shared/model/collection';
import { context } from './call-context';
import { annotationWrite, articleWrite, placesIn, write } from './storage-fixtures';

export const log = createLog(() => {});
export const noReport = () => {};
/** The tests step through a history of their own. */
const noSteps = () => Promise.reject(new Error('there is no history here'));
export const WHOLE_DAY = 86_400_000;

export interface App {
  readonly backups: Services['backups'];
  readonly lifecycle: Lifecycle;
  readonly store: () => DocumentStore;
  readonly blobs: () => BlobStore;
  readonly history: () => History;
  close(): Promise<void>;
}

/** An open library with its backups, and none of the other services, which do not touch them. */
export const start = async (base: string, fs: FileSystem = nodeFileSystem): Promise<App> => {
  const { path, userData } = placesIn(base);
  const now = () => new Date(Date.now() + ticks++);
  let blobs: BlobStore;
  let history: History;
  let ticks = 0;
  const lifecycle = new Lifecycle({
    path,
    log,
    openSession: async () => {
      const result = await openLibrary({ path, userData, create: false, mode: 'read-write', fs });
      if (!result.ok) return result;
      const { store, acceptMissing } = result.value;
      ({ blobs } = result.value);
      history = new History(store);
      const backups = new SessionBackups({
        store,
        blobs,
        acceptMissing,
        path,
        userData,
        log,
        fs,
        now,
        delay: WHOLE_DAY,
      });
      return ok({
        store,
        backups,
        history: { state: {}, onDidChange: new Emitter<object>().event, undo: noSteps, redo: noSteps },
        copies: { merged: [], onDidMerge: new Emitter<void>().event },
        close: async () => {
          await backups.stop();
          await store.close();
        },
      } as Partial<Session> as Session);
    },
  });
  const { service } = createBackups({ path, userData, lifecycle, fs, now });
  await lifecycle.open('read-write');
  return {
    backups: service,
    lifecycle,
    store: () => lifecycle.session().store,
    blobs: () => blobs,
    history: () => history,
    close: () => lifecycle.close(),
  };
};

const TABLES = ['articles', 'annotations', 'collections', 'settings'] as const;
export type State = Record<string, { readonly value: unknown; readonly trashed: boolean }>;

/** Every record that is not deleted, as the reader would find it. */
export const stateOf = (store: DocumentStore): State =>
  Object.fromEntries(
    TABLES.flatMap((table) =>
      [...store.all(table)]
        .filter(({ value }) => value !== null)
        .map(
          ({ id, value, deletedAt }) =>
            [`${table} ${id}`, { value, trashed: deletedAt !== undefined }] as const,
        ),
    ).sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Without the Trash: what was deleted, and a restore brought back, goes there at the next one. */
export const liveIn = (state: State): State =>
  Object.fromEntries(Object.entries(state).filter(([, { trashed }]) => !trashed));

const collection = (id: string, name: string): Write => ({
  table: 'collections',
  id: id as Collection['id'],
  value: { id, name, order: 'a0' } as Collection,
});

export const TEXT = Buffer.from('<p>Few cells reach the liver.</p>');

export interface Prepared {
  readonly base: string;
  readonly path: string;
  /** What the backup holds. */
  readonly state: State;
  readonly name: string;
  readonly document: string;
  readonly shard: string;
}

/** A closed library with a backup in both places, and one article that came later. */
export const prepare = async (base: string): Promise<Prepared> => {
  const { path } = placesIn(base);
  const app = await start(base);
  const articles = Array.from({ length: 8 }, (_, index) => articleWrite(`article ${index}`));
  const notes = Array.from({ length: 5 }, (_, index) => annotationWrite(`note ${index}`));
  await write(app.store(), ...articles, ...notes, collection('Shelf00000000001', 'Liver'));
  await write(app.store(), { ...articles[6]!, trash: true }, { ...notes[4]!, value: null } as Write);
  const document = await app.blobs().put('documents', 'html', TEXT);
  const state = stateOf(app.store());
  const { name, places } = await app.backups.take({}, noReport, context);
  expect(places).toEqual(['library', 'outside']);
  await write(app.store(), articleWrite('came later', 'aaaaaaaaaaaaaaaa'));
  await app.close();
  return {
    base,
    path,
    state,
    name,
    document: `documents/${document}.html`,
    shard: fileOf('articles', articles[0]!.id),
  };
};

/** Every record of a table, deleted ones too. */
export const all = (store: DocumentStore, table: 'articles' | 'annotations' | 'collections') => [
  ...store.all(table),
];

/** Does something to every file of a folder of the library. */
export const eachOf = async (
  path: string,
  table: string,
  change: (file: string) => Promise<unknown>,
): Promise<void> => {
  for (const name of await readdir(join(path, table))) await change(join(path, table, name));
};
