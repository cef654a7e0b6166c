import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

test.skip(() => test.info().project.name !== 'browser', 'this is about the browser host alone');

/** The browser host as a process: how it starts, ends, and keeps its start link to itself (H5). */
const entry = join('out', 'main', 'host.js');
let folder: string;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hepatica-process-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

const start = async (...more: string[]) => {
  const child = fork(
    entry,
    [`--library=${join(folder, 'library')}`, `--user-data=${join(folder, 'user')}`, ...more],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => {
      output += String(data);
    });
  }
  const [ready] = (await once(child, 'message')) as [{ type: string; address: string; launchUrl: string }];
  return { child, ready, output: () => output };
};

test('listens on a port of the system, or on the one that was asked for', async () => {
  const { child, ready } = await start();
  expect(ready.type).toBe('ready');
  expect(ready.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(ready.launchUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/launch\?token=[\w-]{32}$/);
  child.send({ type: 'shutdown' });
  expect(await once(child, 'exit')).toEqual([0, null]);
  const again = await start(`--port=${new URL(ready.address).port}`);
  expect(again.ready.address).toBe(ready.address);
  expect(again.ready.launchUrl).not.toBe(ready.launchUrl);
  again.child.send({ type: 'shutdown' });
  expect(await once(again.child, 'exit')).toEqual([0, null]);
});

for (const way of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
  test(`ends on ${way}`, async () => {
    test.skip(process.platform === 'win32' && way !== 'disconnect', 'Windows has no such signals');
    const { child, ready } = await start();
    const exited = once(child, 'exit');
    if (way === 'disconnect') child.disconnect();
    else child.kill(way);
    expect(await exited).toEqual([0, null]);
    await expect(fetch(ready.address)).rejects.toThrow();
  });
}

test('lets nobody but its parent know the start link', async () => {
  const { child, ready, output } = await start();
  const token = new URL(ready.launchUrl).searchParams.get('token') ?? '';
  const spent = await fetch(ready.launchUrl);
  const cookie = /=([^;]+)/.exec(spent.headers.get('set-cookie') ?? '')?.[1] ?? '';
  await fetch(ready.launchUrl);
  if (process.platform === 'linux') {
    const commandLine = await readFile(`/proc/${child.pid}/cmdline`, 'utf8');
    expect(commandLine).not.toContain(token);
  }
  child.send({ type: 'shutdown' });
  await once(child, 'exit');
  expect(token.length + cookie.length).toBe(64);
  const written = await readdir(folder, { recursive: true });
  for (const name of written) {
    const path = join(folder, name);
    if (!(await stat(path)).isFile()) continue;
    const text = await readFile(path, 'latin1');
    expect([name, text.includes(token), text.includes(cookie)]).toEqual([name, false, false]);
  }
  expect(output()).not.toContain(token);
  expect(output()).not.toContain(cookie);
});

for (const [name, argv] of [
  ['no library', ['--user-data=x']],
  ['a port that is none', ['--library=x', '--user-data=x', '--port=http']],
  ['an argument that it does not know', ['--library=x', '--user-data=x', '--open=/etc']],
] as const) {
  test(`says how it is used, given ${name}`, async () => {
    const child = fork(entry, argv, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], cwd: process.cwd() });
    let output = '';
    child.stderr?.on('data', (data) => {
      output += String(data);
    });
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
    expect(output).not.toContain('    at ');
    expect(output.length).toBeGreaterThan(10);
  });
}

test('says so when the port is taken, and lets the library go', async () => {
  const first = await start();
  const port = new URL(first.ready.address).port;
  const argv = [
    `--library=${join(folder, 'other')}`,
    `--user-data=${join(folder, 'user2')}`,
    `--port=${port}`,
  ];
  const second = fork(entry, argv, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const [code] = await once(second, 'exit');
  expect(code).toBe(1);
  expect(await readdir(join(folder, 'other')).catch(() => [])).not.toContain('lock');
  first.child.send({ type: 'shutdown' });
  await once(first.child, 'exit');
});
