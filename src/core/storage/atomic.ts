import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { errorCode, type FileSystem, namesIn, syncFolder, writeAll } from './fs-port';

/** How a temporary file is named; none of them is ever loaded. */
export const TEMPORARY = /^\..+\.(\d+)-[0-9a-f]{16}\.tmp$/;

/** A name in the same folder that nobody else uses, which the next start removes. */
export const temporaryName = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(8).toString('hex')}.tmp`);

/** `replaceFile` without its last step, for a caller who replaces many and then syncs their folder once. */
export const swapFile = async (
  fs: FileSystem,
  path: string,
  bytes: Uint8Array,
  ready: () => Promise<void>,
): Promise<void> => {
  const temporary = temporaryName(path);
  const handle = await fs.open(temporary, 'wx', 0o600);
  try {
    try {
      await writeAll(handle, bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await ready();
    await fs.rename(temporary, path);
  } catch (error) {
    await removeIfThere(fs, temporary);
    throw error;
  }
};

/**
 * Replaces a file as a whole: unique temporary file, all bytes, fsync, `ready` (the last look before the old
 * file goes; it throws to stop), rename, fsync of the folder. When it rejects, no half of a file is left.
 */
export const replaceFile = async (
  fs: FileSystem,
  path: string,
  bytes: Uint8Array,
  ready: () => Promise<void> = async () => {},
): Promise<void> => {
  await swapFile(fs, path, bytes, ready);
  await syncFolder(fs, dirname(path));
};

/** Makes a folder that is still there after a power cut: each folder above a new one has to be synced too. */
export const ensureFolder = async (fs: FileSystem, path: string): Promise<void> => {
  const first = await fs.mkdir(path);
  if (first === undefined) return;
  for (let at = path; at.length >= first.length && at !== dirname(at); at = dirname(at))
    await syncFolder(fs, dirname(at));
};

/** Removes a file; one that is gone already is fine. */
export const removeIfThere = async (fs: FileSystem, path: string): Promise<void> => {
  try {
    await fs.unlink(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
};

/**
 * Removes what a killed process left half written. `isInUse` is asked, by pid, in a folder that no lock guards, where
 * another start may be about to rename its own.
 */
export const sweepTemporaries = async (
  fs: FileSystem,
  folder: string,
  isInUse: (pid: number) => boolean = () => false,
): Promise<void> => {
  for (const name of await namesIn(fs, folder)) {
    const [, pid] = TEMPORARY.exec(name) ?? [];
    if (pid !== undefined && !isInUse(Number(pid))) await removeIfThere(fs, join(folder, name));
  }
};

/** What a file system without hard links (FAT, some network drives) answers. */
export const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL']);

const writeNew = async (fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> => {
  const handle = await fs.open(path, 'wx', 0o600);
  try {
    await writeAll(handle, bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Makes a file that nobody else has made: of several who try at once, one is answered true. */
export const createFile = async (fs: FileSystem, path: string, bytes: Uint8Array): Promise<boolean> => {
  const temporary = temporaryName(path);
  await writeNew(fs, temporary, bytes);
  try {
    // A link either makes the whole file or fails: nobody ever sees half of one.
    await fs.link(temporary, path).catch((error: unknown) => {
      if (NO_LINKS.has(errorCode(error))) return writeNew(fs, path, bytes);
      throw error;
    });
    return true;
  } catch (error) {
    // ENOENT: whoever made it, and tidies up at its start, took the temporary file away.
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOENT') return false;
    throw error;
  } finally {
    await removeIfThere(fs, temporary);
  }
};
