import { join } from 'node:path';
import { replaceFile } from './atomic';
import { sha256 } from './envelope';
import { type FileSystem, namesIn } from './fs-port';
import type { BlobKind, BlobStore } from './types';

const SHA256 = /^[0-9a-f]{64}$/;
const EXTENSION = /^[0-9a-z]{1,8}$/;

/** See `BlobStore`. Files are named by what they hold, so that they never change and are stored once. */
export class Blobs implements BlobStore {
  readonly #fs: FileSystem;
  readonly #folder: string;
  readonly #guard: () => Promise<void>;

  constructor(fs: FileSystem, folder: string, guard: () => Promise<void>) {
    this.#fs = fs;
    this.#folder = folder;
    this.#guard = guard;
  }

  async put(kind: BlobKind, extension: string, bytes: Uint8Array): Promise<string> {
    if (!EXTENSION.test(extension)) throw new Error(`not an extension: ${JSON.stringify(extension)}`);
    const name = sha256(bytes);
    if ((await this.read(kind, name)) !== undefined) return name;
    await this.#fs.mkdir(join(this.#folder, kind));
    await replaceFile(this.#fs, join(this.#folder, kind, `${name}.${extension}`), bytes, this.#guard);
    return name;
  }

  async find(kind: BlobKind, name: string): Promise<string | undefined> {
    if (!SHA256.test(name)) return undefined;
    const folder = join(this.#folder, kind);
    const file = (await namesIn(this.#fs, folder)).find((each) => each.startsWith(`${name}.`));
    return file === undefined ? undefined : join(folder, file);
  }

  /** Undefined also where the bytes are no longer those that the name says. */
  async read(kind: BlobKind, name: string): Promise<Uint8Array | undefined> {
    const path = await this.find(kind, name);
    if (path === undefined) return undefined;
    const bytes = await this.#fs.readFile(path);
    return sha256(bytes) === name ? bytes : undefined;
  }
}
