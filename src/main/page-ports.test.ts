import { type MessagePort, MessageChannel as NodeChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { Emitter } from '#shared/lib/event';
import { conformanceCases } from '#shared/rpc/conformance';
import type { PortPair } from '#shared/rpc/conformance-bench';
import type { Port } from '#shared/rpc/port';
import { acceptPages, type ElectronEdge, type MainPort, type PortRequest, portOver } from './page-ports';

interface Dressed extends MainPort {
  readonly node: MessagePort;
}

/** A port of Node in the clothes of Electron's. */
const dress = (node: MessagePort): Dressed => ({
  node,
  on(event: string, listener: (event: { data: unknown }) => void) {
    if (event === 'message') {
      // Node starts a port as soon as it is listened to; Electron waits for `start`.
      node.on('message', (data: unknown) => listener({ data }));
    } else node.on('close', () => listener({ data: undefined }));
  },
  postMessage: (message) => node.postMessage(message),
  start: () => node.start(),
  close: () => node.close(),
});

const edgeOf = (requests: Emitter<PortRequest<Dressed>>): ElectronEdge<Dressed> => ({
  onRequest: requests.event,
  createChannel() {
    const { port1, port2 } = new NodeChannel();
    return { port1: dress(port1), port2: dress(port2) };
  },
});

const makePair = async (): Promise<PortPair> => {
  const requests = new Emitter<PortRequest<Dressed>>();
  const served: Port[] = [];
  const handed: Dressed[] = [];
  const accepting = acceptPages(edgeOf(requests), (port) => served.push(port));
  requests.fire({ origin: 'app://hepatica', isTopFrame: true, handOver: (port) => handed.push(port) });
  accepting.dispose();
  expect(requests.size).toBe(0);
  const client = portOver(handed[0]!);
  handed[0]!.start();
  return {
    server: served[0]!,
    client,
    dispose: async () => handed[0]!.close(),
  };
};

describe('Electron transport', () => {
  it.each(conformanceCases)('$name', ({ run }) => run(makePair));
});

describe('acceptPages (item 17)', () => {
  it.each([
    [undefined, true],
    ['', true],
    ['null', true],
    ['https://evil.example', true],
    ['file://', true],
    ['app://evil', true],
    ['app://hepatica.evil', true],
    ['app://hepatica/', true],
    ['app://hepatica', false],
  ])('gives no port to the origin %j, top frame %j', (origin, isTopFrame) => {
    const requests = new Emitter<PortRequest<Dressed>>();
    let given = 0;
    const count = () => {
      given += 1;
    };
    acceptPages(edgeOf(requests), count);
    requests.fire({ origin, isTopFrame, handOver: count });
    expect(given).toBe(0);
  });

  it('passes on nothing but text', async () => {
    const { server, client, dispose } = await makePair();
    const heard: unknown[] = [];
    server.onMessage((text) => heard.push(text));
    for (const value of [1, null, { a: 1 }, ['x'], new Uint8Array(3)])
      Reflect.apply(client.send, client, [value]);
    client.send('text');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard).toEqual(['text']);
    await dispose();
  });
});
