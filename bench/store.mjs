/**
 * `npm run bench:store [-- part…]`: what one acknowledged change costs beside lowdb and SQLite, and what a large
 * library costs. Each part has a process of its own. The peers of bench/package.json are installed here and nowhere
 * else; where one cannot be had, its figures are left out and the reason is printed.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, out, root } from './bundle.mjs';

const PARTS = ['changes', 'annotations', 'typing'];
const peers = join(out, 'peers');

/** Tried in a process of its own: an addon that was built for another Node ends the process that loads it. */
const tryPeer = (name, code) =>
  spawnSync(process.execPath, ['-e', code], { cwd: peers, encoding: 'utf8' }).status === 0
    ? undefined
    : `${name} does not load in Node ${process.version}`;

const installPeers = () => {
  const code = "new (require('better-sqlite3'))(':memory:')";
  mkdirSync(peers, { recursive: true });
  copyFileSync(join(root, 'bench/package.json'), join(peers, 'package.json'));
  if (tryPeer('better-sqlite3', code) === undefined) return undefined;
  console.log('installing better-sqlite3 for the comparison; where it has to be compiled this takes minutes');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const install = spawnSync(npm, ['install', '--no-fund', '--no-audit'], {
    cwd: peers,
    encoding: 'utf8',
    timeout: 600_000,
    shell: process.platform === 'win32',
  });
  const problem =
    install.stderr?.split('\n').find((line) => line.includes('npm error')) ?? install.error?.message;
  return install.status === 0
    ? tryPeer('better-sqlite3', code)
    : `npm install failed: ${problem ?? 'no reason given'}`;
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !PARTS.includes(name));
if (unknown !== undefined) throw new Error(`no such part: ${unknown}; there are ${PARTS.join(', ')}`);
const chosen = wanted.length === 0 ? PARTS : wanted;
const skipped = chosen.includes('changes') ? installPeers() : undefined;
await bundle('store');
for (const part of chosen) {
  const run = spawnSync(process.execPath, ['--expose-gc', `${out}store.js`, part], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, BENCH_PEERS: peers, BENCH_SQLITE_SKIPPED: skipped ?? '' },
  });
  if (run.status !== 0) process.exitCode = run.status ?? 1;
}
