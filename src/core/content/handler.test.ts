import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAssets } from './assets';
import { type ContentHandler, createContentHandler, routes } from './handler';
import { createUploadStore, type UploadStore } from './uploads';

const ORIGIN = 'http://127.0.0.1:1';
let folder: string;
let uploads: UploadStore;
let handle: ContentHandler;
let asked: string[] = [];
const bugs: unknown[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'content-test-'));
  const page = join(folder, 'page');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.json'), '"outside"');
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Hepatica</title>');
  await writeFile(join(page, 'icon.svg'), '<svg/>');
  await writeFile(join(page, 'assets', 'index-C0ffee12.js'), 'export {};');
  await writeFile(join(page, 'assets', 'notes.exe'), 'no');
  await symlink(join(folder, 'secret.json'), join(page, 'link.json'));
  uploads = await createUploadStore({ bytes: 1000, totalBytes: 5000, pending: 3, age: 60_000 }, folder);
  handle = createContentHandler({
    assets: await loadAssets(page),
    uploads,
    onBug: (error) => bugs.push(error),
    async keptFile(name) {
      asked.push(name);
      return name === '2026-articles_3f.json' ? Buffer.from('{"<script>') : undefined;
    },
    async readingText(articleId, documentId) {
      asked.push(`${articleId} ${documentId}`);
      if (articleId === 'breaks') throw new Error('secret detail');
      return articleId === 'known' ? `<p>${documentId}</p>` : undefined;
    },
  });
});
afterAll(async () => {
  await uploads.dispose();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string, init?: RequestInit) => handle(new Request(ORIGIN + path, init));
const put = (body: BodyInit | null, headers: Record<string, string> = { 'X-Hepatica': '1' }) =>
  get('/upload', { method: 'PUT', body, headers });

describe('routes', () => {
  it('are these and no others', () => {
    expect(routes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /reading/:article/:document',
      'GET /quarantine/:name',
      'PUT /upload',
    ]);
  });

  it('give a file of the quarantine to be saved, never to be shown', async () => {
    const response = await get('/quarantine/2026-articles_3f.json');
    expect(response.headers.get('Content-Type')).toBe('application/octet-stream');
    expect(response.headers.get('Content-Disposition')).toBe(
      "attachment; filename*=UTF-8''2026-articles_3f.json",
    );
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(await response.text()).toBe('{"<script>');
    expect((await get('/quarantine/other')).status).toBe(404);
    asked = [];
    for (const path of ['/quarantine/..%2flock', '/quarantine/a/b', '/quarantine'])
      expect((await get(path)).status, path).toBe(404);
    expect(asked).toEqual([]);
  });

  it.each([
    ['/', 'text/html; charset=utf-8', 'no-store'],
    ['/icon.svg', 'image/svg+xml', 'no-store'],
    ['/assets/index-C0ffee12.js', 'text/javascript; charset=utf-8', 'private, max-age=31536000, immutable'],
    ['/?a=b#c', 'text/html; charset=utf-8', 'no-store'],
    ['/reading/known/abstract', 'text/html; charset=utf-8', 'no-store'],
  ])('GET %s is served', async (path, type, cache) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('cache-control')).toBe(cache);
    const head = await get(path, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it.each([
    '/index.html',
    '/link.json',
    '/assets',
    '/assets/',
    '/assets/notes.exe',
    '/favicon.ico',
    '/rpc',
    '/reading',
    '/reading/known',
    '/reading/known/abstract/more',
    '/reading/unknown/abstract',
    '/reading//abstract',
    '/upload/x',
    '//',
    '/__proto__',
    '/constructor',
  ])('GET %s is not', async (path) => expect((await get(path)).status).toBe(404));

  it.each([
    ['POST', '/', 'GET'],
    ['PUT', '/icon.svg', 'GET'],
    ['DELETE', '/reading/known/abstract', 'GET'],
    ['OPTIONS', '/reading/known/abstract', 'GET'],
    ['GET', '/upload', 'PUT'],
    ['HEAD', '/upload', 'PUT'],
    ['POST', '/upload', 'PUT'],
    ['OPTIONS', '/upload', 'PUT'],
  ])('%s %s is not allowed', async (method, path, allow) => {
    const response = await get(path, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
  });

  it('say nothing of what breaks inside', async () => {
    const response = await get('/reading/breaks/abstract');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(bugs.map(String)).toEqual(['Error: secret detail']);
  });
});

describe('headers', () => {
  it.each(['/', '/nowhere', '/reading/known/abstract', '/upload', '/reading/breaks/a'])(
    'of %s',
    async (path) => {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; /);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );

  it('give a reading text no origin and no script', async () => {
    const policy = (await get('/reading/known/abstract')).headers.get('content-security-policy');
    expect(policy).toContain('; sandbox');
    expect(policy).not.toMatch(/script-src|allow-/);
  });
});

describe('uploads', () => {
  it('answer with an id that can be taken once', async () => {
    const response = await put('liver');
    const { upload } = (await response.json()) as { upload: string };
    expect((await uploads.take(upload))?.bytes).toBe(5);
  });

  it('may be empty', async () => expect((await put(null)).status).toBe(200));

  it.each([{}, { 'X-Hepatica': '0' }, { 'X-Hepatica': '1, 1' }])('need their header: %j', async (headers) => {
    expect((await put('liver', headers)).status).toBe(403);
  });

  it('are limited in size and number', async () => {
    expect((await put('x'.repeat(1001))).status).toBe(413);
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await put('x')).status);
    expect(statuses.at(-1)).toBe(503);
  });
});

/** Ways to write a path that leaves its folder (S7). */
const climbs = [
  '..',
  '%2e%2e',
  '%2E%2E',
  '.%2e',
  '%252e%252e',
  '..%00',
  '..;',
  '%c0%ae%c0%ae',
  '%u002e',
  '....',
];
const slashes = ['/', '%2f', '%5c', '\\', '%252f', '%c0%af'];
const payloads = climbs.flatMap((climb) => slashes.map((slash) => `${climb}${slash}`.repeat(3)));

describe('path traversal', () => {
  it(`finds nothing outside with ${payloads.length} payloads on every route`, async () => {
    expect(payloads.length).toBeGreaterThanOrEqual(60);
    asked = [];
    for (const payload of payloads) {
      for (const path of [
        `/${payload}secret.json`,
        `/assets/${payload}secret.json`,
        `/reading/${payload}secret.json`,
        `/reading/known/${payload}secret.json`,
        `/reading/${payload}/secret.json`,
        `/reading/known/${encodeURIComponent(payload)}`,
        `/upload/${payload}secret.json`,
      ]) {
        const response = await get(path);
        expect([path, response.status, await response.text()]).toEqual([
          path,
          404,
          'There is nothing here.\n',
        ]);
      }
    }
    expect(asked.filter((ids) => /[^\w -]/.test(ids))).toEqual([]);
  });

  it.each([
    'C:%5cwindows%5cwin.ini',
    'file:%2f%2f%2fetc%2fpasswd',
    '%2fetc%2fpasswd',
    '~%2f.ssh',
    'nul',
    'con.json',
    '%',
    '%zz',
    '%ff',
    'a%0d%0aSet-Cookie:x',
    '%e2%80%ae',
    'a%00.html',
    'x'.repeat(5000),
  ])('refuses %s as a name', async (name) => {
    for (const path of [`/${name}`, `/reading/known/${name}`, `/reading/${name}/abstract`]) {
      const expected = /^\/reading\/known\/nul$/.test(path) ? 200 : 404;
      expect((await get(path)).status).toBe(expected);
    }
  });
});
