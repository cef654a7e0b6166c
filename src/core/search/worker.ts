import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import type { Reply, Request } from './protocol';
import { SearchIndex } from './search-index';

if (parentPort === null) throw new Error('the search worker runs in a worker thread only');
const port = parentPort;
const index = new SearchIndex();

/** Milliseconds without changes, after which the index is made ready for the next search. */
const IDLE = 200;
const idle = setTimeout(() => index.prepare(), IDLE);

const reply = (message: Reply): void => port.postMessage(message);

const serve = (request: Request): void => {
  if (request.kind === 'query') {
    reply({ kind: 'found', query: request.query, found: index.search(request.text, request.limit) });
  } else if (request.kind === 'apply') {
    for (const id of request.removals) index.remove(id);
    for (const document of request.upserts) index.upsert(document);
    reply({ kind: 'applied', seq: request.seq, size: index.size });
    idle.refresh();
  }
};

/** What has arrived by now. Not left to the event loop: while batches keep coming, it never gets to a timer. */
function* arrived(): Generator<Request> {
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port))
    yield next.message as Request;
}

port.on('message', (first: Request) => {
  const requests = [first, ...arrived()];
  const cancelled = new Set(
    requests.map((request) => (request.kind === 'cancel' ? request.query : undefined)),
  );
  // In order, so that a query finds what was changed before it was asked.
  for (const request of requests)
    if (request.kind !== 'query' || !cancelled.has(request.query)) serve(request);
});
