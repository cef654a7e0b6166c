import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** Named by a hash of its content, and so never another under the same name. */
  readonly hashed: boolean;
}

/** By the path of the URL, for example `/assets/index-C0ffee12.js`. */
export type Assets = ReadonlyMap<string, Asset>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/;

/**
 * Reads the built page, so that later a request can only ever reach what is in this list. Links are not
 * followed, and files of a type that the page does not use are left out. Rejects when there is no `index.html`.
 */
export const loadAssets = async (folder: string): Promise<Assets> => {
  const assets = new Map<string, Asset>();
  const visit = async (path: string): Promise<void> => {
    for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
      const url = `${path}/${entry.name}`;
      const type = TYPES[extname(entry.name)];
      if (entry.isDirectory()) await visit(url);
      else if (entry.isFile() && type !== undefined) {
        const body = new Uint8Array(await readFile(join(folder, url)));
        assets.set(url, { body, type, hashed: HASHED.test(url) });
      }
    }
  };
  await visit('');
  const page = assets.get('/index.html');
  if (page === undefined) throw new Error(`the page is not built: ${join(folder, 'index.html')} is missing`);
  assets.delete('/index.html');
  assets.set('/', page);
  return assets;
};
