import { constants } from 'node:fs';
import fsp from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** The part of a file handle that storage uses. */
export interface FileHandlePort {
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ bytesWritten: number }>;
  sync(): Promise<void>;
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Every call by which storage touches a library. Tests put a failing one in its place; nothing else in storage
 * imports `node:fs`, but for the look at the system's own table of processes.
 */
export interface FileSystem {
  /** False where a folder can neither be opened nor be synced, nor needs to be: on Windows. */
  readonly syncsFolders?: boolean;
  /** `flags` as in `fs.open`. */
  open(path: string, flags: string, mode?: number): Promise<FileHandlePort>;
  readFile(path: string): Promise<Buffer>;
  rename(from: string, to: string): Promise<void>;
  /** Gives a file a second name; fails with EEXIST where that name is taken. */
  link(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** With all folders above it; answers with the first that had to be made. */
  mkdir(path: string): Promise<string | undefined>;
  readdir(path: string): Promise<string[]>;
  /** Sets the time of the last change. */
  touch(path: string, time: Date): Promise<void>;
  /** The time of the last change. */
  modified(path: string): Promise<Date>;
  /** Another answer whenever the file was replaced, written or touched: one call where reading it takes five. */
  identity(path: string): Promise<string>;
}

/** Opening a pipe to read it waits for somebody to write; no flag of that name is needed on Windows. */
const TO_READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Reads plain files only: a pipe or a device in the place of one would never end. */
const readPlainFile = async (path: string): Promise<Buffer> => {
  const handle = await fsp.open(path, TO_READ);
  try {
    const stat = await handle.stat();
    if (!stat.isFile())
      throw Object.assign(new Error(`not a file: ${path}`), {
        code: stat.isDirectory() ? 'EISDIR' : 'EFTYPE',
      });
    return await handle.readFile();
  } finally {
    await handle.close();
  }
};

/** Virus scanners, indexers and sync programs let go within a second as a rule; together 1.5 s. */
const RENAME_DELAYS = [10, 20, 50, 100, 200, 400, 700];
const IN_USE: ReadonlySet<string> = new Set(['EPERM', 'EBUSY', 'EACCES']);

/**
 * What differs on Windows: no folder is synced, and a rename that another program is in the way of is tried again
 * after each of the delays (ms), then rejects. The old file is never written over in place.
 */
export const onWindows = (fs: FileSystem, delays: readonly number[] = RENAME_DELAYS): FileSystem => ({
  ...fs,
  syncsFolders: false,
  rename: async (from, to) => {
    for (const delay of delays) {
      try {
        return await fs.rename(from, to);
      } catch (error) {
        if (!IN_USE.has(errorCode(error))) throw error;
        await sleep(delay);
      }
    }
    return fs.rename(from, to);
  },
});

/** Node's `fsync` and `fdatasync` flush the drive itself on macOS too: libuv calls `F_FULLFSYNC` there. */
const plainFileSystem: FileSystem = {
  open: (path, flags, mode) => fsp.open(path, flags, mode),
  readFile: readPlainFile,
  rename: (from, to) => fsp.rename(from, to),
  link: (from, to) => fsp.link(from, to),
  unlink: (path) => fsp.unlink(path),
  mkdir: (path) => fsp.mkdir(path, { recursive: true }),
  readdir: (path) => fsp.readdir(path),
  touch: (path, time) => fsp.utimes(path, time, time),
  modified: async (path) => (await fsp.stat(path)).mtime,
  identity: async (path) => {
    const { dev, ino, size, mtimeNs, ctimeNs } = await fsp.stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  },
};

/** The real one. */
export const nodeFileSystem: FileSystem =
  process.platform === 'win32' ? onWindows(plainFileSystem) : plainFileSystem;

/** `ENOENT`, `ENOSPC`, … of a failed call, or an empty string. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Whether the system said no, whatever the code; any other failure is a bug. (Node's own codes have an underscore.) */
export const isOfDisk = (error: unknown): boolean => /^E[A-Z0-9]+$/.test(errorCode(error));

/** Whether there is something at the path, but no file: a folder, a loop of links, a pipe, a socket. */
export const isNoFile = (error: unknown): boolean =>
  ['EISDIR', 'ELOOP', 'EFTYPE', 'ENXIO'].includes(errorCode(error));

/** Whether what is in the way is the file itself, for as long as nobody lifts it out, and not the disk. */
export const isUnreadable = (error: unknown): boolean => isNoFile(error) || errorCode(error) === 'EACCES';

/** Long enough for a program that changes who may read a file to be done with it. */
const MOMENT_MS = 100;

/** The bytes, or undefined where there is no such file. Any other failure is thrown, a denial the second time. */
export const readIfThere = async (fs: FileSystem, path: string): Promise<Buffer | undefined> => {
  try {
    return await fs.readFile(path).catch(async (error: unknown) => {
      if (errorCode(error) !== 'EACCES') throw error;
      await sleep(MOMENT_MS);
      return fs.readFile(path);
    });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/** The names in a folder; none where there is no such folder. */
export const namesIn = async (fs: FileSystem, path: string): Promise<string[]> => {
  try {
    return (await fs.readdir(path)).sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
};

/** Writes until all bytes are in: the kernel may take fewer, and says so only in its answer. */
export const writeAll = async (handle: FileHandlePort, bytes: Uint8Array): Promise<void> => {
  let offset = 0;
  while (offset < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, offset, bytes.length - offset, null);
    if (bytesWritten === 0) throw new Error('the disk took no more bytes');
    offset += bytesWritten;
  }
};

/** Makes a rename in this folder last. */
export const syncFolder = async (fs: FileSystem, path: string): Promise<void> => {
  if (fs.syncsFolders === false) return;
  const handle = await fs.open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
