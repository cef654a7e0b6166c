import { parentPort } from 'node:worker_threads';
import type { Reply, Request } from './protocol';
import { SearchIndex } from './search-index';

if (parentPort === null) throw new Error('the search worker runs in a worker thread only');
const port = parentPort;
const index = new SearchIndex();
/** Queries that wait for their turn; one that is cancelled meanwhile is never run. */
const waiting = new Map<number, { text: string; limit: number }>();

/** Milliseconds without changes, after which the index is made ready for the next search. */
const IDLE = 200;
const idle = setTimeout(() => index.prepare(), IDLE);

const reply = (message: Reply): void => port.postMessage(message);

const answer = (query: number): void => {
  const asked = waiting.get(query);
  if (asked === undefined) return;
  waiting.delete(query);
  reply({ kind: 'found', query, found: index.search(asked.text, asked.limit) });
};

port.on('message', (request: Request) => {
  switch (request.kind) {
    case 'apply':
      for (const id of request.removals) index.remove(id);
      for (const document of request.upserts) index.upsert(document);
      reply({ kind: 'applied', seq: request.seq, size: index.size });
      idle.refresh();
      return;
    case 'query':
      waiting.set(request.query, { text: request.text, limit: request.limit });
      // After the messages that have arrived by now: one of them may cancel it.
      setImmediate(answer, request.query);
      return;
    case 'cancel':
      waiting.delete(request.query);
  }
});
