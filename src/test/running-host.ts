import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { createContentHandler } from '#core/content/handler';
import { createUploadStore, type UploadStore } from '#core/content/uploads';
import { createFailureLimiter } from '#host/launch';
import { type RunningServer, startServer } from '#host/server';
import type { Port } from '#shared/rpc/port';

export const PAGE = '<!doctype html><title>Hepatica</title>';

/** A host that listens, fresh for each test. */
export interface HostUnderTest {
  server: RunningServer;
  uploads: UploadStore;
  /** Connections that pages opened. */
  ports: Port[];
  /** What got past the door, as `METHOD /path`. */
  reached: string[];
}

const startHost = async (folder: string, bugs: unknown[]): Promise<HostUnderTest> => {
  const uploads = await createUploadStore(
    { bytes: 2_000_000, totalBytes: 1e8, pending: 50, age: 60_000 },
    folder,
  );
  const [ports, reached]: [Port[], string[]] = [[], []];
  const onBug = (error: unknown) => bugs.push(error);
  const handle = createContentHandler({
    assets: new Map([['/', { body: new TextEncoder().encode(PAGE), type: 'text/html', hashed: false }]]),
    keptFile: async () => undefined,
    readingText: async () => '<p>library data</p>',
    uploads,
    onBug,
  });
  const server = await startServer({
    port: 0,
    async handle(request) {
      reached.push(`${request.method} ${new URL(request.url).pathname}`);
      return handle(request);
    },
    onPort: (port) => ports.push(port),
    onBug,
    limiter: createFailureLimiter(10, 60_000, 30),
  });
  return { server, uploads, ports, reached };
};

/** Starts a host before each test of a file and ends it afterwards; a bug that was reported fails the test. */
export const hostForEachTest = (): HostUnderTest => {
  const host = {} as HostUnderTest;
  let folder = '';
  let bugs: unknown[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'host-test-'));
    bugs = [];
    Object.assign(host, await startHost(folder, bugs));
  });
  afterEach(async () => {
    await host.server.close();
    await host.uploads.dispose();
    await rm(folder, { recursive: true, force: true });
    expect(bugs).toEqual([]);
  });
  return host;
};

export const authorityOf = ({ server }: HostUnderTest): string => new URL(server.address).host;
export const portOf = ({ server }: HostUnderTest): number => Number(new URL(server.address).port);

/** Sends bytes as they are and gives back all that comes until the host closes. */
export const sendRaw = async (host: HostUnderTest, text: string, wait = 3000): Promise<string> => {
  const socket = connectSocket(portOf(host), '127.0.0.1');
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

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

export const requestText = (line: string, headers: readonly string[]): string =>
  `${[`${line} HTTP/1.1`, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`;

/** Spends a start link and gives back the cookie, as a browser would send it. */
export const letIn = async ({ server }: HostUnderTest): Promise<string> => {
  const answer = await fetch(server.issueLaunchUrl(), { redirect: 'manual' });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('url=/');
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^hepatica-\d+-\w{16}=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/);
  return cookie.split(';')[0] ?? '';
};
