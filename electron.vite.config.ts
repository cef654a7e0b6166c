import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * One build for both hosts. The browser host, the command line and the workers are further entries of the Node build,
 * so that the desktop app and the browser host run the same compiled services.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      rollupOptions: {
        input: {
          index: at('src/main/index.ts'),
          host: at('src/host/index.ts'),
          cli: at('src/host/cli.ts'),
          'search-worker': at('src/core/search/worker.ts'),
          'import-worker': at('src/core/import/worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react()],
    build: { minify: true, target: 'chrome140', rollupOptions: { input: at('src/renderer/index.html') } },
  },
});
