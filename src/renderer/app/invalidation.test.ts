import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { hepatica as contract } from '#shared/contract/hepatica';
import { connect } from '#shared/rpc/connect';
import { memoryPorts } from '#shared/rpc/memory-port';
import type { Port } from '#shared/rpc/port';
import { watchForChanges } from './invalidation';

/** Services behind ports that open when the test says so, and answer nothing. */
const watched = () => {
  const waiting: ((port: Port) => void)[] = [];
  const open = () => new Promise<Port>((resolve) => waiting.push(resolve));
  const { clients, connection } = connect(open, contract, {
    retryDelays: [1],
    onBug: (error) => expect.unreachable(String(error)),
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  const watching = watchForChanges(queries, clients, connection);
  return {
    queries,
    connection,
    /** Lets the next port open; answers with the other end of it. */
    async openPort() {
      await expect.poll(() => waiting.length).toBeGreaterThan(0);
      const { server, client } = memoryPorts();
      waiting.shift()?.(client);
      await expect.poll(() => connection.state).toBe('open');
      return server;
    },
    dispose() {
      watching.dispose();
      connection.dispose();
      queries.clear();
    },
  };
};

/** A query that is asked as often as its count tells, and fails until it is let. */
const counted = async (queries: QueryClient, key: string, fails: boolean) => {
  const asked = { count: 0, fails };
  queries.setQueryDefaults([key], {
    queryFn: async () => {
      asked.count += 1;
      if (asked.fails) throw new Error('not connected');
      return key;
    },
  });
  await queries.prefetchQuery({ queryKey: [key] });
  return asked;
};

describe('watchForChanges', () => {
  it('asks again what failed before the first connection, and nothing else', async () => {
    const { queries, openPort, dispose } = watched();
    const failed = await counted(queries, 'app', true);
    const answered = await counted(queries, 'settings', false);
    failed.fails = false;
    await openPort();
    await expect.poll(() => queries.getQueryData(['app'])).toBe('app');
    expect([failed.count, answered.count]).toEqual([2, 1]);
    dispose();
  });

  it('takes every answer for old after a connection was lost', async () => {
    const { queries, openPort, dispose } = watched();
    const server = await openPort();
    await counted(queries, 'library', false);
    expect(queries.getQueryState(['library'])?.isInvalidated).toBe(false);
    server.close();
    await openPort();
    await expect.poll(() => queries.getQueryState(['library'])?.isInvalidated).toBe(true);
    dispose();
  });
});
