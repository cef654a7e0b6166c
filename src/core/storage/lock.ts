import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { err, ok, type Result } from '#shared/lib/result';
import { createFile, NO_LINKS, removeIfThere, temporaryName } from './atomic';
import { errorCode, type FileSystem, readIfThere } from './fs-port';
import { isAlive, processStart } from './process-start';
import type { OpenFailure } from './types';

const Owner = z.object({
  token: z.string(),
  machineId: z.string(),
  host: z.string(),
  pid: z.int(),
  processStart: z.optional(z.string()),
  since: z.string(),
});
export type Owner = z.infer<typeof Owner>;

const HEARTBEAT_MS = 10_000;
/** Only where the platform does not say when a process started. */
const SILENCE_MS = 30_000;
/** Longer than a start takes to put back a lock that it moved by mistake, or to write all of its own. */
const MOMENT_MS = 100;

/** Thrown by `check` when the lock is another's; the store then turns read-only. */
export class LockLost extends Error {
  constructor() {
    super('the library has gone, or another instance has taken it over');
    this.name = 'LockLost';
  }
}

export interface LockOptions {
  readonly fs: FileSystem;
  readonly folder: string;
  readonly machineId: string;
  /** The user says that the other machine is not using it. */
  readonly takeOver: boolean;
  readonly now: () => Date;
}

const parse = (bytes: Buffer): Owner | undefined => {
  try {
    return Owner.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined; // half written by a process that was killed: nobody's lock
  }
};

/** The owner's heartbeat is the file's time of change: touching a lock cannot overwrite somebody else's. */
const isSilent = async (path: string, fs: FileSystem): Promise<boolean> => {
  try {
    return Date.now() - (await fs.modified(path)).getTime() > SILENCE_MS;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true; // it has gone; who takes it looks again
    throw error;
  }
};

const identityIfThere = async (fs: FileSystem, path: string): Promise<string | undefined> => {
  try {
    return await fs.identity(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const isStale = async (path: string, owner: Owner, options: LockOptions): Promise<boolean> => {
  if (owner.machineId !== options.machineId) return options.takeOver;
  if (!isAlive(owner.pid)) return true;
  const start = await processStart(owner.pid);
  if (start !== undefined && owner.processStart !== undefined) return start !== owner.processStart;
  return isSilent(path, options.fs);
};

/** The right to write one library. Held from `acquire` until `release`, or until somebody else takes it. */
export class Lock {
  readonly #options: LockOptions;
  readonly #path: string;
  readonly #owner: Owner;
  /** The file in which our token was last read, so that it is read again only where it is another. */
  #seen: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #beat: Promise<void> = Promise.resolve();

  private constructor(options: LockOptions, path: string, owner: Owner) {
    this.#options = options;
    this.#path = path;
    this.#owner = owner;
  }

  /** Answers with who holds it when it cannot be had. */
  static async acquire(options: LockOptions): Promise<Result<Lock, Owner>> {
    const path = join(options.folder, 'lock');
    const start = await processStart(process.pid);
    const owner: Owner = {
      token: randomBytes(16).toString('hex'),
      machineId: options.machineId,
      host: hostname(),
      pid: process.pid,
      ...(start === undefined ? {} : { processStart: start }),
      since: options.now().toISOString(),
    };
    for (let attempt = 0; attempt < 20; attempt++) {
      if (await createFile(options.fs, path, Buffer.from(JSON.stringify(owner)))) {
        const lock = new Lock(options, path, owner);
        lock.#startBeating();
        return ok(lock);
      }
      const bytes = await readIfThere(options.fs, path);
      if (bytes === undefined) continue;
      const other = parse(bytes);
      if (other === undefined) await sleep(MOMENT_MS);
      else if (!(await isStale(path, other, options))) return err(other);
      await setAside(options.fs, path, bytes);
    }
    throw new Error('the lock changed hands too often to be taken');
  }

  /** Rejects with `LockLost` when the lock on disk is not ours. Called before every append and rename. */
  async check(): Promise<void> {
    const { fs } = this.#options;
    const identity = await identityIfThere(fs, this.#path);
    if (identity !== undefined && identity === this.#seen) return;
    let bytes = await readIfThere(fs, this.#path);
    if (bytes === undefined) {
      await sleep(MOMENT_MS);
      bytes = await readIfThere(fs, this.#path);
    }
    if (bytes === undefined || parse(bytes)?.token !== this.#owner.token) throw new LockLost();
    // Asked for before the file was read: what has taken its place meanwhile is not taken for it.
    this.#seen = identity;
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beat;
    try {
      await this.check();
    } catch (error) {
      if (error instanceof LockLost) return;
      throw error;
    }
    await removeIfThere(this.#options.fs, this.#path);
  }

  #startBeating(): void {
    this.#timer = setInterval(() => {
      this.#beat = this.#options.fs.touch(this.#path, new Date()).catch(() => {
        // A lock that is lost shows itself at the next write, which has somebody to tell.
      });
    }, HEARTBEAT_MS);
    this.#timer.unref();
  }
}

/**
 * Two starts may judge the same lock stale. Each moves it to a name of its own and looks at what it got: the one
 * that moved a fresh lock, made by the other meanwhile, puts it back.
 */
const setAside = async (fs: FileSystem, path: string, judged: Buffer): Promise<void> => {
  const aside = temporaryName(path);
  if (!(await readIfThere(fs, path))?.equals(judged)) return;
  try {
    await fs.rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readIfThere(fs, aside);
  if (moved !== undefined && !moved.equals(judged)) {
    try {
      await fs.link(aside, path);
    } catch (error) {
      if (NO_LINKS.has(errorCode(error))) await fs.rename(aside, path);
      else if (errorCode(error) !== 'EEXIST') throw error; // a third start has it: the first notices at its check
    }
  }
  await removeIfThere(fs, aside);
};

/** What an opening says that found the lock in other hands. */
export const lockedBy = (path: string, owner: Owner, machineId: string): OpenFailure => ({
  reason: 'locked',
  path,
  pid: owner.pid,
  host: owner.host,
  sameMachine: owner.machineId === machineId,
  since: owner.since,
});
