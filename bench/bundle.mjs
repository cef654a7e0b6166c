import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const out = fileURLToPath(new URL('../.cache/bench/', import.meta.url));

/** Bundles bench/<name>.ts with the project's own sources into .cache/bench/<name>.js. */
export const bundle = async (name) => {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    // bench/package.json stands nearer than the one that says what these names mean.
    resolve: { alias: [{ find: /^#(shared|core)\/(.*)$/, replacement: `${root}src/$1/$2.ts` }] },
    ssr: { external: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir: out,
      emptyOutDir: false,
      rollupOptions: { input: { [name]: `${root}/bench/${name}.ts` }, external: [/^node:/, /^[a-z@][^:]*$/] },
    },
  });
};
