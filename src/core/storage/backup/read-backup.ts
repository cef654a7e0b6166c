import { setImmediate as breathe } from 'node:timers/promises';
import { problem } from '#shared/model/problem';
import type { AbortSignalLike } from '#shared/rpc/contract';
import { checkCancelled } from '../../lib/cancel';
import type { AnyStored } from '../restore';
import { readShard } from '../shard';
import { tablesOf } from '../shard-set';
import type { Table } from '../types';
import type { BackupFolder } from './backup-folder';
import { type BackupFile, isRecords, type KeptManifest } from './manifest';

/** The records of a backup, as the library would have read them. */
export type BackupRecords = Readonly<Record<Table, ReadonlyMap<string, AnyStored>>>;

export interface ReadOptions {
  /** Where its objects may lie; the first that has a good one gives it. */
  readonly folders: readonly BackupFolder[];
  readonly signal?: AbortSignalLike;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The bytes of one file of a backup; undefined where no place has a good copy. */
export const bytesIn = async (
  folders: readonly BackupFolder[],
  { sha256 }: Pick<BackupFile, 'sha256'>,
): Promise<Buffer | undefined> => {
  for (const folder of folders) {
    const bytes = await folder.get(sha256);
    if (bytes !== undefined) return bytes;
  }
  return undefined;
};

const damaged = (file: string) =>
  problem('conflict', `the backup is damaged: ${file}`, { file, detail: 'backup-damaged' });

/**
 * Reads and checks every record of a backup before anything is done with it. Rejects with `conflict` where one file
 * is damaged or missing, but for those that were bad when the backup was taken.
 */
export const readBackup = async (manifest: KeptManifest, options: ReadOptions): Promise<BackupRecords> => {
  const { folders, signal, onProgress = () => {} } = options;
  const records: Record<Table, Map<string, AnyStored>> = {
    articles: new Map(),
    annotations: new Map(),
    collections: new Map(),
    settings: new Map(),
  };
  const files = manifest.files.filter(isRecords);
  for (const [index, file] of files.entries()) {
    checkCancelled(signal);
    const bytes = await bytesIn(folders, file);
    if (bytes === undefined) throw damaged(file.path);
    const tables = tablesOf(file.path);
    const read = readShard(bytes, tables);
    if (read.ok)
      for (const table of tables)
        for (const record of read.value.data.tables[table]?.values() ?? [])
          records[table].set(record.id, record);
    else if (!manifest.suspect.some((each) => each.startsWith(`${file.path}: `))) throw damaged(file.path);
    onProgress(index + 1, files.length);
    await breathe();
  }
  return records;
};
