import { allOf, placesOf } from '../storage/backup/places';
import { takeInto } from '../storage/backup/restore-backup';
import { nodeFileSystem } from '../storage/fs-port';
import type { OpenedLibrary } from '../storage/open';

/**
 * Takes a backup of the library as it is before a repair, wherever one can be kept. Rejects where it can be kept
 * nowhere.
 */
export const backupBefore =
  (userData: string) =>
  async ({ store, path }: OpenedLibrary): Promise<void> => {
    const { libraryId } = store;
    const isWritable = (): boolean => !store.readOnly;
    const places = placesOf({ fs: nodeFileSystem, path, userData, libraryId, isWritable });
    await takeInto(allOf(places), {
      fs: nodeFileSystem,
      path,
      store,
      reason: 'before-repair',
      now: new Date(),
    });
  };
