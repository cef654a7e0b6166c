import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomId } from '#shared/lib/ids';

/** A body that ends or is refused: `too-large` for one upload, `too-many` for all that wait together. */
export class UploadRefused extends Error {
  readonly reason: 'too-large' | 'too-many';

  constructor(reason: 'too-large' | 'too-many') {
    super(`upload refused: ${reason}`);
    this.name = 'UploadRefused';
    this.reason = reason;
  }
}

export interface UploadLimits {
  /** Bytes of one upload. */
  readonly bytes: number;
  /** Bytes of all uploads that wait to be taken. */
  readonly totalBytes: number;
  /** Uploads that wait to be taken. More than one call of the contract can name. */
  readonly pending: number;
  /** Milliseconds after which an upload that nobody took is removed. */
  readonly age: number;
}

export const uploadLimits: UploadLimits = {
  bytes: 50_000_000,
  totalBytes: 2_000_000_000,
  pending: 600,
  age: 30 * 60_000,
};

export interface Upload {
  /** A file that is now the taker's, to remove when done; what is left goes when the app ends. */
  readonly path: string;
  /** Its size. */
  readonly bytes: number;
}

/** Files on their way in: written as they arrive, named by a one-use id, kept outside the library. */
export interface UploadStore {
  /** Stores a body and answers with its id. Rejects with {@link UploadRefused}, or as the body does. */
  accept(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string>;
  /** Hands an upload over, once; undefined for any id that is not waiting. */
  take(id: string): Promise<Upload | undefined>;
  /** Removes everything. */
  dispose(): Promise<void>;
}

const PREFIX = 'hepatica-upload-';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Removes what processes left behind that did not come to an orderly end. */
const sweepOrphans = async (parent: string): Promise<void> => {
  for (const name of await readdir(parent)) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(parent, name), { recursive: true, force: true });
  }
};

interface Waiting extends Upload {
  readonly since: number;
}

/** Writes a body to a new file; a body that fails or is too large leaves nothing behind. */
const writeBody = async (
  path: string,
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit: number,
): Promise<number> => {
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > limit) throw new UploadRefused('too-large');
      await file.writeFile(chunk);
    }
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
  await file.close();
  return bytes;
};

/** Opens a store in a folder of its own under `parent`, which only this user can enter. */
export const createUploadStore = async (
  limits: UploadLimits = uploadLimits,
  parent: string = tmpdir(),
): Promise<UploadStore> => {
  await sweepOrphans(parent);
  const folder = await mkdtemp(join(parent, `${PREFIX}${process.pid}-`));
  const waiting = new Map<string, Waiting>();
  let arriving = 0;

  const sweep = async (): Promise<void> => {
    const oldest = Date.now() - limits.age;
    for (const [id, { path, since }] of [...waiting]) {
      if (since >= oldest) continue;
      waiting.delete(id);
      await rm(path, { force: true });
    }
  };
  const room = (): number =>
    [...waiting.values()].reduce((left, { bytes }) => left - bytes, limits.totalBytes);

  return {
    async accept(body) {
      await sweep();
      if (waiting.size + arriving >= limits.pending || room() <= 0) throw new UploadRefused('too-many');
      arriving += 1;
      try {
        const id = randomId();
        const path = join(folder, id);
        const bytes = await writeBody(path, body, limits.bytes);
        waiting.set(id, { path, bytes, since: Date.now() });
        return id;
      } finally {
        arriving -= 1;
      }
    },
    async take(id) {
      const upload = waiting.get(id);
      if (upload === undefined) return undefined;
      waiting.delete(id);
      return { path: upload.path, bytes: upload.bytes };
    },
    async dispose() {
      waiting.clear();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
