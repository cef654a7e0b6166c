import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles `storage-child.ts` for plain Node; answers with the path of the script. */
export const buildStorageChild = async (outDir: string): Promise<string> => {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true },
    resolve: {
      alias: [{ find: /^#(shared|core)\/(.*)$/, replacement: `${root}/src/$1/$2.ts` }],
    },
    build: {
      ssr: 'src/test/storage-child.ts',
      outDir,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
  return `${outDir}/child.mjs`;
};

export interface StorageChild {
  readonly process: ChildProcess;
  /** All that it has printed so far. */
  readonly lines: readonly string[];
  /** Resolves with the first line. */
  readonly first: Promise<string>;
  /** Resolves when it has ended and all it printed has been read. */
  readonly ended: Promise<void>;
}

/** `user`: run as this user, and the group of the same number. */
export const startStorageChild = (
  script: string,
  mode: 'write' | 'hold',
  base: string,
  user?: number,
): StorageChild => {
  const child = spawn(process.execPath, [script, mode, base], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(user === undefined ? {} : { uid: user, gid: user, cwd: '/' }),
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const first = new Promise<string>((resolve, reject) => {
    reader.once('line', resolve);
    reader.once('close', () => reject(new Error('the child ended without a word')));
  });
  first.catch(() => {}); // who does not wait for it need not hear that it did not come
  reader.on('line', (line) => lines.push(line));
  const ended = new Promise<void>((resolve) => reader.once('close', () => resolve()));
  return { process: child, lines, first, ended };
};
