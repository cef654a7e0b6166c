import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { context } from '../../test/call-context';
import { createReadThread, type SourceReader } from './read-thread';

let folder: string;
const readers: SourceReader[] = [];
const still = context.signal;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hepatica-thread-'));
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.dispose();
  await rm(folder, { recursive: true, force: true });
});

const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
/** A thread that never answers for a file called `slow`, and answers for others with its own id. */
const STUCK = `
  import { parentPort, threadId } from 'node:worker_threads';
  parentPort.on('message', ({ path }) => {
    if (path.endsWith('crash')) throw new Error('crashed');
    if (path.endsWith('slow')) for (;;);
    parentPort.postMessage({ result: { ok: true, value: threadId } });
  });`;
const started = async (script: string, longest?: number): Promise<SourceReader> => {
  const reader = createReadThread(script, longest);
  readers.push(reader);
  return reader;
};

it('reads a file in the real thread, one after another', async () => {
  const reader = await started(inject('workers').import);
  const [one, two] = await Promise.all([
    reader.read({ path: await file('a.txt', 'A title'), fileName: 'a.txt' }, still),
    reader.read({ path: await file('b.txt', ''), fileName: 'b.txt' }, still),
  ]);
  expect(one).toMatchObject({
    ok: true,
    value: { records: [{ draft: { fields: { title: 'A title' } } }], rest: '' },
  });
  expect(two).toMatchObject({ ok: false, error: { code: 'empty-input', file: 'b.txt' } });
});

it('kills a thread that takes too long, and reads the next source in another', async () => {
  const reader = await started(await file('stuck.mjs', STUCK), 2000);
  const first = await reader.read({ path: 'first' }, still);
  const slow = await reader.read({ path: 'slow', fileName: 'slow.txt' }, still);
  expect(slow).toMatchObject({ ok: false, error: { code: 'too-slow', file: 'slow.txt' } });
  const next = await reader.read({ path: 'next' }, still);
  expect(next).toMatchObject({ ok: true });
  expect(next).not.toEqual(first);
});

it('rejects when the thread crashes or the file is gone, and goes on', async () => {
  const reader = await started(await file('stuck.mjs', STUCK));
  await expect(reader.read({ path: 'crash' }, still)).rejects.toThrow('crashed');
  expect(await reader.read({ path: 'next' }, still)).toMatchObject({ ok: true });
  const real = await started(inject('workers').import);
  await expect(real.read({ path: join(folder, 'gone') }, still)).rejects.toThrow('ENOENT');
});

it('ends a read when it is cancelled or disposed', async () => {
  const reader = await started(await file('stuck.mjs', STUCK));
  const controller = new AbortController();
  const reading = reader.read({ path: 'slow' }, controller.signal);
  setTimeout(() => controller.abort(), 100);
  await expect(reading).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  const second = reader.read({ path: 'slow' }, still);
  setTimeout(() => reader.dispose(), 100);
  await expect(second).rejects.toMatchObject({ problem: { code: 'cancelled' } });
});
