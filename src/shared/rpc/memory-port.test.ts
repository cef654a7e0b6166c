import { describe, expect, it } from 'vitest';
import { conformanceCases } from './conformance';
import { type MemoryPort, memoryPorts } from './memory-port';

describe('memory port', () => {
  it.each(conformanceCases)('$name', async ({ run }) => {
    const made: MemoryPort[] = [];
    await run(async () => {
      const { server, client } = memoryPorts();
      made.push(server, client);
      return { server, client, dispose: async () => server.close() };
    });
    expect(made.length).toBeGreaterThan(0);
    expect(made.map((port) => port.listeners)).toEqual(made.map(() => 0));
  });

  it('says nothing after a close, and tells of the close once', async () => {
    const { server, client } = memoryPorts();
    const heard: string[] = [];
    let closes = 0;
    server.onMessage((text) => heard.push(text));
    server.onClose(() => {
      closes += 1;
    });
    client.send('before');
    await Promise.resolve();
    client.close();
    server.close();
    client.send('after');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(heard).toEqual(['before']);
    expect(closes).toBe(1);
  });
});
