import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type FileHandlePort, type FileSystem, nodeFileSystem } from '#core/storage/fs-port';
import { type OpenOptions, openLibrary } from '#core/storage/open';
import type { DocumentStore, Write } from '#core/storage/types';
import { randomId } from '#shared/lib/ids';
import { Annotation } from '#shared/model/annotation';
import { sampleArticle } from './temp-library';

const folders: string[] = [];

/** A fresh folder; `removeFolders` after each test deletes it. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'hepatica-storage-'));
  folders.push(folder);
  return folder;
};

export const removeFolders = async (): Promise<void> => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
};

/** Where a library and this machine's own folder lie under a temporary folder. */
export const placesIn = (base: string): { path: string; userData: string } => ({
  path: join(base, 'library'),
  userData: join(base, 'user'),
});

export const open = (base: string, options: Partial<OpenOptions> = {}) =>
  openLibrary({ ...placesIn(base), create: false, mode: 'read-write', ...options });

/** Fails the test where the library does not open. */
export const opened = async (base: string, options: Partial<OpenOptions> = {}) => {
  const result = await open(base, options);
  if (!result.ok) throw new Error(`the library did not open: ${JSON.stringify(result.error)}`);
  return result.value;
};

/** Closes a library and opens it again, as the next start does. */
export const reopened = async (base: string, store: DocumentStore) => {
  await store.close();
  return (await opened(base)).store;
};

/** All that the journal holds. */
export const journalOf = async (base: string): Promise<string> => {
  const folder = join(placesIn(base).path, 'journal');
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('');
};

export const articleWrite = (title: string, id: string = randomId()): Write => {
  const value = sampleArticle({ id: id as never, title });
  return { table: 'articles', id: value.id, value };
};

export const annotationWrite = (note: string, id: string = randomId()): Write => {
  const value = Annotation.parse({
    id,
    articleId: randomId(),
    target: {
      documentId: 'abstract',
      textHash: 'a'.repeat(64),
      selector: {
        quote: { type: 'TextQuoteSelector', exact: 'liver', prefix: '', suffix: '' },
        position: { type: 'TextPositionSelector', start: 0, end: 5 },
      },
    },
    colour: 'finding',
    note,
    tags: [],
    created: '2026-01-02T03:04:05.000Z',
    modified: '2026-01-02T03:04:05.000Z',
  });
  return { table: 'annotations', id: value.id, value };
};

export const write = (store: DocumentStore, ...writes: readonly Write[]) =>
  store.write({ label: 'history.test', capture: 'step', writes });

/** Every file below a folder with a hash of its bytes. */
export const contentOf = async (folder: string): Promise<Record<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashed = files.sort().map(async (file) => {
    const hash = createHash('sha256').update(await readFile(file));
    return [relative(folder, file), hash.digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(hashed));
};

export type Call = keyof FileSystem | keyof FileHandlePort;

export const failure = (code: string): Error => Object.assign(new Error(code), { code });

/**
 * The real file system, but for calls for which `before` throws. A `write` that fails has put half of its bytes
 * on disk first, as a full disk does.
 */
export const faultyFileSystem = (before: (call: Call, path: string) => void): FileSystem => {
  const real = nodeFileSystem;
  const checked =
    <A extends [string, ...unknown[]], R>(call: Call, run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      before(call, args[0]);
      return run(...args);
    };
  const wrap = (handle: FileHandlePort, path: string): FileHandlePort => ({
    write: async (bytes, offset, length, position) => {
      try {
        before('write', path);
      } catch (error) {
        await handle.write(bytes, offset, Math.floor(length / 2), position);
        throw error;
      }
      return handle.write(bytes, offset, length, position);
    },
    sync: () => checked('sync', () => handle.sync())(path),
    datasync: () => checked('datasync', () => handle.datasync())(path),
    truncate: (length) => checked('truncate', () => handle.truncate(length))(path),
    close: () => handle.close(),
  });
  return {
    open: checked('open', async (path, flags, mode) => wrap(await real.open(path, flags, mode), path)),
    readFile: checked('readFile', real.readFile),
    rename: checked('rename', real.rename),
    link: checked('link', real.link),
    unlink: checked('unlink', real.unlink),
    mkdir: checked('mkdir', real.mkdir),
    readdir: checked('readdir', real.readdir),
    touch: checked('touch', real.touch),
    modified: checked('modified', real.modified),
    identity: checked('identity', real.identity),
  };
};
