import { join } from 'node:path';
import { problem } from '#shared/model/problem';
import type { FileSystem } from '../fs-port';
import { BackupFolder } from './backup-folder';
import type { Place } from './take';

const GB = 1 << 30;
/** Bytes, for the copy in the library, which holds records only, and for the one outside. */
const MOST = { inside: GB, outside: 2 * GB };

export interface Places {
  readonly inside: Place;
  /** Absent where nobody knows which library this is. */
  readonly outside?: Place;
}

export interface PlacesOptions {
  readonly fs: FileSystem;
  /** The library folder. */
  readonly path: string;
  readonly userData: string;
  readonly libraryId: string | undefined;
  readonly isWritable: () => boolean;
  readonly most?: { readonly inside: number; readonly outside: number };
}

const ID = /^[0-9a-z-]{1,64}$/i;

/** Where backups of a library lie: in it, and in this machine's own folder, should the whole library be lost. */
export const placesOf = ({
  fs,
  path,
  userData,
  libraryId,
  isWritable,
  most = MOST,
}: PlacesOptions): Places => {
  const guard = async (): Promise<void> => {
    if (!isWritable()) throw problem('read-only', 'the library is open for reading only');
  };
  const inside = {
    folder: new BackupFolder(fs, join(path, 'backups'), guard),
    most: most.inside,
    contents: false,
  };
  if (libraryId === undefined || !ID.test(libraryId)) return { inside };
  const outside = new BackupFolder(fs, join(userData, 'backups', libraryId), guard);
  return { inside, outside: { folder: outside, most: most.outside, contents: true } };
};

/** The one in the library before the one outside it. */
export const allOf = ({ inside, outside }: Places): readonly Place[] =>
  outside === undefined ? [inside] : [inside, outside];
