import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');
const outDir = join(root, '.cache/test-workers');

/** The scripts of the threads, bundled as in the product. */
export const workers = { search: join(outDir, 'search.js'), import: join(outDir, 'import.js') };

/** Run by vitest before all tests: the services start real threads, which need scripts that Node can run. */
export const setup = async (): Promise<void> => {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { external: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: false,
      rollupOptions: {
        input: {
          search: join(root, 'src/core/search/worker.ts'),
          import: join(root, 'src/core/import/worker.ts'),
        },
        external: [/^node:/, /^[a-z@][^:]*$/],
      },
    },
  });
};
