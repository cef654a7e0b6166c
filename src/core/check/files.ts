import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fsp from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { AbortSignalLike } from '#shared/rpc/contract';
import { checkCancelled } from '../lib/cancel';
import { errorCode } from '../storage/fs-port';

/** What lies at a path inside the library. */
export interface FoundFile {
  /** With `/`. */
  readonly file: string;
  readonly size: number;
  readonly modified: Date;
  /** Not a plain file: a folder where none belongs, a pipe, a link that leads nowhere. */
  readonly cause?: string;
}

/** The message of a failed call of the system, or of anything else that was thrown. */
export const causeOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** An index can be made anew at any time, and the lock says only who is there. */
const NOT_CONTENT =
  /^(index|lock(\..*)?|desktop\.ini|Thumbs\.db|lost\+found|\.DS_Store|\.st(folder|ignore|versions))$/i;

const look = async (folder: string, file: string): Promise<FoundFile | 'folder' | undefined> => {
  const none = { file, size: 0, modified: new Date(0) };
  try {
    const stat = await fsp.stat(join(folder, file));
    // A linked folder may lead back here, or to something of quite another size.
    if (stat.isDirectory())
      return (await fsp.lstat(join(folder, file))).isSymbolicLink()
        ? { ...none, cause: 'it is a link to a folder' }
        : 'folder';
    const found = { file, size: stat.size, modified: stat.mtime };
    return stat.isFile() ? found : { ...found, cause: 'it is not a file' };
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') return { ...none, cause: causeOf(error) };
    const isLink = await fsp.lstat(join(folder, file)).then(
      () => true,
      () => false, // it has gone since the folder was read
    );
    return isLink ? { ...none, cause: 'it is a link that leads nowhere' } : undefined;
  }
};

/** Where there must be a file, a folder of that name is not walked. */
const NEVER_A_FOLDER = /^(library\.json|(articles|annotations)\/[^/]*\.json|journal\/[^/]*\.log)$/;

/**
 * Every file of a library, by name, without the search index and what systems leave in folders. A folder that cannot
 * be listed is among them, with the cause. Rejects where the library folder itself cannot be listed.
 */
export const filesOf = async (folder: string, signal?: AbortSignalLike): Promise<FoundFile[]> => {
  const found: FoundFile[] = [];
  const bad = (file: string, cause: string): void => {
    found.push({ file, size: 0, modified: new Date(0), cause });
  };
  const walk = async (place: string, names: readonly string[]): Promise<void> => {
    for (const name of [...names].sort()) {
      if (place === '' && NOT_CONTENT.test(name)) continue;
      checkCancelled(signal);
      const file = place + name;
      const here = await look(folder, file);
      if (here === undefined) continue;
      if (here !== 'folder') found.push(here);
      else if (NEVER_A_FOLDER.test(file)) bad(file, 'it is a folder');
      else {
        const inside = await fsp.readdir(join(folder, file)).catch((error: unknown) => causeOf(error));
        if (typeof inside === 'string') bad(file, inside);
        else await walk(`${file}/`, inside);
      }
    }
  };
  await walk('', await fsp.readdir(folder));
  return found;
};

/** SHA-256 of a file, read in pieces so that its size does not matter. */
export const hashOf = async (path: string, signal?: AbortSignalLike): Promise<string> => {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 18 })) {
    checkCancelled(signal);
    hash.update(piece as Buffer);
  }
  await breathe(); // thousands of small files in a row must not keep the app from answering
  return hash.digest('hex');
};
