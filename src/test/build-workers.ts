import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * The script of each worker thread by the folder of its source below `src/core`: `search` for
     * `src/core/search/worker.ts`. In a test: `inject('workers')`.
     */
    readonly workers: Readonly<Record<string, string>>;
  }
}

const root = join(import.meta.dirname, '../..');
const core = join(root, 'src/core');

/** Bundles one worker as the product does: own modules in one file, packages left where they are. */
const buildWorker = async (source: string, outDir: string): Promise<string> => {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { external: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      // Resolved by Node, so that a package runs as it does in the product.
      rollupOptions: { input: { worker: source }, external: [/^(?![.#/]|[A-Za-z]:)/] },
    },
  });
  return join(outDir, 'worker.js');
};

/**
 * Builds the worker threads once for a whole run, so that tests run real threads. Each run has a folder of its own:
 * two runs at a time do not overwrite each other. A worker that does not build is reported and left out, and so fails
 * the tests that need it, and only those.
 */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = join(root, '.cache/test-workers', String(process.pid));
  const sources = readdirSync(core, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.split(sep).at(-1) === 'worker.ts')
    .map((path) => join(core, path));
  const workers: Record<string, string> = {};
  for (const source of sources) {
    const name = relative(core, dirname(source)).replaceAll(sep, '/');
    try {
      workers[name] = await buildWorker(source, join(folder, name));
    } catch (error) {
      console.error(`The worker ${relative(root, source)} does not build:`, error);
    }
  }
  project.provide('workers', workers);
  return () => rm(folder, { recursive: true, force: true });
};
