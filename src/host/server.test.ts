import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect as connectSocket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createContentHandler } from '#core/content/handler';
import { createUploadStore, type UploadStore } from '#core/content/uploads';
import { conformanceCases } from '#shared/rpc/conformance';
import type { Port } from '#shared/rpc/port';
import { wrongHostsAt } from '../test/wrong-hosts';
import { createFailureLimiter } from './launch';
import { type RunningServer, startServer } from './server';

let folder: string;
let uploads: UploadStore;
let server: RunningServer;
let ports: Port[];
let bugs: unknown[];
let reached: string[];

const PAGE = '<!doctype html><title>Hepatica</title>';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'host-test-'));
  uploads = await createUploadStore({ bytes: 2_000_000, totalBytes: 1e8, pending: 50, age: 60_000 }, folder);
  ports = [];
  bugs = [];
  reached = [];
  const onBug = (error: unknown) => bugs.push(error);
  const handle = createContentHandler({
    assets: new Map([['/', { body: new TextEncoder().encode(PAGE), type: 'text/html', hashed: false }]]),
    readingText: async () => '<p>library data</p>',
    uploads,
    onBug,
  });
  server = await startServer({
    port: 0,
    async handle(request) {
      reached.push(`${request.method} ${new URL(request.url).pathname}`);
      return handle(request);
    },
    onPort: (port) => ports.push(port),
    onBug,
    limiter: createFailureLimiter(10, 60_000, 30),
  });
});
afterEach(async () => {
  await server.close();
  await uploads.dispose();
  await rm(folder, { recursive: true, force: true });
  expect(bugs).toEqual([]);
});

const authority = () => new URL(server.address).host;
const portNumber = () => Number(new URL(server.address).port);

