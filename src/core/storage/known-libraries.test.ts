import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { removeFolders, temporaryFolder } from '../../test/storage-fixtures';
import { nodeFileSystem } from './fs-port';
import { KnownLibrariesFile, machineIdOf } from './known-libraries';

afterEach(removeFolders);

describe('known libraries', () => {
  it('have one writer for each library and place', async () => {
    const folder = await temporaryFolder();
    const known = new KnownLibrariesFile(nodeFileSystem, folder);
    const first = await known.remember('/a', 'one');
    expect(await known.remember('/a', 'one')).toBe(first);
    const copy = await known.remember('/b', 'one');
    const other = await known.remember('/a', 'two');
    expect(new Set([first, copy, other]).size).toBe(3);
    const again = new KnownLibrariesFile(nodeFileSystem, folder);
    expect(await again.find('/a')).toMatchObject({ libraryId: 'two', writerId: other });
    expect(await again.find('/c')).toBeUndefined();
    expect(await readdir(folder)).toEqual(['libraries.json']);
  });

  it.each(['', 'null', '{"libraries":3}', '\0\0'])('start anew from a file that holds %j', async (text) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'libraries.json'), text);
    const known = new KnownLibrariesFile(nodeFileSystem, folder);
    expect(await known.find('/a')).toBeUndefined();
    await known.remember('/a', 'one');
    expect(await known.find('/a')).toMatchObject({ libraryId: 'one' });
  });
});

describe('machineIdOf', () => {
  it('is one for all that ask for the first time at once', async () => {
    const folder = await temporaryFolder();
    const ids = await Promise.all(Array.from({ length: 10 }, () => machineIdOf(nodeFileSystem, folder)));
    expect(new Set(ids).size).toBe(1);
    expect(await readFile(join(folder, 'machine-id'), 'utf8')).toBe(`${ids[0]}\n`);
  });

  it('is random, and the same ever after', async () => {
    const [one, two] = [join(await temporaryFolder(), 'user'), join(await temporaryFolder(), 'user')];
    const id = await machineIdOf(nodeFileSystem, one);
    expect(await machineIdOf(nodeFileSystem, one)).toBe(id);
    expect(await machineIdOf(nodeFileSystem, two)).not.toBe(id);
    await writeFile(join(one, 'machine-id'), 'broken');
    expect(await machineIdOf(nodeFileSystem, one)).not.toBe(id);
    expect(await readFile(join(one, 'machine-id'), 'utf8')).toMatch(/^[0-9a-f]{16}\n$/);
  });
});
