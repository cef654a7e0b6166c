import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Emitter } from '../lib/event';
import { type ConnectionState, connect } from './connect';
import { call, event } from './contract';
import { memoryPorts } from './memory-port';
import { type Port, PortRefused } from './port';
import { serve } from './serve';

const contract = {
  a: {
    twice: call(z.object({ n: z.int() }), z.object({ n: z.int() })),
    didChange: event(z.object({ n: z.int() })),
  },
} as const;

const pause = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

/** A peer that answers every call with the same words. */
const answering = (answer: (id: number) => unknown): Port => {
  const { server, client } = memoryPorts();
  server.onMessage((text) => server.send(JSON.stringify(answer(JSON.parse(text).id))));
  return client;
};

describe('connect', () => {
  it.each([
    ['an answer of another shape', (id: number) => ({ id, type: 'done', value: { n: 'two' } })],
    ['no value at all', (id: number) => ({ id, type: 'done' })],
  ])('rejects %s and reports it', async (_name, answer) => {
    const bugs: unknown[] = [];
    const { clients, connection } = connect(async () => answering(answer), contract, {
      onBug: (error) => bugs.push(error),
    });
    await expect(clients.a.twice({ n: 1 })).rejects.toMatchObject({ problem: { code: 'internal' } });
    expect(bugs).toHaveLength(1);
    connection.dispose();
  });

  it('drops messages that are none, and events that do not fit', async () => {
    const bugs: unknown[] = [];
    const { server, client } = memoryPorts();
    const { clients, connection } = connect(async () => client, contract, {
      onBug: (error) => bugs.push(error),
    });
    const heard: number[] = [];
    clients.a.didChange(({ n }) => heard.push(n));
    await pause();
    for (const text of ['', '{"id":1}', '{"id":99,"type":"done","value":1}']) server.send(text);
    server.send('{"id":1,"type":"next","value":{"n":"x"}}');
    server.send('{"id":1,"type":"next","value":{"n":5}}');
    await pause();
    expect(heard).toEqual([5]);
    expect(bugs).toHaveLength(3);
    connection.dispose();
  });

  it('tries again until a port opens, and says how it stands', async () => {
    let attempts = 0;
    const open = async (): Promise<Port> => {
      attempts += 1;
      if (attempts < 3) throw new Error('not yet');
      return answering((id) => ({ id, type: 'done', value: { n: 2 } }));
    };
    const { clients, connection } = connect(open, contract, { retryDelays: [1], onBug: () => undefined });
    const states: ConnectionState[] = [connection.state];
    connection.onDidChangeState((state) => states.push(state));
    await expect(clients.a.twice({ n: 1 })).resolves.toEqual({ n: 2 });
    connection.dispose();
    expect(attempts).toBe(3);
    expect(states).toEqual(['connecting', 'open', 'closed']);
  });

  it('closes for good when the other side refuses it', async () => {
    const bugs: unknown[] = [];
    const ports: Promise<Port>[] = [
      Promise.resolve(answering((id) => ({ id, type: 'done', value: { n: 2 } }))),
      Promise.reject(new PortRefused('started anew')),
    ];
    for (const each of ports) each.catch(() => undefined);
    const opened: Port[] = [];
    const open = async (): Promise<Port> => {
      const port = await (ports.shift() ?? Promise.reject(new Error('asked once more')));
      opened.push(port);
      return port;
    };
    const { clients, connection } = connect(open, contract, { retryDelays: [1], onBug: (e) => bugs.push(e) });
    await clients.a.twice({ n: 1 });
    const states: ConnectionState[] = [];
    connection.onDidChangeState((state) => states.push(state));
    opened[0]?.close();
    await expect.poll(() => connection.state).toBe('closed');
    await expect(clients.a.twice({ n: 1 })).rejects.toMatchObject({ problem: { code: 'disconnected' } });
    expect([states, ports, bugs]).toEqual([['lost', 'closed'], [], []]);
  });

  it('closes for good when no retry is wanted', async () => {
    const bugs: unknown[] = [];
    const open = () => Promise.reject(new Error('no way'));
    const { clients, connection } = connect(open, contract, { retryDelays: [], onBug: (e) => bugs.push(e) });
    await expect(clients.a.twice({ n: 1 })).rejects.toMatchObject({ problem: { code: 'disconnected' } });
    expect(connection.state).toBe('closed');
    expect(bugs.map(String)).toEqual(['Error: no way']);
  });

  it('closes a port that opens after it was disposed of', async () => {
    const { server, client } = memoryPorts();
    let closed = false;
    server.onClose(() => {
      closed = true;
    });
    const { connection } = connect(() => pause().then(() => client), contract, { onBug: () => undefined });
    connection.dispose();
    await pause(15);
    expect(closed).toBe(true);
    expect(client.listeners).toBe(0);
  });

  it('stops a call from being sent that was cancelled while it waited', async () => {
    const { server, client } = memoryPorts();
    const texts: string[] = [];
    server.onMessage((text) => texts.push(text));
    const { clients, connection } = connect(() => pause().then(() => client), contract, {
      onBug: () => undefined,
    });
    const controller = new AbortController();
    const waiting = clients.a.twice({ n: 1 }, { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    await pause(15);
    expect(texts).toEqual([]);
    connection.dispose();
  });
});

describe('serve', () => {
  const implementation = (changes = new Emitter<{ n: number }>()) => ({
    a: { twice: ({ n }: { n: number }) => ({ n: n * 2 }), didChange: changes.event },
  });

  it('closes the port when disposed of, so that nobody waits in vain', async () => {
    const { server, client } = memoryPorts();
    const serving = serve(server, contract, implementation(), { onBug: () => undefined });
    let closed = false;
    client.onClose(() => {
      closed = true;
    });
    serving.dispose();
    await pause();
    expect(closed).toBe(true);
    expect(server.listeners).toBe(0);
  });

  it('refuses at once to serve less than the contract', () => {
    const { server } = memoryPorts();
    const half = { a: { ...implementation().a, twice: undefined as never } };
    expect(() => serve(server, contract, half, { onBug: () => undefined })).toThrow('a.twice');
  });

  it('keeps an event that cannot be sent from disturbing the service', async () => {
    const { server, client } = memoryPorts();
    const changes = new Emitter<{ n: number }>();
    const bugs: unknown[] = [];
    serve(server, contract, implementation(changes), { onBug: (error) => bugs.push(error), maxBytes: 60 });
    client.send('{"id":1,"type":"call","method":"a.didChange"}');
    await pause();
    changes.fire(Object.assign({ n: 1 }, { extra: 'x'.repeat(100) }));
    expect(bugs).toHaveLength(1);
    client.close();
    await pause();
    expect(changes.size).toBe(0);
  });
});
