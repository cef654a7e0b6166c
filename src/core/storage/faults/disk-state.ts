/** The number of the folder that is there from the start. */
export const ROOT = 0;

/** A folder or a file that gets (`node`) or loses (undefined) a name. */
export interface Entry {
  readonly folder: number;
  readonly name: string;
  readonly node: number | undefined;
}

/** What was done to a disk, in the order in which it was done. `sync` is of a file's bytes or of a folder's names. */
export type Operation =
  | { readonly kind: 'make'; readonly node: number; readonly folder: boolean }
  | { readonly kind: 'names'; readonly call: string; readonly entries: readonly Entry[] }
  | { readonly kind: 'write'; readonly node: number; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly node: number; readonly length: number }
  | { readonly kind: 'sync'; readonly node: number };

/** What lies on a disk: the names in each folder, and the bytes of each file. Buffers in it are never changed. */
export class DiskState {
  readonly folders: Map<number, Map<string, number>>;
  readonly files: Map<number, Buffer>;

  constructor(
    folders: ReadonlyMap<number, ReadonlyMap<string, number>> = new Map([[ROOT, new Map()]]),
    files: ReadonlyMap<number, Buffer> = new Map(),
  ) {
    this.folders = new Map([...folders].map(([node, names]) => [node, new Map(names)]));
    this.files = new Map(files);
  }

  copy(): DiskState {
    return new DiskState(this.folders, this.files);
  }

  get nextNode(): number {
    return Math.max(ROOT, ...this.folders.keys(), ...this.files.keys()) + 1;
  }

  apply(operation: Operation): void {
    switch (operation.kind) {
      case 'make':
        if (operation.folder) this.folders.set(operation.node, new Map());
        else this.files.set(operation.node, Buffer.alloc(0));
        break;
      case 'names':
        for (const { folder, name, node } of operation.entries) {
          if (node === undefined) this.folders.get(folder)?.delete(name);
          else this.folders.get(folder)?.set(name, node);
        }
        break;
      case 'write':
        this.files.set(operation.node, written(this.bytes(operation.node), operation.at, operation.bytes));
        break;
      case 'truncate':
        this.files.set(operation.node, resized(this.bytes(operation.node), operation.length));
        break;
      case 'sync':
        break;
    }
  }

  bytes(node: number): Buffer {
    return this.files.get(node) ?? Buffer.alloc(0);
  }

  /** The node of a path, or undefined. */
  find(path: string): number | undefined {
    let at: number | undefined = ROOT;
    for (const name of path.split('/').filter((part) => part !== ''))
      at = at === undefined ? undefined : this.folders.get(at)?.get(name);
    return at;
  }

  /** All files below a folder by their paths, in order. */
  list(folder: number = ROOT, path = ''): readonly (readonly [string, Buffer])[] {
    const names = [...(this.folders.get(folder) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    return names.flatMap(([name, node]) => {
      const at = `${path}/${name}`;
      return this.folders.has(node) ? this.list(node, at) : [[at, this.bytes(node)] as const];
    });
  }

  /** Puts a file there as if it had always been there, for a test to start from; its folder must exist. */
  put(path: string, bytes: Buffer): void {
    const cut = path.lastIndexOf('/');
    const folder = this.find(path.slice(0, cut));
    if (folder === undefined) throw new Error(`no folder for ${path}`);
    const node = this.nextNode;
    this.files.set(node, bytes);
    this.folders.get(folder)?.set(path.slice(cut + 1), node);
  }
}

export const resized = (bytes: Buffer, length: number): Buffer =>
  length <= bytes.length
    ? bytes.subarray(0, length)
    : Buffer.concat([bytes, Buffer.alloc(length - bytes.length)]);

const written = (bytes: Buffer, at: number, more: Buffer): Buffer => {
  const before = resized(bytes, at);
  return Buffer.concat([before, more, bytes.subarray(at + more.length)]);
};
