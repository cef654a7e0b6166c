import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * The long form of the fault tests: `npm run test:faults [seed] [part of a file's name]`. Each line says the goal, how
 * many cases held of how many, and what they were. The short form is part of the other tests.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const [seed = String(Math.floor(Math.random() * 1e9)), part = ''] = process.argv.slice(2);
if (!/^\d+$/.test(seed)) {
  console.error(`not a seed: ${seed}`);
  process.exit(1);
}
console.log(`seed ${seed} (again with: npm run test:faults ${seed})`);
const where =
  part === ''
    ? ['src/core/storage/faults/', 'src/core/storage/migrations/', 'src/core/backups/']
    : [`src/core/storage/faults/${part}`];
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', ...where, '--disable-console-intercept', '--no-file-parallelism'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, HEPATICA_FAULTS: 'long', HEPATICA_FAULTS_SEED: seed },
  },
);
console.log(`seed ${seed}`);
process.exitCode = status ?? 1;
