import { join } from 'node:path';
import { ProblemError } from '#shared/model/problem';
import { ensureFolder, replaceFile } from './atomic';
import { sha256 } from './envelope';
import { type FileSystem, isNoFile, namesIn, readIfThere } from './fs-port';
import { causeOf, notSaved } from './not-saved';
import type { BlobKind, BlobStore } from './types';

const BLOB = /^([0-9a-f]{64})\.[0-9a-z]{1,8}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const EXTENSION = /^[0-9a-z]{1,8}$/;

/** See `BlobStore`. Files are named by what they hold, so that they never change and are stored once. */
export class Blobs implements BlobStore {
  readonly #fs: FileSystem;
  readonly #folder: string;
  readonly #guard: () => Promise<void>;
  /** File names by hash, as last seen: reading a folder of thousands for each of thousands would be slow. */
  readonly #names = new Map<BlobKind, Promise<Map<string, string>>>();

  /** `guard` rejects where nothing may be written. */
  constructor(fs: FileSystem, folder: string, guard: () => Promise<void>) {
    this.#fs = fs;
    this.#folder = folder;
    this.#guard = guard;
  }

  async put(kind: BlobKind, extension: string, bytes: Uint8Array): Promise<string> {
    if (!EXTENSION.test(extension)) throw new Error(`not an extension: ${JSON.stringify(extension)}`);
    const hash = sha256(bytes);
    try {
      await this.#guard();
      await this.#store(kind, hash, extension, bytes);
    } catch (error) {
      throw error instanceof ProblemError ? error : notSaved(causeOf(error));
    }
    return hash;
  }

  async #store(kind: BlobKind, hash: string, extension: string, bytes: Uint8Array): Promise<void> {
    const names = await this.#namesOf(kind);
    const known = names.get(hash);
    const name = known ?? `${hash}.${extension}`;
    const path = join(this.#folder, kind, name);
    if (known !== undefined && (await this.#verified(path, hash)) !== undefined) return;
    await ensureFolder(this.#fs, join(this.#folder, kind));
    await replaceFile(this.#fs, path, bytes, this.#guard);
    names.set(hash, name);
  }

  async find(kind: BlobKind, hash: string): Promise<string | undefined> {
    if (!SHA256.test(hash)) return undefined;
    const known = (await this.#namesOf(kind)).get(hash);
    if (known !== undefined) return join(this.#folder, kind, known);
    this.#names.delete(kind); // a sync program may have brought it meanwhile
    const found = (await this.#namesOf(kind)).get(hash);
    return found === undefined ? undefined : join(this.#folder, kind, found);
  }

  /** Undefined also where the bytes are no longer those that the name says. */
  async read(kind: BlobKind, hash: string): Promise<Uint8Array | undefined> {
    const path = await this.find(kind, hash);
    return path === undefined ? undefined : this.#verified(path, hash);
  }

  async #verified(path: string, hash: string): Promise<Uint8Array | undefined> {
    const bytes = await readIfThere(this.#fs, path).catch((error: unknown) => {
      if (isNoFile(error)) return undefined;
      throw error;
    });
    return bytes !== undefined && sha256(bytes) === hash ? bytes : undefined;
  }

  #namesOf(kind: BlobKind): Promise<Map<string, string>> {
    const known = this.#names.get(kind);
    if (known !== undefined) return known;
    const reading = namesIn(this.#fs, join(this.#folder, kind)).then((names) => {
      const blobs = names.filter((name) => BLOB.test(name));
      return new Map(blobs.map((name) => [name.slice(0, name.indexOf('.')), name]));
    });
    this.#names.set(kind, reading);
    reading.catch(() => this.#names.delete(kind)); // whoever waits is told; the next one reads again
    return reading;
  }
}
