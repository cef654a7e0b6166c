import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type HostProcess, startHostProcess } from '../drivers/host-process';

test.skip(() => test.info().project.name !== 'browser', 'this is about the browser host alone');

/**
 * The browser host against web pages (goals H5, H6, H7). `evil.example` resolves to this machine, which is what a
 * rebound name does; another port of 127.0.0.1 is the same site, so that even the Strict cookie is sent.
 */
let host: HostProcess;
let evil: Server;
let browser: Browser;
let context: BrowserContext;
let folder: string;

const evilPage = '<!doctype html><title>evil</title><h1>evil</h1>';

test.beforeAll(async ({ playwright, launchOptions }) => {
  host = await startHostProcess();
  evil = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(evilPage);
  });
  evil.listen(0, '127.0.0.1');
  await once(evil, 'listening');
  folder = await mkdtemp(join(tmpdir(), 'hepatica-launch-'));
  browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), '--host-resolver-rules=MAP *.example 127.0.0.1'],
  });
  context = await browser.newContext();
});
test.afterAll(async () => {
  await browser?.close();
  evil?.close();
  await host?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

const hostPort = () => new URL(host.address).port;
const evilPort = () => (evil.address() as AddressInfo).port;

/** Opens the app as the start script does: from a local file that only this user can read. */
const launch = async (page: Page): Promise<void> => {
  const file = join(folder, `${Math.random()}.html`);
  const url = await host.launchAgain();
  await writeFile(file, `<meta http-equiv="refresh" content="0;url=${url}">`, { mode: 0o600 });
  await page.goto(pathToFileURL(file).href);
  await page.waitForURL(host.address);
};

test('a start link opens the app once, and leaves no trace of itself', async () => {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    const isIcon = message.location().url.endsWith('/favicon.ico');
    if (message.type() === 'error' && !isIcon) complaints.push(message.text());
  });
  await launch(page);
  await expect(page).toHaveTitle(/Hepatica/);
  await page.waitForTimeout(500);
  expect(complaints).toEqual([]);
  expect(await page.evaluate(() => [document.referrer, document.cookie])).toEqual(['', '']);
  const [cookie] = await context.cookies(host.address);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', domain: '127.0.0.1' });
  expect(cookie?.name).toContain(`hepatica-${hostPort()}-`);
  // Back leads out of the app, not to the link.
  await page.goBack();
  await expect.poll(() => page.url()).not.toContain('token');
  await page.close();
});

test('a browser that was not let in is told so in plain words', async () => {
  const stranger = await browser.newContext();
  const page = await stranger.newPage();
  const answer = await page.goto(host.address);
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole('heading')).toHaveText('This browser was not let in');
  const url = await host.launchAgain();
  const friend = await browser.newContext();
  expect((await friend.request.get(url)).status()).toBe(200);
  await friend.close();
  await page.goto(url);
  await expect(page.getByRole('heading')).toHaveText('This start link was used already');
  await stranger.close();
});

test('a rebound name reaches nothing', async () => {
  const page = await context.newPage();
  for (const path of ['', 'assets/x.js', 'favicon.ico', 'reading/a/abstract', 'launch', 'rpc']) {
    const answer = await page.goto(`http://evil.example:${hostPort()}/${path}`);
    expect([path, answer?.status()]).toEqual([path, 403]);
    expect(await page.content()).not.toContain('<script');
  }
  const upgraded = await page
    .evaluate(
      (url) =>
        new Promise((resolve) => {
          const socket = new WebSocket(url);
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('refused');
        }),
      `ws://evil.example:${hostPort()}/rpc`,
    )
    .catch(() => 'refused');
  expect(upgraded).toBe('refused');
  await page.close();
});

/** Everything that a page of somebody else can try; runs in that page, and answers with what it got hold of. */
const attack = async (target: string): Promise<string[]> => {
  const got: string[] = [];
  const load = (element: HTMLElement, name: string): Promise<void> =>
    new Promise((resolve) => {
      element.onload = () => {
        const frame =
          element instanceof HTMLIFrameElement ? element.contentDocument?.body?.textContent : 'loaded';
        if (frame) got.push(`${name}: ${frame}`);
        resolve();
      };
      element.onerror = () => resolve();
      setTimeout(resolve, 1500);
      document.body.append(element);
    });
  const tries: [string, RequestInit][] = [
    ['', {}],
    ['', { mode: 'no-cors', credentials: 'include' }],
    ['reading/a/abstract', { credentials: 'include' }],
    ['upload', { method: 'PUT', body: 'x', credentials: 'include', headers: { 'X-Hepatica': '1' } }],
    ['upload', { method: 'POST', body: 'x', credentials: 'include', mode: 'no-cors' }],
  ];
  for (const [path, init] of tries) {
    const text = await fetch(target + path, init).then(
      (answer) => answer.text(),
      () => '',
    );
    if (text !== '') got.push(`fetch ${path}: ${text}`);
  }
  await new Promise<void>((resolve) => {
    const socket = new WebSocket(`${target.replace('http', 'ws')}rpc`);
    socket.onopen = () => {
      got.push('web socket');
      resolve();
    };
    socket.onerror = () => resolve();
  });
  const script = document.querySelector<HTMLScriptElement>('script[src]')?.src ?? `${target}assets/x.js`;
  await load(Object.assign(document.createElement('script'), { src: script }), 'script');
  await load(Object.assign(document.createElement('script'), { src: `${target}reading/a/abstract` }), 'json');
  await load(Object.assign(document.createElement('img'), { src: `${target}favicon.ico` }), 'image');
  await load(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: target }), 'style');
  await load(Object.assign(document.createElement('iframe'), { src: target }), 'frame');
  await load(Object.assign(document.createElement('object'), { data: target }), 'object');
  const form = Object.assign(document.createElement('form'), {
    method: 'post',
    action: `${target}upload`,
    target: 'sink',
    enctype: 'text/plain',
  });
  await load(Object.assign(document.createElement('iframe'), { name: 'sink' }), 'sink');
  document.body.append(form);
  form.submit();
  await navigator.serviceWorker?.register(`${target}sw.js`).then(
    () => got.push('service worker'),
    () => undefined,
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  return got;
};

for (const name of ['evil.example', '127.0.0.1']) {
  test(`a page of ${name} gets hold of nothing and changes nothing`, async () => {
    const app = await context.newPage();
    await launch(app);
    const page = await context.newPage();
    const statuses: [string, number][] = [];
    let requests = 0;
    page.on('request', (request) => {
      if (request.url().startsWith(host.address)) requests += 1;
    });
    page.on('response', (answer) => {
      if (answer.url().startsWith(host.address)) statuses.push([answer.url(), answer.status()]);
    });
    await page.goto(`http://${name}:${evilPort()}/`);
    expect(await page.evaluate(attack, host.address)).toEqual([]);
    expect(statuses.filter(([, status]) => status !== 403)).toEqual([]);
    // Not all are answered: some the browser itself holds back.
    expect(statuses.length).toBeGreaterThan(0);
    expect(requests).toBeGreaterThan(8);
    // The reader's own page was not disturbed.
    await app.reload();
    await expect(app).toHaveTitle(/Hepatica/);
    await page.close();
    await app.close();
  });
}
