import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { findChromium, hasDisplay } from '../../scripts/lib/chromium.mjs';
import { processes, runStart, type StartProcess } from '../drivers/start-process';

/** `npm start -- --browser` itself: from the command to the page, and back to nothing left running (H5). */
test.skip(
  process.platform === 'win32',
  'Windows has no signals; the ends of the host are tested by themselves',
);
// It installs and builds first, where that is needed.
test.setTimeout(180_000);
// One after the other: two that find the build out of date would both write it.
test.describe.configure({ mode: 'default' });

let started: StartProcess;
test.afterEach(() => started.clean());

const leftRunning = () =>
  processes()
    .filter(({ command }) => command.includes(started.folder))
    .map(({ command }) => command);

/** Ctrl-C. npm waits for what it has started, and then ends by the signal, or with 0, as its version has it. */
const interrupt = async (): Promise<void> => {
  started.interrupt();
  expect([0, null]).toContain(await started.exitCode);
};

test('prints an address that lets in once, serves the page, and ends on Ctrl-C with all it started', async () => {
  started = await runStart('--no-window');
  const [, launchUrl = ''] = await started.says(/^Open this address:\n(\S+)\n/m);
  const { origin, searchParams } = new URL(launchUrl);
  const token = searchParams.get('token') ?? '';
  expect(token).toMatch(/^[\w-]{32,}$/);
  const running = processes().map(({ command }) => command);
  expect(running.filter((command) => command.includes(started.folder)).length).toBeGreaterThan(1);
  expect(running.filter((command) => command.includes(token))).toEqual([]);

  const launch = await fetch(launchUrl);
  expect(launch.status).toBe(200);
  const [cookie = ''] = (launch.headers.get('set-cookie') ?? '').split(';');
  const page = await fetch(`${origin}/`, { headers: { cookie } });
  expect(page.status).toBe(200);
  expect(await page.text()).toMatch(/<div id="root">/);
  expect((await fetch(`${origin}/`)).status).toBe(403);
  expect((await fetch(launchUrl)).status).toBe(403);

  await interrupt();
  expect(leftRunning()).toEqual([]);
  await expect(fetch(`${origin}/`)).rejects.toThrow();
});

test('can be used again at once: a start whose library was let go', async () => {
  started = await runStart('--no-window');
  await started.says(/^Open this address:/m);
  await interrupt();
  // Everything that was begun has been put away: no journal left to replay, no lock to take over.
  await expect(stat(`${started.folder}/library/lock`)).rejects.toThrow();
  expect(await readFile(`${started.folder}/library/library.json`, 'utf8')).toContain('"schema');
});

test('refuses a library inside the program', async () => {
  started = await runStart('--no-window', '--library', 'e2e/library');
  expect(await started.exitCode).toBe(2);
  expect(started.output()).toContain("cannot lie inside the program's own folder");
});

test.describe('with a window', () => {
  test.skip(!hasDisplay() || findChromium() === undefined, 'there is no display, or no browser for a window');
  test.skip(process.platform !== 'linux', 'looks into /proc to see that the page is connected');

  /** Established connections to a port of this machine. */
  const connections = async (port: number): Promise<number> => {
    const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    const table = await readFile('/proc/net/tcp', 'utf8');
    return table.split('\n').filter((line) => {
      const [, address, , state] = line.trim().split(/\s+/);
      return address === local && state === '01';
    }).length;
  };

  test.beforeEach(async () => {
    started = await runStart();
    await started.says(/is open in a window/);
  });

  const appWindow = () => {
    const mine = processes().filter(({ command }) => command.includes(started.folder));
    const found = mine.find(({ command }) => command.includes('--app=file:'));
    const [, url = ''] = /--app=(file:\S+)/.exec(found?.command ?? '') ?? [];
    return { pid: found?.pid ?? 0, file: fileURLToPath(url) };
  };

  test('hands the start link over in a file that nobody else can read, and never in arguments', async () => {
    const { file } = appWindow();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
    const [, launchUrl = ''] = /url=([^"]+)/.exec(await readFile(file, 'utf8')) ?? [];
    const { port, searchParams } = new URL(launchUrl);
    const token = searchParams.get('token') ?? 'none';
    await expect.poll(() => connections(Number(port)), { timeout: 30_000 }).toBeGreaterThan(0);
    expect(processes().filter(({ command }) => command.includes(token))).toEqual([]);
    expect(started.output()).not.toContain(token);
    await interrupt();
    expect(leftRunning()).toEqual([]);
    await expect(stat(dirname(file))).rejects.toThrow();
  });

  test('ends when its window is closed', async () => {
    // A window that is gone at once was handed over to another browser: not what a person does.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    process.kill(appWindow().pid, 'SIGTERM');
    expect(await started.exitCode).toBe(0);
    expect(leftRunning()).toEqual([]);
  });
});
