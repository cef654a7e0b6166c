import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createUploadStore, type UploadStore } from './uploads';

const limits = { bytes: 100, totalBytes: 250, pending: 3, age: 60_000 };
const bytes = (length: number) => [new Uint8Array(length).fill(65)];

let parent: string;
let store: UploadStore;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'uploads-test-'));
  store = await createUploadStore(limits, parent);
});
afterEach(async () => {
  await store.dispose();
  await rm(parent, { recursive: true, force: true });
});

const files = async () => {
  const [folder] = await readdir(parent);
  return folder === undefined ? [] : readdir(join(parent, folder));
};

async function* breaking(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(10);
  throw new Error('the line broke');
}

describe('upload store', () => {
  it('hands an upload over once', async () => {
    const id = await store.accept([Buffer.from('肝'), Buffer.from('liver')]);
    const upload = await store.take(id);
    expect(upload?.bytes).toBe(8);
    expect(await readFile(upload!.path, 'utf8')).toBe('肝liver');
    expect(await store.take(id)).toBeUndefined();
  });

  it.each(['', '../x', '__proto__', 'constructor', '/etc/passwd'])('knows no upload %j', async (id) => {
    expect(await store.take(id)).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('keeps files where only this user can read them', async () => {
    const { path } = (await store.take(await store.accept(bytes(3))))!;
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
  });

  it('takes exactly the limit, and leaves nothing of what is larger', async () => {
    await store.accept(bytes(100));
    await expect(store.accept(bytes(101))).rejects.toMatchObject({ reason: 'too-large' });
    await expect(store.accept([...bytes(60), ...bytes(60)])).rejects.toMatchObject({ reason: 'too-large' });
    expect(await files()).toHaveLength(1);
  });

  it('leaves nothing of a body that breaks off', async () => {
    await expect(store.accept(breaking())).rejects.toThrow('the line broke');
    expect(await files()).toEqual([]);
  });

  it('limits how many wait, and how much', async () => {
    const ids = [];
    for (let index = 0; index < 3; index += 1) ids.push(await store.accept(bytes(10)));
    await expect(store.accept(bytes(1))).rejects.toMatchObject({ reason: 'too-many' });
    await store.take(ids[0]!);
    await store.accept(bytes(1));

    const heavy = await createUploadStore({ ...limits, pending: 9 }, parent);
    for (let index = 0; index < 3; index += 1) await heavy.accept(bytes(100));
    await expect(heavy.accept(bytes(1))).rejects.toMatchObject({ reason: 'too-many' });
    await heavy.dispose();
  });

  it('removes what nobody took in time', async () => {
    const hasty = await createUploadStore({ ...limits, age: -1 }, parent);
    const old = await hasty.accept(bytes(1));
    await hasty.accept(bytes(1));
    expect(await hasty.take(old)).toBeUndefined();
    await hasty.dispose();
  });

  it('removes its folder, and those of processes that are gone', async () => {
    await mkdir(join(parent, 'hepatica-upload-999999999-abc'));
    await mkdir(join(parent, `hepatica-upload-${process.pid}-abc`));
    const second = await createUploadStore(limits, parent);
    await second.accept(bytes(1));
    await second.dispose();
    const names = await readdir(parent);
    expect(names).toContain(`hepatica-upload-${process.pid}-abc`);
    expect(names).toHaveLength(2);
  });
});