/** Sends bytes as they are and gives back all that comes until the host closes. */
const raw = async (text: string, wait = 3000): Promise<string> => {
  const socket = connectSocket(portNumber(), '127.0.0.1');
  socket.setTimeout(wait, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  let answer = '';
  socket.on('data', (data) => {
    answer += data.toString('latin1');
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
};
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
const request = (line: string, headers: readonly string[]): string =>
  `${[`${line} HTTP/1.1`, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`;

const letIn = async (): Promise<string> => {
  const answer = await fetch(server.issueLaunchUrl(), { redirect: 'manual' });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('url=/');
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^hepatica-\d+-\w{16}=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/);
  return cookie.split(';')[0] ?? '';
};

describe('binding (H1)', () => {
  it.skipIf(process.platform !== 'linux')('is to loopback only, by the socket table', async () => {
    const hex = portNumber().toString(16).toUpperCase().padStart(4, '0');
    const listening = async (file: string) =>
      (await readFile(file, 'utf8'))
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((columns) => columns[3] === '0A' && columns[1]?.endsWith(`:${hex}`))
        .map((columns) => columns[1]);
    expect(await listening('/proc/net/tcp')).toEqual([`0100007F:${hex}`]);
    expect(await listening('/proc/net/tcp6').catch(() => [])).toEqual([]);
  });

  it('cannot be reached by another address of this machine', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((each) => each !== undefined && !each.internal && each.family === 'IPv4');
    for (const { address } of others as { address: string }[]) {
      const socket = connectSocket(portNumber(), address);
      const [error] = await once(socket, 'error');
      expect(error.code).toBe('ECONNREFUSED');
    }
  });

  it('is gone after closing', async () => {
    const address = server.address;
    await server.close();
    await expect(fetch(address)).rejects.toThrow();
    server = await startServer({
      port: 0,
      handle: async () => new Response(),
      onPort: () => 0,
      onBug: () => 0,
    });
  });
});

describe('requests before they are routed (H2, H3)', () => {
  const targets = [
    'GET /',
    'GET /launch',
    'GET /favicon.ico',
    'GET /assets/a.js',
    'OPTIONS /',
    'PUT /upload',
  ];
  it.each(targets)('refuses %s for every wrong host', async (line) => {
    const cookie = await letIn();
    for (const value of wrongHostsAt(portNumber())) {
      // Node writes header values as Latin-1; the letters beyond it arrive as other bytes, which is as wrong.
      const answer = await raw(
        request(line, [`Host: ${value}`, `Cookie: ${cookie}`, `Origin: http://${value}`]),
      );
      expect([value, statusOf(answer)]).toEqual([value, 403]);
      expect(answer).toContain('\r\nX-Content-Type-Options: nosniff\r\n');
    }
    expect(reached).toEqual([]);
  });

  it('refuses a host given twice, an absolute target, and no host', async () => {
    const cookie = `Cookie: ${await letIn()}`;
    const host = `Host: ${authority()}`;
    expect(
      statusOf(await raw(request('GET /', [host, 'Host: evil.example', cookie]))),
    ).toBeGreaterThanOrEqual(400);
    expect(statusOf(await raw(request('GET /', [host, host, cookie])))).toBeGreaterThanOrEqual(400);
    expect(statusOf(await raw(request(`GET http://${authority()}/`, [host, cookie])))).toBe(403);
    expect(statusOf(await raw(request('GET http://evil.example/', [host, cookie])))).toBe(403);
    expect(statusOf(await raw(request('GET /', [cookie])))).toBeGreaterThanOrEqual(400);
    expect(statusOf(await raw(`GET / HTTP/1.0\r\n${cookie}\r\n\r\n`))).toBe(403);
    expect(statusOf(await raw(request(`CONNECT ${authority()}`, [host, cookie])))).not.toBe(200);
    expect(reached).toEqual([]);
    expect(statusOf(await raw(request('GET /', [host, cookie])))).toBe(200);
  });

  it.each([
    [],
    ['Origin: null'],
    ['Origin: http://evil.example'],
    ['Origin: https://AUTHORITY'],
    ['Origin: http://127.0.0.1:1'],
    ['Origin: http://AUTHORITY', 'Sec-Fetch-Site: cross-site'],
    ['Origin: http://AUTHORITY', 'Sec-Fetch-Site: same-site'],
  ])('changes nothing for %j', async (...headers) => {
    const cookie = `Cookie: ${await letIn()}`;
    for (const method of ['PUT', 'POST', 'DELETE', 'PATCH']) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
        const lines = headers.map((line) => line.replace('AUTHORITY', authority()));
        const answer = await raw(
          `${[`${method} /upload HTTP/1.1`, `Host: ${authority()}`, cookie, ...lines].join('\r\n')}\r\n` +
            `X-Hepatica: 1\r\nX-HTTP-Method-Override: PUT\r\nContent-Type: ${type}\r\nContent-Length: 5\r\n\r\nliver`,
        );
        expect(statusOf(answer)).toBe(403);
        expect(answer.toLowerCase()).not.toContain('access-control');
      }
    }
    expect(reached).toEqual([]);
  });

  it('never answers with a header of CORS', async () => {
    const headers = [`Host: ${authority()}`, `Cookie: ${await letIn()}`, `Origin: http://${authority()}`];
    for (const line of ['OPTIONS /upload', 'GET /', 'HEAD /', 'GET /reading/a/b', 'GET /none', 'TRACE /']) {
      const answer = await raw(request(line, [...headers, 'Access-Control-Request-Method: PUT']));
      expect(answer.toLowerCase()).not.toContain('access-control');
      if (line.startsWith('OPTIONS')) expect(statusOf(answer)).toBe(405);
    }
  });
});

