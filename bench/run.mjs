/**
 * `npm run bench`: bundles bench/main.ts with the project's own sources and runs it against the built app.
 * Prints figures beside their budgets (bench/budgets.json); a miss is printed, not an error.
 */
import { spawnSync } from 'node:child_process';
import { bundle, out, root } from './bundle.mjs';

await bundle('main');

const built = spawnSync(process.execPath, ['node_modules/electron-vite/bin/electron-vite.js', 'build'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (built.status !== 0) process.exit(built.status ?? 1);
const run = spawnSync(process.execPath, [`${out}main.js`, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
