import type { FileHandlePort, FileSystem } from '../fs-port';
import { DiskState, type Entry, type Operation, ROOT } from './disk-state';

/** Every call of the port, of a handle too. */
export type DiskCall = keyof FileSystem | keyof FileHandlePort;

export interface MemoryDiskOptions {
  /** What lies on it at first. */
  readonly state?: DiskState;
  /** Called before each call with its path; what it throws, the call rejects with. A failed `write` takes half. */
  readonly before?: (call: DiskCall, path: string) => void;
  /** As on Windows and macOS, where `A` and `a` are one name. */
  readonly caseInsensitive?: boolean;
  /** As on Windows, where a folder cannot be opened. */
  readonly foldersOpen?: boolean;
  /** What a platform does on top of it. */
  readonly wrap?: (fs: FileSystem) => FileSystem;
}

const failure = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code });

/**
 * A disk in memory behind the port, with the error codes of Linux, that keeps a record of all that was done to it.
 * `powerLossStates` makes from that record what may lie on a real one after a power cut.
 */
export class MemoryDisk {
  readonly initial: DiskState;
  readonly state: DiskState;
  readonly operations: Operation[] = [];
  readonly fs: FileSystem;
  readonly #options: MemoryDiskOptions;
  #nextNode: number;
  readonly #times = new Map<number, Date>();

  constructor(options: MemoryDiskOptions = {}) {
    this.#options = options;
    this.initial = options.state ?? new DiskState();
    this.state = this.initial.copy();
    this.#nextNode = this.state.nextNode;
    const fs = this.#fileSystem();
    this.fs = options.wrap?.(fs) ?? fs;
  }

  #fileSystem(): FileSystem {
    const call =
      <A extends [string, ...unknown[]], R>(name: DiskCall, run: (...args: A) => R) =>
      async (...args: A): Promise<R> => {
        this.#options.before?.(name, args[0]);
        return run(...args);
      };
    return {
      open: call('open', (path, flags: string) => this.#open(path, flags)),
      readFile: call('readFile', (path) => Buffer.from(this.state.bytes(this.#file(path)))),
      rename: call('rename', (from, to: string) => this.#rename(from, to)),
      link: call('link', (from, to: string) => this.#link(from, to)),
      unlink: call('unlink', (path) => this.#unlink(path)),
      mkdir: call('mkdir', (path) => this.#mkdir(path)),
      readdir: call('readdir', (path) => [...this.#names(path).keys()]),
      touch: call('touch', (path, time: Date) => void this.#times.set(this.#node(path), time)),
      identity: call('identity', (path) => {
        const node = this.#file(path);
        return `${node} ${this.#times.get(node)?.getTime()} ${this.state.bytes(node).toString('latin1')}`;
      }),
      modified: call('modified', (path) => this.#times.get(this.#node(path)) ?? new Date(0)),
    };
  }

  #do(operation: Operation): void {
    this.operations.push(operation);
    this.state.apply(operation);
  }

  #key(name: string): string {
    return this.#options.caseInsensitive === true ? name.toLowerCase() : name;
  }

  #find(path: string): number | undefined {
    return this.state.find(this.#key(path));
  }

  #node(path: string): number {
    const node = this.#find(path);
    if (node === undefined) throw failure('ENOENT', path);
    return node;
  }

  #file(path: string): number {
    const node = this.#node(path);
    if (this.state.folders.has(node)) throw failure('EISDIR', path);
    return node;
  }

  #names(path: string): ReadonlyMap<string, number> {
    const names = this.state.folders.get(this.#node(path));
    if (names === undefined) throw failure('ENOTDIR', path);
    return names;
  }

  /** The folder that holds a path, and its name there. */
  #place(path: string): Pick<Entry, 'folder' | 'name'> {
    const cut = path.lastIndexOf('/');
    const folder = this.#node(path.slice(0, cut));
    if (!this.state.folders.has(folder)) throw failure('ENOTDIR', path);
    return { folder, name: this.#key(path.slice(cut + 1)) };
  }

  #make(folder: boolean): number {
    const node = this.#nextNode++;
    this.#do({ kind: 'make', node, folder });
    return node;
  }

  #open(path: string, flags: string): FileHandlePort {
    const found = this.#find(path);
    if (found === undefined && flags.startsWith('r')) throw failure('ENOENT', path);
    if (found !== undefined && flags.includes('x')) throw failure('EEXIST', path);
    if (found !== undefined && this.state.folders.has(found) && this.#options.foldersOpen === false)
      throw failure('EPERM', path);
    const place = this.#place(path);
    const node = found ?? this.#make(false);
    if (found === undefined) this.#do({ kind: 'names', call: 'open', entries: [{ ...place, node }] });
    return this.#handle(node, path);
  }

  #handle(node: number, path: string): FileHandlePort {
    const before = (call: DiskCall): void => this.#options.before?.(call, path);
    const sync = async (call: DiskCall): Promise<void> => {
      before(call);
      this.#do({ kind: 'sync', node });
    };
    const write = (bytes: Uint8Array, at: number): { bytesWritten: number } => {
      if (bytes.length > 0) this.#do({ kind: 'write', node, at, bytes: Buffer.from(bytes) });
      return { bytesWritten: bytes.length };
    };
    return {
      write: async (bytes, offset, length, position) => {
        const at = position ?? this.state.bytes(node).length;
        const given = bytes.subarray(offset, offset + length);
        try {
          before('write');
        } catch (error) {
          if (!(error instanceof Crash)) write(given.subarray(0, given.length >> 1), at);
          throw error;
        }
        return write(given, at);
      },
      sync: () => sync('sync'),
      datasync: () => sync('datasync'),
      truncate: async (length) => {
        before('truncate');
        this.#do({ kind: 'truncate', node, length });
      },
      close: async () => {},
    };
  }

  #rename(from: string, to: string): void {
    const node = this.#node(from);
    const target = this.#find(to);
    if (target !== undefined && this.state.folders.has(target)) throw failure('EISDIR', to);
    const entries = [
      { ...this.#place(from), node: undefined },
      { ...this.#place(to), node },
    ];
    this.#do({ kind: 'names', call: 'rename', entries });
  }

  #link(from: string, to: string): void {
    const node = this.#file(from);
    if (this.#find(to) !== undefined) throw failure('EEXIST', to);
    this.#do({ kind: 'names', call: 'link', entries: [{ ...this.#place(to), node }] });
  }

  #unlink(path: string): void {
    this.#file(path);
    this.#do({ kind: 'names', call: 'unlink', entries: [{ ...this.#place(path), node: undefined }] });
  }

  #mkdir(path: string): string | undefined {
    let first: string | undefined;
    let at = '';
    let folder: number = ROOT;
    for (const part of path.split('/').filter((each) => each !== '')) {
      at += `/${part}`;
      let node = this.#find(at);
      if (node !== undefined && !this.state.folders.has(node)) throw failure('EEXIST', at);
      if (node === undefined) {
        first ??= at;
        node = this.#make(true);
        this.#do({ kind: 'names', call: 'mkdir', entries: [{ folder, name: this.#key(part), node }] });
      }
      folder = node;
    }
    return first;
  }
}

/** Thrown by `before` for a process that is no more: nothing of the call took place. */
export class Crash extends Error {}
