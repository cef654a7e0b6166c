import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { conformanceCases } from '#shared/rpc/conformance';
import type { Port } from '#shared/rpc/port';
import {
  authorityOf,
  hostForEachTest,
  letIn,
  portOf,
  requestText,
  sendRaw,
  statusOf,
} from '../test/running-host';

const host = hostForEachTest();

const handshake = (path: string, headers: readonly string[]): string =>
  requestText(`GET ${path}`, [
    ...headers,
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ]).replace('Connection: close', 'Connection: Upgrade');

const openSocket = async (cookie: string, origin = `http://${authorityOf(host)}`): Promise<WebSocket> => {
  const socket = new WebSocket(`ws://${authorityOf(host)}/rpc`, { headers: { cookie, origin } });
  await once(socket, 'open');
  return socket;
};

describe('the WebSocket (H4)', () => {
  it('opens for nobody but the page', async () => {
    const cookie = `Cookie: ${await letIn(host)}`;
    const own = `Host: ${authorityOf(host)}`;
    const origin = `Origin: http://${authorityOf(host)}`;
    const [name] = cookie.split('=');
    const attempts: [string, string[]][] = [
      ['/rpc', [own, cookie]],
      ['/rpc', [own, cookie, 'Origin: null']],
      ['/rpc', [own, cookie, 'Origin: http://evil.example']],
      ['/rpc', [own, cookie, `Origin: https://${authorityOf(host)}`]],
      ['/rpc', [own, cookie, 'Origin: file://']],
      ['/rpc', [own, cookie, origin, 'Sec-Fetch-Site: cross-site']],
      ['/rpc', ['Host: evil.example', cookie, 'Origin: http://evil.example']],
      ['/rpc', [`Host: localhost:${portOf(host)}`, cookie, origin]],
      ['/rpc', [own, origin]],
      ['/rpc', [own, origin, `${name}=${'A'.repeat(32)}`]],
      ['/rpc', [own, origin, 'Cookie: hepatica=1']],
      [`/rpc?token=${cookie.split('=')[1]}`, [own, origin]],
      ['/rpc', [own, origin, `Sec-WebSocket-Protocol: ${cookie.split('=')[1]}`]],
      ['/', [own, cookie, origin]],
      ['/upload', [own, cookie, origin]],
      ['/rpc/', [own, cookie, origin]],
      ['/rpc?x', [own, cookie, origin]],
      [`http://${authorityOf(host)}/rpc`, [own, cookie, origin]],
    ];
    for (const [path, headers] of attempts) {
      const status = statusOf(await sendRaw(host, handshake(path, headers)));
      expect([path, headers, [403, 404].includes(status)]).toEqual([path, headers, true]);
    }
    expect(host.ports).toEqual([]);
    const socket = await openSocket(cookie.replace('Cookie: ', ''));
    expect(host.ports).toHaveLength(1);
    socket.terminate();
  });

  it('outlives 1,000 connections that send nonsense', async () => {
    const cookie = await letIn(host);
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const head = handshake('/rpc', [
      `Host: ${authorityOf(host)}`,
      `Cookie: ${cookie}`,
      `Origin: http://${authorityOf(host)}`,
    ]);
    for (let batch = 0; batch < 20; batch += 1) {
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          const socket = connectSocket(portOf(host), '127.0.0.1');
          socket.on('error', () => socket.destroy());
          socket.write(head);
          await once(socket, 'data');
          socket.write(Buffer.from(Array.from({ length: 1 + random(60) }, () => random(256))));
          await new Promise((resolve) => setTimeout(resolve, 5));
          socket.destroy();
        }),
      );
    }
    expect(host.ports).toHaveLength(1000);
    expect((await fetch(host.server.address, { headers: { cookie } })).status).toBe(200);
  });

  it('closes on a frame that is too large or binary', async () => {
    const cookie = await letIn(host);
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
      const cookie = await letIn(host);
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
        return { server: host.ports.at(-1)!, client, dispose: async () => socket.terminate() };
      });
    });
  });
});
