import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readReady } from './host.mjs';
import { binOf, ended, endProcess, npmCommand, run } from './processes.mjs';

const node = (script: string) =>
  spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: process.platform !== 'win32',
  });
describe('a program that is run', () => {
  const options = { cwd: tmpdir(), quiet: true };
  it('gives its output and whether it went well', async () => {
    const script = 'console.log(process.env.A); console.error(2)';
    const { ok, timedOut, output } = await run(process.execPath, ['-e', script], {
      ...options,
      env: { A: '1' },
    });
    expect([ok, timedOut, output.split('\n').sort()]).toEqual([true, false, ['', '1', '2']]);
    expect((await run(process.execPath, ['-e', 'process.exit(3)'], options)).ok).toBe(false);
    expect((await run(join(tmpdir(), 'no-such-program'), [], options)).ok).toBe(false);
  });
  it('is ended when it takes too long', async () => {
    const began = Date.now();
    const result = await run(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], {
      ...options,
      limit: 300,
    });
    expect([result.ok, result.timedOut]).toEqual([false, true]);
    expect(Date.now() - began).toBeLessThan(10_000);
  });
});

describe.skipIf(process.platform === 'win32')('a process that is to end', () => {
  it('has time to put things away', async () => {
    const child = node(
      `process.on('SIGTERM', () => setTimeout(() => process.exit(7), 200)); console.log(1); setInterval(() => 0, 1000)`,
    );
    await once(child.stdout, 'data');
    await endProcess(child);
    expect(child.exitCode).toBe(7);
    await endProcess(child);
  });

  it('is ended with all that it started when it does not listen', async () => {
    const deaf = `process.on('SIGTERM', () => 0); console.log(1); setInterval(() => 0, 1000)`;
    const child = node(
      `process.on('SIGTERM', () => 0);
       require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(deaf)}], { stdio: ['ignore', 'inherit', 'ignore'] });
       setInterval(() => 0, 1000)`,
    );
    await once(child.stdout, 'data');
    // Both hold the pipe open; it ends with the last of them.
    const bothGone = once(child.stdout, 'end');
    child.stdout.resume();
    await endProcess(child, { grace: 300 });
    await ended(child);
    expect(child.signalCode).toBe('SIGKILL');
    await bothGone;
  });
});

describe('commands without a shell', () => {
  it('are found in their packages', async () => {
    const root = await mkdtemp(join(tmpdir(), 'hepatica-bin-'));
    for (const [name, bin] of [
      ['one', '"./cli.js"'],
      ['many', '{"a":"b/a.js"}'],
    ] as const) {
      await mkdir(join(root, 'node_modules', name), { recursive: true });
      await writeFile(join(root, 'node_modules', name, 'package.json'), `{"bin":${bin}}`);
    }
    expect(binOf(root, 'one', 'one')).toBe(join(root, 'node_modules', 'one', 'cli.js'));
    expect(binOf(root, 'many', 'a')).toBe(join(root, 'node_modules', 'many', 'b', 'a.js'));
    expect(() => binOf(root, 'many', 'c')).toThrow('The package many has no command c.');
    await rm(root, { recursive: true, force: true });
  });

  const beside = join('/n', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  it.each<[string, Record<string, string>, string[], string[]]>([
    [
      'the npm that runs this',
      { npm_execpath: '/x/npm-cli.js' },
      ['/x/npm-cli.js', beside],
      ['/n/node', '/x/npm-cli.js'],
    ],
    [
      'the npm of this Node, under another manager',
      { npm_execpath: '/x/yarn.js' },
      ['/x/yarn.js', beside],
      ['/n/node', beside],
    ],
    ['whatever the path has', {}, [], ['npm']],
  ])('%s', (_name, env, files, expected) => {
    expect(npmCommand(env, '/n/node', (path) => files.includes(path))).toEqual(expected);
  });
});

it.each([
  [
    { type: 'ready', address: 'a', launchUrl: 'b', more: 1 },
    { address: 'a', launchUrl: 'b' },
  ],
  [{ type: 'launch', address: 'a', launchUrl: 'b' }, undefined],
  [{ type: 'ready', address: 'a' }, undefined],
  ['ready', undefined],
  [null, undefined],
])('the host says %j', (message, expected) => expect(readReady(message)).toEqual(expected));
