import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { context } from '../../test/call-context';
import {
  articleWrite,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import { SCHEMA, seal } from '../storage/envelope';
import { History } from '../storage/history';
import { fileOf } from '../storage/shard-set';
import { createQuarantine } from './service';

afterEach(removeFolders);

const FILE = fileOf('articles', 'lost');

/** A library with one article, whose file was damaged and put away at the last start. */
const damaged = async () => {
  const base = await temporaryFolder();
  const first = await opened(base);
  await write(first.store, articleWrite('lost', 'lost'));
  await first.store.close();
  const { path } = placesIn(base);
  const good = await readFile(join(path, FILE));
  await writeFile(join(path, FILE), good.subarray(0, 100));
  const library = await opened(base);
  const service = createQuarantine(library);
  const [kept] = await service.list({}, context);
  if (kept === undefined) throw new Error('nothing was put away');
  const folder = join(path, 'quarantine');
  return {
    ...library,
    service,
    kept,
    good,
    put: (bytes: Buffer) => writeFile(join(folder, kept.name), bytes),
    folder,
  };
};

describe('the quarantine service', () => {
  it('lists what was put away, with its file and time, and what somebody else put there', async () => {
    const { store, service, folder } = await damaged();
    await writeFile(join(folder, 'a note.txt'), 'mine');
    const listed = await service.list({}, context);
    expect(listed).toEqual([
      { name: 'a note.txt', file: 'a note.txt' },
      {
        name: expect.any(String),
        file: FILE,
        time: expect.stringMatching(/^\d{4}-.*T\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    ]);
    await store.close();
  });

  it('takes back a file that can be read after all, undoably and once, and keeps it', async () => {
    const { store, service, kept, good, put, folder } = await damaged();
    const history = new History(store);
    expect([...store.all('articles')]).toEqual([]);
    await put(good);
    expect(await service.lookAgain({ name: kept.name }, context)).toEqual({ state: 'taken', records: 1 });
    expect([...store.all('articles')].map((each) => each.value?.title)).toEqual(['lost']);
    expect(await service.lookAgain({ name: kept.name }, context)).toEqual({ state: 'known', records: 0 });
    expect(await readdir(folder)).toEqual([kept.name]);
    await history.undo();
    expect([...store.all('articles')].filter((each) => each.value !== null)).toEqual([]);
    history.dispose();
    await store.close();
  });

  it('knows a conflict copy under the name that it has here', async () => {
    const { store, service, good, folder } = await damaged();
    const name = '2026-03-04T05-06-07.000Z-articles_3f__1_.json';
    await writeFile(join(folder, name), good);
    expect(await service.lookAgain({ name }, context)).toEqual({ state: 'taken', records: 1 });
    await store.close();
  });

  const envelope = { schema: SCHEMA, generation: 1, writer: 'them', seq: 1, extra: {} };
  it.each<[string, Buffer, string]>([
    ['is still damaged', Buffer.from('{"format":"hepatica"'), 'unreadable'],
    ['is empty', Buffer.alloc(0), 'unreadable'],
    ['is of a newer version', seal({ ...envelope, schema: SCHEMA + 1 }, '{}'), 'newer'],
    ['holds no record', seal(envelope, '{"articles":[]}'), 'known'],
    ['holds a record that does not pass', seal(envelope, '{"articles":[{"id":"lost"}]}'), 'unreadable'],
  ])('says of one that %s what it is', async (_name, bytes, state) => {
    const { store, service, kept, put } = await damaged();
    await put(bytes);
    expect(await service.lookAgain({ name: kept.name }, context)).toEqual({ state, records: 0 });
    await store.close();
  });

  it.each(['gone', '../lock', '', '.'])('knows no file %j', async (name) => {
    const { store, service } = await damaged();
    await expect(service.lookAgain({ name }, context)).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
    await store.close();
  });
});
