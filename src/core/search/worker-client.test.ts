import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { context } from '../../test/call-context';
import { createLog } from '../lib/log';
import { SearchWorker } from './worker-client';

const never = context.signal;
const batch = (id: string) => ({ seq: 1, upserts: [{ id, fields: { title: 'x' } }], removals: [] });

/** A real thread that dies at the word `die`, and answers everything else with nothing found. */
const MORTAL = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', (message) => {
  if (message.text === 'die' || message.upserts?.[0]?.id === 'die') process.exit(3);
  if (message.kind === 'query')
    parentPort.postMessage({ kind: 'found', query: message.query, found: { hits: [], total: 0, words: [] } });
  if (message.kind === 'apply') parentPort.postMessage({ kind: 'applied', seq: message.seq, size: 0 });
});`;

let folder: string;
let worker: SearchWorker;
let logged: string[];
let restarts: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hepatica-search-'));
  const script = join(folder, 'mortal.mjs');
  await writeFile(script, MORTAL);
  logged = [];
  restarts = 0;
  worker = new SearchWorker(
    script,
    createLog((line) => logged.push(line)),
  );
  worker.onDidRestart(() => {
    restarts += 1;
  });
});
afterEach(async () => {
  worker.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe('a search worker that dies', () => {
  it('is started again once, asks to be filled, and answers what was asked', async () => {
    const dying = worker.apply(batch('die'));
    const asked = worker.query('word', 5, never);
    await dying;
    expect(await asked).toEqual({ hits: [], total: 0, words: [] });
    expect(restarts).toBe(1);
    expect(worker.working).toBe(true);
    await worker.apply(batch('fine'));
    expect(logged.join('\n')).toContain('search worker ended code=3');
  });

  it('is given up the second time, and says so', async () => {
    // The query that kills it is asked again of the new worker, and kills that too.
    await expect(worker.query('die', 5, never)).rejects.toMatchObject({ problem: { code: 'internal' } });
    expect(restarts).toBe(1);
    expect(worker.working).toBe(false);
    await expect(worker.query('word', 5, never)).rejects.toMatchObject({ problem: { code: 'internal' } });
    await worker.apply(batch('nobody hears'));
  });

  it('rejects what is under way when it is ended', async () => {
    const asked = worker.query('word', 5, never);
    worker.dispose();
    await expect(asked).rejects.toMatchObject({ problem: { code: 'internal' } });
  });
});
