import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

/** The worker threads, by the name that `composeServices` gives them. */
const SOURCES = { search: 'src/core/search/worker.ts', import: 'src/core/import/worker.ts' } as const;
type Workers = { readonly [Name in keyof typeof SOURCES]: string };

declare module 'vitest' {
  interface ProvidedContext {
    /** The scripts of the worker threads. In a test: `inject('workers')`. */
    readonly workers: Workers;
  }
}

const root = join(import.meta.dirname, '../..');

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
      rollupOptions: { input: { worker: join(root, source) }, external: [/^(?![.#/]|[A-Za-z]:)/] },
    },
  }).catch((error: unknown) => console.error(`The worker ${source} does not build:`, error));
  return join(outDir, 'worker.js');
};

/**
 * Builds the worker threads once for a whole run, so that tests run real threads. Each run has a folder of its own:
 * two runs at a time do not overwrite each other. A worker that does not build is reported and leaves no script, and so
 * fails the tests that start it, and only those.
 */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = join(root, '.cache/test-workers', String(process.pid));
  project.provide('workers', {
    search: await buildWorker(SOURCES.search, join(folder, 'search')),
    import: await buildWorker(SOURCES.import, join(folder, 'import')),
  });
  return () => rm(folder, { recursive: true, force: true });
};
