import { join } from 'node:path';
import { build } from 'vite';

/** The search worker, bundled as in the product. Returns the path of its script. */
export const buildSearchWorker = async (name: string): Promise<string> => {
  const root = join(import.meta.dirname, '../..');
  const outDir = join(root, '.cache/test-workers', `${name}-${process.pid}`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { external: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      rollupOptions: {
        input: { search: join(root, 'src/core/search/worker.ts') },
        external: [/^node:/, 'flexsearch'],
      },
    },
  });
  return join(outDir, 'search.js');
};
