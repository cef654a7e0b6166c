import { join } from 'node:path';
import { allOf, placesOf } from '../storage/backup/places';
import { takeInto } from '../storage/backup/restore-backup';
import { type FileSystem, nodeFileSystem } from '../storage/fs-port';
import { readShard } from '../storage/shard';
import { LIBRARY_FILE, tablesOf } from '../storage/shard-set';

interface Options {
  /** The library folder, locked and not yet open. */
  readonly path: string;
  readonly userData: string;
  readonly fs?: FileSystem;
  readonly now?: () => Date;
}

/**
 * Takes a backup of the files of an older library as they lie there, for `OpenOptions.beforeMigration`. What stands
 * only in the journal is not in it: that stays in the journal until the new files hold it. Rejects where a backup can be
 * kept nowhere.
 */
export const backupBeforeMigration =
  ({ path, userData, fs = nodeFileSystem, now = () => new Date() }: Options) =>
  async (): Promise<void> => {
    const read = readShard(await fs.readFile(join(path, LIBRARY_FILE)), tablesOf(LIBRARY_FILE));
    const { libraryId } = read.ok ? read.value.data.members : {};
    if (!read.ok || typeof libraryId !== 'string') throw new Error('the library file cannot be read');
    const { writer, seq } = read.value.envelope;
    const places = placesOf({ fs, path, userData, libraryId, isWritable: () => true });
    await takeInto(allOf(places), {
      fs,
      path,
      store: { libraryId, writerId: writer, seq, damage: [], flush: async () => {} },
      reason: 'before-migration',
      now: now(),
    });
  };
