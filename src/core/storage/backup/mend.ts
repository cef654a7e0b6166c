import { dirname, join } from 'node:path';
import { problem } from '#shared/model/problem';
import { ensureFolder, replaceFile } from '../atomic';
import { errorCode, type FileSystem, namesIn, readIfThere } from '../fs-port';
import { machineIdOf } from '../known-libraries';
import { Lock } from '../lock';
import { Quarantine } from '../quarantine';
import { readShard } from '../shard';
import { LIBRARY_FILE, SHARDED, tablesOf } from '../shard-set';
import type { BackupFolder } from './backup-folder';
import { isRecords, type KeptManifest } from './manifest';
import { bytesIn, readBackup } from './read-backup';

export interface MendOptions {
  readonly fs: FileSystem;
  /** The library folder. */
  readonly path: string;
  readonly userData: string;
  readonly folders: readonly BackupFolder[];
  readonly now: () => Date;
}

const FOLDERS = [...SHARDED, 'journal', 'documents', 'sources', 'assets'];

/** What may lie in a folder that is made into a library again: nobody else's files. */
const OURS =
  /^(\..*|library\.json|articles|annotations|journal|documents|sources|assets|backups|quarantine|index|inbox|lock(\..*)?)$/;

type Standing = 'good' | 'absent' | 'bad';

/** Whether there is a file that the system can read; what is in it, the next opening judges. */
const standing = async (fs: FileSystem, path: string): Promise<Standing> => {
  try {
    return (await readIfThere(fs, path)) === undefined ? 'absent' : 'good';
  } catch {
    return 'bad'; // a folder, no permission, a bad disk: it is put away as it is
  }
};

const libraryFileStanding = async (fs: FileSystem, path: string): Promise<Standing> => {
  const file = join(path, LIBRARY_FILE);
  const there = await standing(fs, file);
  if (there !== 'good') return there;
  const read = readShard(await fs.readFile(file), tablesOf(LIBRARY_FILE));
  if (!read.ok && read.error.kind === 'newer')
    throw problem('conflict', 'the library is of a newer version', { detail: 'backup-newer' });
  const { libraryId, files } = read.ok ? read.value.data.members : {};
  return typeof libraryId === 'string' && Array.isArray(files) ? 'good' : 'bad';
};

/** What lies where a folder of the library belongs, and is none, is put away. */
const clearFolders = async ({ fs, path }: MendOptions, quarantine: Quarantine): Promise<void> => {
  for (const folder of FOLDERS) {
    try {
      await namesIn(fs, join(path, folder));
    } catch (error) {
      if (errorCode(error) !== 'ENOTDIR') throw error;
      await quarantine.move(folder);
    }
  }
};

const mendLocked = async (manifest: KeptManifest, options: MendOptions): Promise<void> => {
  const { fs, path, folders, now } = options;
  const quarantine = new Quarantine(fs, path, now);
  const library = await libraryFileStanding(fs, path);
  // Before the others: until its successor is there the library does not open, and can be mended again.
  if (library === 'bad') await quarantine.move(LIBRARY_FILE);
  await clearFolders(options, quarantine);
  const records = manifest.files.filter(isRecords);
  const libraryFile = records.filter((each) => each.path === LIBRARY_FILE);
  for (const file of [...records.filter((each) => each.path !== LIBRARY_FILE), ...libraryFile]) {
    const target = join(path, file.path);
    const isLibrary = file.path === LIBRARY_FILE;
    const there = isLibrary ? (library === 'bad' ? 'absent' : library) : await standing(fs, target);
    if (there === 'good') continue;
    const bytes = await bytesIn(folders, file);
    if (bytes === undefined)
      throw problem('conflict', `the backup is damaged: ${file.path}`, { detail: 'backup-damaged' });
    if (there === 'bad') await quarantine.move(file.path);
    await ensureFolder(fs, dirname(target));
    await replaceFile(fs, target, bytes);
  }
};

/**
 * Puts files of records from a backup where the library has none or none that can be read, so that the library opens
 * again. What is there and good stays; what was bad goes to the quarantine as it is. The library file comes last: a
 * mending that is interrupted leaves a library that does not open, as before, and can be mended again. Nothing is
 * touched before the whole backup has been read.
 */
export const mendLibrary = async (manifest: KeptManifest, options: MendOptions): Promise<void> => {
  const { fs, path, userData, folders, now } = options;
  await readBackup(manifest, { folders });
  const foreign = (await namesIn(fs, path)).find((name) => !OURS.test(name));
  const isLibrary = (await libraryFileStanding(fs, path)) !== 'absent';
  if (foreign !== undefined && !isLibrary)
    throw problem('conflict', 'the folder holds other files', { detail: 'backup-foreign', file: foreign });
  await ensureFolder(fs, path);
  const machineId = await machineIdOf(fs, userData);
  const lock = await Lock.acquire({ fs, folder: path, machineId, takeOver: false, now });
  if (!lock.ok) throw problem('read-only', 'the library is in use');
  try {
    await mendLocked(manifest, options);
  } finally {
    await lock.value.release();
  }
};
