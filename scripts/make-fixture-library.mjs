/**
 * Makes src/test/fixtures/libraries/schema-N, N being the schema that this version writes. Once, when a schema is
 * released; see the README there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from './lib/root.mjs';

const schema = process.argv[2];
if (schema === undefined || !/^\d+$/.test(schema)) throw new Error('usage: make-fixture-library.mjs SCHEMA');
const target = join(root, `src/test/fixtures/libraries/schema-${schema}`);
if (existsSync(target)) throw new Error(`${target} is there already: what was released is not made anew`);
mkdirSync(join(root, '.cache'), { recursive: true });
const out = mkdtempSync(join(root, '.cache/fixture-'));
try {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { external: true },
    build: { ssr: 'src/test/make-fixture-library.ts', target: 'node20', outDir: out },
  });
  const run = spawnSync(process.execPath, [join(out, 'make-fixture-library.js'), target], {
    stdio: 'inherit',
  });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(out, { recursive: true });
}
