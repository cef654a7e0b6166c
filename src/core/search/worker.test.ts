import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Reply, Request } from './protocol';

let worker: Worker;
let replies: Reply[];

beforeEach(() => {
  const { search: script } = inject('workers');
  if (script === undefined) throw new Error('the search worker did not build');
  worker = new Worker(script);
  replies = [];
  worker.on('message', (reply: Reply) => replies.push(reply));
});
afterEach(() => worker.terminate());

const apply = (seq: number): Request => ({
  kind: 'apply',
  seq,
  upserts: [{ id: `a${seq}`, fields: { title: `Liver study ${seq}` } }],
  removals: seq > 1 ? [`a${seq - 1}`] : [],
});
const ask = (query: number): Request => ({ kind: 'query', query, text: 'liver', limit: 5 });

/** Posts all at once and waits until the last batch is in. */
const send = async (...requests: readonly Request[]): Promise<void> => {
  for (const request of requests) worker.postMessage(request);
  const last = Math.max(...requests.map((request) => (request.kind === 'apply' ? request.seq : 0)));
  while (!replies.some((reply) => reply.kind === 'applied' && reply.seq === last))
    await once(worker, 'message');
};

describe('the search worker', () => {
  it('answers in order: a query sees what came before it and does not wait for what comes after', async () => {
    await send(apply(1), apply(2), ask(1), apply(3), ask(2), apply(4));
    expect(replies.map(({ kind }) => kind)).toEqual([
      'applied',
      'applied',
      'found',
      'applied',
      'found',
      'applied',
    ]);
    expect(
      replies.flatMap((reply) => (reply.kind === 'found' ? reply.found.hits.map(({ id }) => id) : [])),
    ).toEqual(['a2', 'a3']);
    expect(replies.at(-1)).toEqual({ kind: 'applied', seq: 4, size: 1 });
  });

  it('leaves out a query that is cancelled before its turn', async () => {
    await send(apply(1), ask(1), ask(2), { kind: 'cancel', query: 1 }, apply(2));
    expect(replies.flatMap((reply) => (reply.kind === 'found' ? [reply.query] : []))).toEqual([2]);
  });
});