describe('being let in (H5)', () => {
  it('shows strangers a page in plain words, and nothing else', async () => {
    for (const path of ['', 'reading/a/b', 'upload', 'nowhere']) {
      const answer = await fetch(server.address + path);
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('This browser was not let in');
    }
    expect(reached).toEqual([]);
  });

  it('works once for a link, and goes on for whoever is in', async () => {
    const url = server.issueLaunchUrl();
    const first = await fetch(url);
    expect([first.status, first.headers.get('referrer-policy'), first.headers.get('cache-control')]).toEqual([
      200,
      'no-referrer',
      'no-store',
    ]);
    const cookie = first.headers.get('set-cookie')!.split(';')[0]!;
    const second = await fetch(url);
    expect([second.status, second.headers.get('set-cookie')]).toEqual([403, null]);
    expect(await second.text()).toContain('used already');
    expect((await fetch(url, { headers: { cookie } })).status).toBe(200);
    expect(await (await fetch(server.address, { headers: { cookie } })).text()).toBe(PAGE);
  });

  it('is not spent by being embedded, by HEAD, or on another path', async () => {
    const url = server.issueLaunchUrl();
    const token = new URL(url).searchParams.get('token');
    const embedded = {
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-dest': 'image',
      'sec-fetch-site': 'cross-site',
    };
    expect((await fetch(url, { headers: embedded })).status).toBe(403);
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(403);
    expect((await fetch(`${server.address}?token=${token}`)).status).toBe(403);
    expect((await fetch(url)).status).toBe(200);
  });

  it('slows guesses down, forged addresses or not, but not whoever is in', async () => {
    const cookie = await letIn();
    const guess = async (index: number) => {
      const forged = { 'x-forwarded-for': `10.0.0.${index % 250}`, forwarded: `for=10.1.1.${index % 250}` };
      const answer = await fetch(`${server.address}launch?token=${String(index).padStart(32, 'A')}`, {
        headers: { ...forged, connection: 'close' },
      });
      return answer.status;
    };
    const statuses: number[] = [];
    for (let batch = 0; batch < 20; batch += 1) {
      statuses.push(
        ...(await Promise.all(Array.from({ length: 50 }, (_, index) => guess(batch * 50 + index)))),
      );
    }
    expect(statuses.filter((status) => status === 403)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(990);
    const started = performance.now();
    expect((await fetch(server.address, { headers: { cookie } })).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(500);
    expect((await fetch(server.issueLaunchUrl())).status).toBe(200);
  });

  it('counts a wrong cookie as a guess', async () => {
    const cookie = `${(await letIn()).split('=')[0]}=${'A'.repeat(32)}`;
    const statuses = [];
    for (let index = 0; index < 12; index += 1) {
      statuses.push((await fetch(server.address, { headers: { cookie } })).status);
    }
    expect(statuses).toEqual([...Array(10).fill(403), 429, 429]);
  });
});

const handshake = (path: string, headers: readonly string[]): string =>
  request(`GET ${path}`, [
    ...headers,
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ]).replace('Connection: close', 'Connection: Upgrade');

const openSocket = async (cookie: string, origin = `http://${authority()}`): Promise<WebSocket> => {
  const socket = new WebSocket(`ws://${authority()}/rpc`, { headers: { cookie, origin } });
  await once(socket, 'open');
  return socket;
};

describe('the WebSocket (H4)', () => {
  it('opens for nobody but the page', async () => {
    const cookie = `Cookie: ${await letIn()}`;
    const host = `Host: ${authority()}`;
    const origin = `Origin: http://${authority()}`;
    const [name] = cookie.split('=');
    const attempts: [string, string[]][] = [
      ['/rpc', [host, cookie]],
      ['/rpc', [host, cookie, 'Origin: null']],
      ['/rpc', [host, cookie, 'Origin: http://evil.example']],
      ['/rpc', [host, cookie, `Origin: https://${authority()}`]],
      ['/rpc', [host, cookie, 'Origin: file://']],
      ['/rpc', [host, cookie, origin, 'Sec-Fetch-Site: cross-site']],
      ['/rpc', ['Host: evil.example', cookie, 'Origin: http://evil.example']],
      ['/rpc', [`Host: localhost:${portNumber()}`, cookie, origin]],
      ['/rpc', [host, origin]],
      ['/rpc', [host, origin, `${name}=${'A'.repeat(32)}`]],
      ['/rpc', [host, origin, 'Cookie: hepatica=1']],
      [`/rpc?token=${cookie.split('=')[1]}`, [host, origin]],
      ['/rpc', [host, origin, `Sec-WebSocket-Protocol: ${cookie.split('=')[1]}`]],
      ['/', [host, cookie, origin]],
      ['/upload', [host, cookie, origin]],
      ['/rpc/', [host, cookie, origin]],
      ['/rpc?x', [host, cookie, origin]],
      [`http://${authority()}/rpc`, [host, cookie, origin]],
    ];
    for (const [path, headers] of attempts) {
      const status = statusOf(await raw(handshake(path, headers)));
      expect([path, headers, [403, 404].includes(status)]).toEqual([path, headers, true]);
    }
    expect(ports).toEqual([]);
    const socket = await openSocket(cookie.replace('Cookie: ', ''));
    expect(ports).toHaveLength(1);
    socket.terminate();
  });

  it('outlives 1,000 connections that send nonsense', async () => {
    const cookie = await letIn();
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const head = handshake('/rpc', [
      `Host: ${authority()}`,
      `Cookie: ${cookie}`,
      `Origin: http://${authority()}`,
    ]);
    for (let batch = 0; batch < 20; batch += 1) {
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          const socket = connectSocket(portNumber(), '127.0.0.1');
          socket.on('error', () => socket.destroy());
          socket.write(head);
          await once(socket, 'data');
          socket.write(Buffer.from(Array.from({ length: 1 + random(60) }, () => random(256))));
          await new Promise((resolve) => setTimeout(resolve, 5));
          socket.destroy();
        }),
      );
    }
    expect(ports).toHaveLength(1000);
    expect((await fetch(server.address, { headers: { cookie } })).status).toBe(200);
  });

  it('closes on a frame that is too large or binary', async () => {
    const cookie = await letIn();
    for (const data of ['x'.repeat(1_048_577), Buffer.from([1, 2, 3])]) {
      const socket = await openSocket(cookie);
      socket.on('error', () => undefined);
      socket.send(data);
      const [code] = await once(socket, 'close');
      expect([1003, 1006, 1009]).toContain(code);
    }
  });

  describe('carries the contract', () => {
    it.each(conformanceCases)('$name', async ({ run }) => {
      const cookie = await letIn();
      await run(async () => {
        const socket = await openSocket(cookie);
        const client: Port = {
          send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
          onMessage(listener) {
            const on = (data: unknown) => listener(String(data));
            socket.on('message', on);
            return { dispose: () => socket.off('message', on) };
          },
          onClose(listener) {
            socket.on('close', listener);
            return { dispose: () => socket.off('close', listener) };
          },
          close: () => socket.close(),
        };
        return { server: ports.at(-1)!, client, dispose: async () => socket.terminate() };
      });
    });
  });
});

