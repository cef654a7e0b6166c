import { join } from 'node:path';
import { err, ok, type Result } from '#shared/lib/result';
import type { EnvelopeFailure } from './envelope';
import { SCHEMA } from './envelope';
import { type FileSystem, namesIn, readIfThere } from './fs-port';
import { isNewerJournal, type JournalContent, readJournal } from './journal';
import { type LoadedShard, readShard } from './shard';
import { LIBRARY_FILE, SHARDED, tablesOf } from './shard-set';

/** A shard file that could not be read. */
export interface BadFile {
  readonly file: string;
  readonly reason: string;
}

/** Everything that lies in a library, read and checked, with nothing written. */
export interface LoadedLibrary {
  readonly libraryId: string;
  readonly shards: ReadonlyMap<string, LoadedShard>;
  readonly bad: readonly BadFile[];
  /** Listed in `library.json` but not there. */
  readonly missing: readonly string[];
  readonly journal: JournalContent;
}

export type LoadFailure =
  | { readonly reason: 'unreadable'; readonly file: string; readonly cause: string }
  | { readonly reason: 'newer'; readonly file: string; readonly schema: number; readonly known: number };

const SHARD_NAME = /^[0-9a-f]{2}\.json$/;

const fail = (file: string, failure: EnvelopeFailure): Result<never, LoadFailure> =>
  failure.kind === 'newer'
    ? err({ reason: 'newer', file, schema: failure.schema, known: SCHEMA })
    : err({ reason: 'unreadable', file, cause: failure.reason });

const shardFiles = async (fs: FileSystem, folder: string): Promise<string[]> => {
  const names = await Promise.all(
    SHARDED.map(async (table) =>
      (await namesIn(fs, join(folder, table)))
        .filter((name) => SHARD_NAME.test(name))
        .map((name) => `${table}/${name}`),
    ),
  );
  return names.flat();
};

/**
 * Reads the whole library before anything in it is touched, so that one that is newer, or whose `library.json`
 * cannot be read, is left exactly as it lies. A damaged shard does not keep the others from being read.
 */
export const loadLibrary = async (
  fs: FileSystem,
  folder: string,
): Promise<Result<LoadedLibrary, LoadFailure>> => {
  const bytes = await readIfThere(fs, join(folder, LIBRARY_FILE));
  if (bytes === undefined)
    return err({ reason: 'unreadable', file: LIBRARY_FILE, cause: 'the file is missing' });
  const head = readShard(bytes, tablesOf(LIBRARY_FILE));
  if (!head.ok) return fail(LIBRARY_FILE, head.error);
  const { libraryId, files } = head.value.data.members;
  if (typeof libraryId !== 'string' || !Array.isArray(files))
    return err({ reason: 'unreadable', file: LIBRARY_FILE, cause: 'it does not say which library this is' });

  const shards = new Map([[LIBRARY_FILE, head.value]]);
  const bad: BadFile[] = [];
  const found = await shardFiles(fs, folder);
  for (const file of found) {
    const shard = readShard(await fs.readFile(join(folder, file)), tablesOf(file));
    if (shard.ok) shards.set(file, shard.value);
    else if (shard.error.kind === 'newer') return fail(file, shard.error);
    else bad.push({ file, reason: shard.error.reason });
  }
  const journal = await readJournal(fs, join(folder, 'journal'));
  if (isNewerJournal(journal))
    return err({ reason: 'newer', file: 'journal', schema: journal.schema, known: SCHEMA });
  const missing = files.filter((file) => typeof file === 'string').filter((file) => !found.includes(file));
  return ok({ libraryId, shards, bad, missing, journal });
};
