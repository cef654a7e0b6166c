import { join } from 'node:path';
import { err, ok, type Result } from '#shared/lib/result';
import type { Cause } from '#shared/model/cause';
import type { EnvelopeFailure } from './envelope';
import { type FileSystem, isUnreadable } from './fs-port';
import { isNewerJournal, type JournalContent, readJournal } from './journal';
import { CURRENT } from './migrations/current';
import type { Format } from './migrations/format';
import { causeOf } from './not-saved';
import { Shard } from './shard';
import { LIBRARY_FILE, shardFiles, tablesOf } from './shard-set';

/** A shard file that could not be read. */
export interface BadFile {
  readonly file: string;
  readonly reason: Cause;
}

/** Everything that lies in a library, read and checked, with nothing written. */
export interface LoadedLibrary {
  readonly libraryId: string;
  readonly shards: ReadonlyMap<string, Shard>;
  readonly bad: readonly BadFile[];
  /** Listed in `library.json` but not there. */
  readonly missing: readonly string[];
  readonly journal: JournalContent;
  /** The lowest schema of any file. What was read from it is of this version's schema all the same. */
  readonly oldest: number;
}

export type LoadFailure =
  | { readonly reason: 'unreadable'; readonly file: string; readonly cause: Cause }
  | { readonly reason: 'newer'; readonly file: string; readonly schema: number; readonly known: number };

/** Enough for the disk to read ahead while a file is parsed, few enough for any limit on open files. */
const AT_ONCE = 16;
/** A file that may not be read is put away; where it is more than these, it is the library that may not be read. */
const MOST_DENIED = { count: 10, share: 0.2 };

const unreadable = (file: string, cause: Cause): Result<never, LoadFailure> =>
  err({ reason: 'unreadable', file, cause });

const fail = (file: string, failure: EnvelopeFailure, format: Format): Result<never, LoadFailure> =>
  failure.kind === 'newer'
    ? err({ reason: 'newer', file, schema: failure.schema, known: format.schema })
    : unreadable(file, failure.reason);

interface Loading {
  readonly file: string;
  readonly shard: Shard;
  readonly result: Result<void, EnvelopeFailure> | { readonly ok: 'disk'; readonly cause: Cause };
}

const loadOne = async (fs: FileSystem, folder: string, file: string, format: Format): Promise<Loading> => {
  const shard = new Shard(fs, join(folder, file), tablesOf(file), format);
  try {
    return { file, shard, result: await shard.load() };
  } catch (error) {
    if (isUnreadable(error)) return { file, shard, result: err({ kind: 'damaged', reason: causeOf(error) }) };
    // The bytes may well be good: a disk that fails now is no reason to put the file away.
    return { file, shard, result: { ok: 'disk', cause: causeOf(error) } };
  }
};

/**
 * Reads the whole library before anything in it is touched, so that one that is newer, or whose `library.json`
 * cannot be read, is left exactly as it lies. A damaged shard does not keep the others from being read.
 */
export const loadLibrary = async (
  fs: FileSystem,
  folder: string,
  format: Format = CURRENT,
): Promise<Result<LoadedLibrary, LoadFailure>> => {
  const library = await loadOne(fs, folder, LIBRARY_FILE, format);
  if (library.result.ok === 'disk') return unreadable(LIBRARY_FILE, library.result.cause);
  if (!library.result.ok) return fail(LIBRARY_FILE, library.result.error, format);
  if (!library.shard.exists) return unreadable(LIBRARY_FILE, 'file-missing');
  const { libraryId, files } = library.shard.data.members;
  if (typeof libraryId !== 'string' || !Array.isArray(files))
    return unreadable(LIBRARY_FILE, 'no-library-id');

  // Before the shards: a writer drops from the journal what it has put into them.
  const journal = await readJournal(fs, join(folder, 'journal'), format);
  if (isNewerJournal(journal, format))
    return err({ reason: 'newer', file: 'journal', schema: journal.schema, known: format.schema });
  const shards = new Map([[LIBRARY_FILE, library.shard]]);
  const bad: BadFile[] = [];
  const found = await shardFiles(fs, folder);
  for (let from = 0; from < found.length; from += AT_ONCE) {
    const batch = found.slice(from, from + AT_ONCE).map((file) => loadOne(fs, folder, file, format));
    for (const { file, shard, result } of await Promise.all(batch)) {
      if (result.ok === 'disk') return unreadable(file, result.cause);
      if (!result.ok) {
        if (result.error.kind === 'newer') return fail(file, result.error, format);
        bad.push({ file, reason: result.error.reason });
      } else if (shard.exists) shards.set(file, shard);
      else bad.push({ file, reason: 'not-a-file' }); // a link that leads nowhere
    }
  }
  const denied = bad.filter(({ reason }) => reason === 'no-permission');
  const [first] = denied;
  if (
    first !== undefined &&
    denied.length > MOST_DENIED.count &&
    denied.length > MOST_DENIED.share * found.length
  )
    return unreadable(first.file, first.reason);
  const missing = files.filter((file) => typeof file === 'string').filter((file) => !found.includes(file));
  const oldest = Math.min(journal.oldest, ...[...shards.values()].map((shard) => shard.schema));
  return ok({ libraryId, shards, bad, missing, journal, oldest });
};