describe('load (H9)', () => {
  const put = async (cookie: string, body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${server.address}upload`, {
      method: 'PUT',
      body,
      duplex: 'half',
      headers: { cookie, origin: `http://${authority()}`, 'x-hepatica': '1', ...headers },
    } as RequestInit);

  it('takes uploads up to the limit, and stops reading beyond it', async () => {
    const cookie = await letIn();
    const accepted = await put(cookie, new Uint8Array(2_000_000));
    const { upload } = (await accepted.json()) as { upload: string };
    expect((await uploads.take(upload))?.bytes).toBe(2_000_000);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        if (sent > 1e9) controller.close();
        else controller.enqueue(new Uint8Array(65_536));
      },
    });
    const status = await put(cookie, endless).then(
      (answer) => answer.status,
      () => 'closed',
    );
    expect([413, 'closed']).toContain(status);
    expect(sent).toBeLessThan(1e8);
  });

  it('does not read a body of a stranger', async () => {
    const answer = await raw(
      `PUT /upload HTTP/1.1\r\nHost: ${authority()}\r\nContent-Length: 1000000000\r\n\r\n${'x'.repeat(1000)}`,
    );
    expect(statusOf(answer)).toBe(403);
  });

  it('stays usable with 1,000 idle sockets and 1,000 requests', async () => {
    const cookie = await letIn();
    const before = process.memoryUsage().rss;
    const idle = Array.from({ length: 1000 }, () => connectSocket(portNumber(), '127.0.0.1'));
    for (const socket of idle) {
      socket.on('error', () => socket.destroy());
      socket.write('GET / HTTP/1.1\r\nHost: ');
    }
    const times: number[] = [];
    for (let batch = 0; batch < 50; batch += 1) {
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          const started = performance.now();
          expect((await fetch(server.address, { headers: { cookie } })).status).toBe(200);
          times.push(performance.now() - started);
        }),
      );
    }
    for (const socket of idle) socket.destroy();
    times.sort((a, b) => a - b);
    expect(times[Math.floor(times.length * 0.95)]).toBeLessThan(500);
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });
});
