import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { ensureFolder, removeIfThere, replaceFile, swapFile, sweepTemporaries } from '../atomic';
import { sha256 } from '../envelope';
import { type FileSystem, namesIn, readIfThere, syncFolder } from '../fs-port';
import {
  isManifest,
  type KeptManifest,
  type Manifest,
  nameOf,
  packedBytes,
  readManifest,
  sealManifest,
} from './manifest';
import { keptOf } from './retention';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

const OBJECT = /^[0-9a-f]{64}$/;
/** An object that no manifest names may belong to a backup that is being taken, by another instance perhaps. */
const YOUNG_MS = 3_600_000;
/** More than any file of a library, less than would exhaust the memory. */
const MOST_BYTES = 1 << 30;

/** A manifest that cannot be read. */
export interface BadManifest {
  readonly name: string;
  readonly kind: 'damaged' | 'newer';
}

export interface Kept {
  /** The newest first. */
  readonly manifests: readonly KeptManifest[];
  readonly bad: readonly BadManifest[];
}

const bytesOf = (manifests: Iterable<KeptManifest>): number =>
  packedBytes([...manifests].flatMap(({ files }) => files));

/**
 * One place of backups: manifests, and `objects/<sha256>`, which they share. Objects are compressed, and are named by
 * what they hold before that. Nothing in it is ever changed; it is only added to, and pruned.
 */
export class BackupFolder {
  readonly path: string;
  readonly #fs: FileSystem;
  readonly #guard: () => Promise<void>;

  /** `guard` rejects where nothing may be written. */
  constructor(fs: FileSystem, path: string, guard: () => Promise<void>) {
    this.#fs = fs;
    this.path = path;
    this.#guard = guard;
  }

  /** All backups that are kept here; none where there is no such folder. */
  async list(): Promise<Kept> {
    const manifests: KeptManifest[] = [];
    const bad: BadManifest[] = [];
    for (const name of (await namesIn(this.#fs, this.path)).filter(isManifest).reverse()) {
      const bytes = await readIfThere(this.#fs, join(this.path, name));
      if (bytes === undefined) continue;
      const read = readManifest(name, bytes);
      if (read.ok) manifests.push(read.value);
      else bad.push({ name, kind: read.error.kind });
    }
    return { manifests, bad };
  }

  /** Which objects are here, by name alone. */
  async objects(): Promise<Set<string>> {
    return new Set((await namesIn(this.#fs, this.#objects)).filter((name) => OBJECT.test(name)));
  }

  /** The bytes of an object, if they are here and are what its name says. */
  async get(hash: string): Promise<Buffer | undefined> {
    return (await this.#read(hash))?.bytes;
  }

  /**
   * Keeps bytes under their hash, and reads them back; answers with the size that they take. What is here already
   * and is good stays; what is damaged is written anew.
   */
  async put(hash: string, bytes: Uint8Array): Promise<number> {
    const there = await this.#read(hash);
    if (there !== undefined) return there.packed;
    const packed = await pack(bytes);
    await this.#guard();
    await ensureFolder(this.#fs, this.#objects);
    await swapFile(this.#fs, join(this.#objects, hash), packed, this.#guard);
    const written = await this.#read(hash);
    if (written === undefined) throw new Error('a backup could not be read back as it was written');
    return written.packed;
  }

  /** Adds a manifest whose objects were all put before; answers with its name. It counts once it is read back. */
  async add(manifest: Manifest, writer: string, seq: number): Promise<string> {
    const name = nameOf(manifest);
    await this.#guard();
    await ensureFolder(this.#fs, this.#objects);
    await syncFolder(this.#fs, this.#objects);
    const path = join(this.path, name);
    await replaceFile(this.#fs, path, sealManifest(manifest, writer, seq), this.#guard);
    if (!readManifest(name, await this.#fs.readFile(path)).ok)
      throw new Error('a backup could not be read back as it was written');
    return name;
  }

  /**
   * Drops what no longer needs to be kept, and the oldest beyond the size, but never the newest; then the objects
   * that no manifest names. A manifest that cannot be read may name any object: then none is dropped.
   */
  async prune(now: Date, mostBytes: number): Promise<void> {
    const { manifests, bad } = await this.list();
    const stay = keptOf(manifests);
    const newest = manifests[0];
    for (const oldest of [...stay].sort((a, b) => (a.time < b.time ? -1 : 1))) {
      if (bytesOf(stay) <= mostBytes) break;
      if (oldest !== newest) stay.delete(oldest);
    }
    for (const each of manifests) {
      if (stay.has(each)) continue;
      await this.#guard();
      await removeIfThere(this.#fs, join(this.path, each.name));
    }
    if (bad.length > 0) return;
    // Before an object goes, the manifest that named it must have gone for good.
    if (stay.size < manifests.length) await syncFolder(this.#fs, this.path);
    await this.#sweep(now, stay);
  }

  /** Bytes that the backups here take. */
  async bytes(): Promise<number> {
    return bytesOf((await this.list()).manifests);
  }

  async #sweep(now: Date, manifests: Iterable<KeptManifest>): Promise<void> {
    const named = new Set([...manifests].flatMap(({ files }) => files.map((file) => file.sha256)));
    for (const hash of await this.objects()) {
      if (named.has(hash)) continue;
      const path = join(this.#objects, hash);
      if (now.getTime() - (await this.#fs.modified(path)).getTime() < YOUNG_MS) continue;
      await this.#guard();
      await removeIfThere(this.#fs, path);
    }
    await sweepTemporaries(this.#fs, this.path);
    await sweepTemporaries(this.#fs, this.#objects);
  }

  get #objects(): string {
    return join(this.path, 'objects');
  }

  async #read(hash: string): Promise<{ bytes: Buffer; packed: number } | undefined> {
    const packed = await readIfThere(this.#fs, join(this.#objects, hash));
    if (packed === undefined) return undefined;
    try {
      const bytes = await unpack(packed, { maxOutputLength: MOST_BYTES });
      return sha256(bytes) === hash ? { bytes, packed: packed.length } : undefined;
    } catch {
      return undefined; // not what was packed: as good as absent, and another place may have it
    }
  }
}
