import type { BackupChanges } from '#shared/contract/backups';
import { ProblemError } from '#shared/model/problem';
import { checkCancelled } from '../../lib/cancel';
import type { BlobKind, BlobStore, DocumentStore } from '../types';
import { isRecords, type KeptManifest } from './manifest';
import { planRestore } from './plan';
import { bytesIn, type ReadOptions, readBackup } from './read-backup';
import { type Place, type TakeOptions, takeBackup } from './take';

/** A failure that another place would meet too. */
const isOfLibrary = (error: unknown): boolean => error instanceof ProblemError;

/** Takes a backup into each place. One place that cannot take it is enough to go on without; both are not. */
export const takeInto = async (
  places: readonly Place[],
  options: TakeOptions,
): Promise<{ taken: readonly KeptManifest[]; failures: readonly unknown[] }> => {
  const taken: KeptManifest[] = [];
  const failures: unknown[] = [];
  for (const place of places) {
    try {
      taken.push(await takeBackup(options, place));
    } catch (error) {
      if (isOfLibrary(error)) throw error;
      failures.push(error);
    }
  }
  if (taken.length === 0) throw failures[0];
  return { taken, failures };
};

export interface RestoreOptions extends Omit<TakeOptions, 'reason' | 'store' | 'now'> {
  readonly store: DocumentStore;
  readonly blobs: BlobStore;
  /** See `OpenedLibrary`. */
  readonly acceptMissing: () => void;
  readonly places: readonly Place[];
  readonly folders: ReadOptions['folders'];
  readonly now: () => Date;
}

export interface Restored {
  readonly changes: BackupChanges;
  readonly missingContents: number;
  readonly before?: string;
}

const kindOf = (path: string): BlobKind => path.slice(0, path.indexOf('/')) as BlobKind;

/** Brings back the texts, sources and images that have gone or are damaged; answers with how many are in no place. */
const restoreContents = async (manifest: KeptManifest, options: RestoreOptions): Promise<number> => {
  let missing = 0;
  for (const file of manifest.files) {
    if (isRecords(file)) continue;
    checkCancelled(options.signal);
    if ((await options.blobs.read(kindOf(file.path), file.sha256)) !== undefined) continue;
    const bytes = await bytesIn(options.folders, file);
    if (bytes === undefined) missing += 1;
    else await options.blobs.put(kindOf(file.path), file.path.slice(file.path.lastIndexOf('.') + 1), bytes);
  }
  return missing;
};

/**
 * Brings an open library to what a backup holds: contents that are missing, then a backup of the library as it is,
 * then all records in one transaction that can be undone. Whatever interrupts it, the library is as before or as in the
 * backup. Rejects like `readBackup`, `takeBackup` and the store; until the transaction nothing has changed.
 */
export const restoreBackup = async (manifest: KeptManifest, options: RestoreOptions): Promise<Restored> => {
  const { store, fs, path, places, folders, now, signal, onProgress } = options;
  const watch = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
  const records = await readBackup(manifest, { folders, ...watch });
  const missingContents = await restoreContents(manifest, options);
  const { damage = store.damage } = options;
  const take = { fs, path, store, damage, reason: 'before-restore' as const, now: now(), ...watch };
  const { taken } = await takeInto(places, take);
  checkCancelled(signal);
  const { writes, changes } = planRestore(records, store);
  options.acceptMissing();
  if (writes.length > 0) await store.write({ label: 'history.restoreBackup', capture: 'step', writes });
  await store.flush();
  return { changes, missingContents, ...(taken[0] === undefined ? {} : { before: taken[0].name }) };
};
