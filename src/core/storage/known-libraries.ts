import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { createFile, ensureFolder, replaceFile, sweepTemporaries } from './atomic';
import { type FileSystem, readIfThere, syncFolder } from './fs-port';
import { isAlive } from './process-start';

const KnownLibraries = z.object({
  libraries: z.array(z.object({ path: z.string(), libraryId: z.string(), writerId: z.string() })),
});
type Known = z.infer<typeof KnownLibraries>['libraries'][number];

const newId = (): string => randomBytes(8).toString('hex');

/**
 * Which libraries were opened on this machine, and as which writer. It is what tells a library that has gone
 * (a drive not plugged in, a folder not synced) from one that was never there. A copy of a library in another
 * folder gets another writer, so that the two can be told apart later.
 */
export class KnownLibrariesFile {
  readonly #fs: FileSystem;
  readonly #file: string;

  constructor(fs: FileSystem, userData: string) {
    this.#fs = fs;
    this.#file = join(userData, 'libraries.json');
  }

  async find(path: string): Promise<Known | undefined> {
    return (await this.#read()).find((known) => known.path === resolve(path));
  }

  /** Remembers a library; answers with this machine's writer id for it. */
  async remember(path: string, libraryId: string): Promise<string> {
    const all = await this.#read();
    const same = all.find((known) => known.path === resolve(path) && known.libraryId === libraryId);
    if (same !== undefined) return same.writerId;
    const writerId = newId();
    const others = all.filter((known) => known.path !== resolve(path));
    const libraries = [...others, { path: resolve(path), libraryId, writerId }];
    await replaceFile(this.#fs, this.#file, Buffer.from(JSON.stringify({ libraries }, null, 2)));
    return writerId;
  }

  async #read(): Promise<readonly Known[]> {
    const bytes = await readIfThere(this.#fs, this.#file);
    if (bytes === undefined) return [];
    try {
      return KnownLibraries.parse(JSON.parse(bytes.toString('utf8'))).libraries;
    } catch {
      return []; // a memory aid, made anew: the worst that follows is one question not asked
    }
  }
}

/** A random name for this machine and account, made once. */
export const machineIdOf = async (fs: FileSystem, userData: string): Promise<string> => {
  await ensureFolder(fs, userData);
  await sweepTemporaries(fs, userData, isAlive);
  const file = join(userData, 'machine-id');
  const fresh = newId();
  const bytes = Buffer.from(`${fresh}\n`);
  const read = async (): Promise<string | undefined> =>
    (await readIfThere(fs, file))?.toString('utf8').trim();
  // Of two first starts at once both must go by the same name, or each takes the other for another machine.
  if ((await read()) === undefined && (await createFile(fs, file, bytes))) {
    // Made to last before a lock names it: a machine that forgot its name would take its own lock for another's.
    await syncFolder(fs, userData);
    return fresh;
  }
  const kept = await read();
  if (kept !== undefined && /^[0-9a-f]{16}$/.test(kept)) return kept;
  await replaceFile(fs, file, bytes);
  return fresh;
};
