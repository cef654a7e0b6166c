import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Call,
  failure,
  faultyFileSystem,
  removeFolders,
  temporaryFolder,
} from '../../test/storage-fixtures';
import { Blobs } from './blobs';
import { sha256 } from './envelope';
import { nodeFileSystem } from './fs-port';

afterEach(removeFolders);

const bytes = Buffer.from('Journal Title: Liver');
const hash = sha256(bytes);
const allowed = async () => {};

describe('Blobs', () => {
  it('keep bytes under their hash, once, and find them after a restart', async () => {
    const folder = await temporaryFolder();
    const blobs = new Blobs(nodeFileSystem, folder, allowed);
    expect(await blobs.put('sources', 'txt', bytes)).toBe(hash);
    expect(await blobs.put('sources', 'html', bytes)).toBe(hash);
    expect(await readdir(join(folder, 'sources'))).toEqual([`${hash}.txt`]);
    const again = new Blobs(nodeFileSystem, folder, allowed);
    expect(await again.find('sources', hash)).toBe(join(folder, 'sources', `${hash}.txt`));
    expect(await again.read('sources', hash)).toEqual(bytes);
    expect(await again.read('documents', hash)).toBeUndefined();
  });

  it('find what was brought by another program meanwhile', async () => {
    const folder = await temporaryFolder();
    const blobs = new Blobs(nodeFileSystem, folder, allowed);
    await blobs.put('sources', 'txt', Buffer.from('first'));
    expect(await blobs.read('sources', hash)).toBeUndefined();
    await writeFile(join(folder, 'sources', `${hash}.txt`), bytes);
    expect(await blobs.read('sources', hash)).toEqual(bytes);
  });

  it('do not give out bytes that have changed, and mend them when they are put again', async () => {
    const folder = await temporaryFolder();
    const blobs = new Blobs(nodeFileSystem, folder, allowed);
    await blobs.put('assets', 'png', bytes);
    await writeFile(join(folder, 'assets', `${hash}.png`), 'something else');
    expect(await blobs.read('assets', hash)).toBeUndefined();
    await blobs.put('assets', 'jpg', bytes);
    expect(await blobs.read('assets', hash)).toEqual(bytes);
  });

  it.each(['', '..', '../library.json', hash.toUpperCase(), `${hash}/`, hash.slice(1), '__proto__'])(
    'know nothing under %j',
    async (name) => {
      const folder = await temporaryFolder();
      await writeFile(join(folder, 'library.json'), '{}');
      const blobs = new Blobs(nodeFileSystem, folder, allowed);
      expect(await blobs.find('sources', name)).toBeUndefined();
      expect(await blobs.read('sources', name)).toBeUndefined();
    },
  );

  it.each(['../x', 'TXT', '', 'a.b', 'toolongext'])('refuse the extension %j', async (extension) => {
    const blobs = new Blobs(nodeFileSystem, await temporaryFolder(), allowed);
    await expect(blobs.put('sources', extension, bytes)).rejects.toThrow('extension');
  });

  it.each<Call>(['open', 'write', 'sync', 'rename'])('leave nothing behind when %s fails', async (bad) => {
    const folder = await temporaryFolder();
    let broken = true;
    const fs = faultyFileSystem((call) => {
      if (broken && call === bad) throw failure('ENOSPC');
    });
    const blobs = new Blobs(fs, folder, allowed);
    await expect(blobs.put('sources', 'txt', bytes)).rejects.toMatchObject({
      problem: { code: 'not-saved', detail: 'disk-full' },
    });
    expect(await blobs.read('sources', hash)).toBeUndefined();
    broken = false;
    await blobs.put('sources', 'txt', bytes);
    expect(await readdir(join(folder, 'sources'))).toEqual([`${hash}.txt`]);
  });

  it('write nothing where the guard forbids it', async () => {
    const folder = await temporaryFolder();
    const blobs = new Blobs(nodeFileSystem, folder, () => Promise.reject(new Error('read-only')));
    await expect(blobs.put('sources', 'txt', bytes)).rejects.toThrow('read-only');
    expect(await readdir(folder)).toEqual([]);
  });
});
