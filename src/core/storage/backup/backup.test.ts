import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  annotationWrite,
  articleWrite,
  contentOf,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../../test/storage-fixtures';
import { sha256 } from '../envelope';
import { nodeFileSystem } from '../fs-port';
import type { OpenedLibrary } from '../open';
import type { DocumentStore } from '../types';
import { BackupFolder } from './backup-folder';
import type { KeptManifest } from './manifest';
import { placesOf } from './places';
import { bytesIn, readBackup } from './read-backup';
import { leftOut, SuspectData, takeBackup } from './take';

const fs = nodeFileSystem;
const DAY = 86_400_000;
const START = Date.UTC(2026, 6, 1, 9);
let base = '';
let library: OpenedLibrary;
beforeEach(async () => {
  base = await temporaryFolder();
  library = await opened(base);
});
afterEach(async () => {
  await library.store.close();
  await removeFolders();
});

const places = (most?: { inside: number; outside: number }) => {
  const { inside, outside } = placesOf({
    fs,
    ...placesIn(base),
    libraryId: library.store.libraryId,
    isWritable: () => true,
    ...(most === undefined ? {} : { most }),
  });
  return { inside, outside: outside! };
};
const take = (given: Partial<Parameters<typeof takeBackup>[0]> = {}, place = places().inside) =>
  takeBackup(
    {
      fs,
      path: placesIn(base).path,
      store: library.store,
      damage: library.store.damage,
      reason: 'daily',
      now: new Date(START),
      ...given,
    },
    place,
  );
const idsOf = (store: DocumentStore) => new Set([...store.all('articles')].map(({ id }) => id));
const read = (manifest: KeptManifest, folder: BackupFolder) => readBackup(manifest, { folders: [folder] });

describe('a backup', () => {
  it('holds what the library holds, and is checked by reading it again', async () => {
    await write(library.store, articleWrite('one'), articleWrite('two'), annotationWrite('note'));
    await library.store.write({
      label: 'history.trash',
      capture: 'step',
      writes: [{ ...articleWrite('gone'), trash: true }],
    });
    const { inside } = places();
    const manifest = await take();
    expect((await inside.folder.list()).manifests).toEqual([manifest]);
    expect(manifest).toMatchObject({
      reason: 'daily',
      libraryId: library.store.libraryId,
      seq: library.store.seq,
      counts: { articles: 2, annotations: 1, collections: 0, inTrash: 1 },
      suspect: [],
    });
    const records = await read(manifest, inside.folder);
    expect(new Set(records.articles.keys())).toEqual(idsOf(library.store));
    for (const stored of library.store.all('articles'))
      expect(records.articles.get(stored.id)).toEqual(stored);
  });

  it('shares what did not change with the one before', async () => {
    await write(library.store, articleWrite('one', 'aaaaaaaaaaaaaaaa'));
    const first = await take();
    await write(library.store, articleWrite('two', 'bbbbbbbbbbbbbbbb'));
    const second = await take({ now: new Date(START + DAY) });
    const hashes = (manifest: KeptManifest) => manifest.files.map((file) => file.sha256);
    expect(hashes(second)).toEqual(expect.arrayContaining([hashes(first)[1]]));
    const objects = await places().inside.folder.objects();
    expect(objects).toEqual(new Set([...hashes(first), ...hashes(second)]));
  });

  it('is of one transaction, though another comes while it is taken', async () => {
    await write(library.store, articleWrite('one'), annotationWrite('one'));
    let more = 3;
    const manifest = await take({
      onProgress: () => {
        if (more-- > 0)
          void write(library.store, articleWrite(`later ${more}`), annotationWrite(`later ${more}`));
      },
    });
    expect(manifest.seq).toBe(library.store.seq);
    expect(manifest.counts).toMatchObject({ articles: 4, annotations: 4 });
  });

  it('copies contents outside the library, once, and only names them inside', async () => {
    const text = Buffer.from('<p>The liver.</p>');
    const hash = await library.blobs.put('documents', 'html', text);
    const { inside, outside } = places();
    const [here, there] = [await take(), await take({}, outside)];
    expect(here.files.at(-1)).toEqual({ path: `documents/${hash}.html`, size: text.length, sha256: hash });
    expect(await bytesIn([inside.folder], here.files.at(-1)!)).toBeUndefined();
    expect(await bytesIn([outside.folder], there.files.at(-1)!)).toEqual(text);
    // Damaged since, and known: it is not read again, and the good copy stays.
    await writeFile(join(placesIn(base).path, 'documents', `${hash}.html`), 'rubbish');
    const again = await take({ now: new Date(START + DAY) }, outside);
    expect(again.files.at(-1)).toEqual(there.files.at(-1));
    expect(await bytesIn([outside.folder], again.files.at(-1)!)).toEqual(text);
  });

  it('leaves out contents beyond its size, and says so', async () => {
    const sizes = [400, 50_000];
    for (const size of sizes) await library.blobs.put('sources', 'txt', Buffer.alloc(size, 'x'));
    const manifest = await take({}, places({ inside: 0, outside: 10_000 }).outside);
    expect(leftOut(manifest)).toEqual({ files: 1, bytes: 50_000 });
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    [
      'a shard that was cut short',
      async (path) => {
        const [name = ''] = await readdir(join(path, 'articles'));
        const file = join(path, 'articles', name);
        await writeFile(file, (await readFile(file)).subarray(0, 100));
      },
    ],
    ['a shard that is missing', (path) => rm(join(path, 'articles'), { recursive: true })],
    [
      'a bit that was turned',
      async (path) => {
        const file = join(path, 'library.json');
        const bytes = await readFile(file);
        bytes[bytes.length - 5]! ^= 1;
        await writeFile(file, bytes);
      },
    ],
  ])('is not taken daily of %s, and says so when it is asked for', async (_what, damage) => {
    await write(library.store, articleWrite('one'));
    const good = await take();
    await damage(placesIn(base).path);
    const before = await contentOf(join(placesIn(base).path, 'backups'));
    await expect(take({ now: new Date(START + DAY) })).rejects.toBeInstanceOf(SuspectData);
    const after = await contentOf(join(placesIn(base).path, 'backups'));
    expect(after).toMatchObject(before);
    expect((await places().inside.folder.list()).manifests).toEqual([good]);
    const asked = await take({ now: new Date(START + DAY), reason: 'asked' });
    expect(asked.suspect).not.toEqual([]);
  });

  it('is not taken daily of a library that has lost records since the last', async () => {
    await write(library.store, ...Array.from({ length: 4 }, (_, index) => articleWrite(`${index}`)));
    await take();
    const [name = ''] = await readdir(join(placesIn(base).path, 'articles'));
    await library.store.close();
    await writeFile(join(placesIn(base).path, 'articles', name), 'rubbish');
    // Its second opening knows nothing of it any more.
    await (await opened(base)).store.close();
    library = await opened(base);
    expect(library.store.damage).toEqual([]);
    await expect(take({ now: new Date(START + DAY) })).rejects.toThrow('records are missing');
    // Whoever asks for one accepts the library as it is.
    await take({ now: new Date(START + DAY), reason: 'asked' });
    await expect(take({ now: new Date(START + 2 * DAY) })).resolves.toMatchObject({ suspect: [] });
  });

  it('mends an object that was damaged since, and is not read where it cannot be', async () => {
    await write(library.store, articleWrite('one'));
    const { inside, outside } = places();
    const manifest = await take();
    await take({}, outside);
    const shard = manifest.files.find(({ path }) => path.startsWith('articles/'))!;
    const object = join(inside.folder.path, 'objects', shard.sha256);
    await writeFile(object, 'rubbish');
    await expect(read(manifest, inside.folder)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    await readBackup(manifest, { folders: [inside.folder, outside.folder] });
    await take({ now: new Date(START + DAY) });
    await expect(read(manifest, inside.folder)).resolves.toBeDefined();
  });

  it('can be cancelled, and leaves nothing that counts', async () => {
    await write(library.store, articleWrite('one'));
    const signal = { aborted: true, addEventListener: () => {}, removeEventListener: () => {} };
    await expect(take({ signal })).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    expect((await places().inside.folder.list()).manifests).toEqual([]);
  });
});

describe('thirty days', () => {
  it('leave a verified backup of each of the last seven and of the weeks before, within the size', async () => {
    const { inside } = places();
    for (let day = 0; day < 30; day++) {
      const now = new Date(START + day * DAY);
      await write(library.store, articleWrite(`day ${day}`));
      await take({ now });
      const { manifests } = await inside.folder.list();
      const { counts } = manifests[0]!;
      expect(counts.articles).toBe(day + 1);
      await expect(read(manifests[0]!, inside.folder)).resolves.toBeDefined();
    }
    const { manifests } = await inside.folder.list();
    expect(manifests.map(({ time }) => (Date.parse(time) - START) / DAY)).toEqual([
      29, 28, 27, 26, 25, 24, 23, 22, 18, 11, 4,
    ]);
    for (const each of manifests) await expect(read(each, inside.folder)).resolves.toBeDefined();
    const named = new Set(manifests.flatMap(({ files }) => files.map((file) => file.sha256)));
    for (const name of await inside.folder.objects()) {
      const path = join(inside.folder.path, 'objects', name);
      await utimes(path, new Date(START), new Date(START));
    }
    await inside.folder.prune(new Date(START + 31 * DAY), inside.most);
    expect(await inside.folder.objects()).toEqual(named);
  }, 60_000);

  it('drop the oldest beyond the size, and never the newest', async () => {
    const small = places({ inside: 1500, outside: 0 }).inside;
    for (let day = 0; day < 4; day++) {
      await write(library.store, articleWrite(`day ${day}`));
      await take({ now: new Date(START + day * DAY) }, small);
    }
    const { manifests } = await small.folder.list();
    expect(manifests.length).toBeLessThan(4);
    expect(manifests[0]?.time).toBe(new Date(START + 3 * DAY).toISOString());
    await expect(read(manifests[0]!, small.folder)).resolves.toBeDefined();
  });
});

describe('a place of backups', () => {
  it('drops no object while a manifest cannot be read, nor one that is young', async () => {
    const folder = new BackupFolder(fs, join(base, 'place'), async () => {});
    const bytes = Buffer.from('an object');
    await folder.put(sha256(bytes), bytes);
    const object = join(folder.path, 'objects', sha256(bytes));
    const made = (await fs.modified(object)).getTime();
    await folder.prune(new Date(made + 1000), 0);
    expect(await folder.objects()).toEqual(new Set([sha256(bytes)]));
    const manifest = join(folder.path, '2026-07-01T09-00-00.000Z-daily.json');
    await writeFile(manifest, 'rubbish');
    await folder.prune(new Date(made + 2 * DAY), 0);
    expect(await folder.objects()).toEqual(new Set([sha256(bytes)]));
    expect(await folder.list()).toMatchObject({ bad: [{ kind: 'damaged' }] });
    await rm(manifest);
    await folder.prune(new Date(made + 2 * DAY), 0);
    expect(await folder.objects()).toEqual(new Set());
  });

  it('takes no path that leads out of the library from a manifest', async () => {
    const folder = new BackupFolder(fs, join(base, 'place'), async () => {});
    const manifest = await take();
    await mkdir(folder.path, { recursive: true });
    const name = await folder.add({ ...manifest, files: manifest.files }, 'w', 1);
    const { sealManifest } = await import('./manifest');
    const bad = { ...manifest, files: [{ ...manifest.files[0]!, path: '../../x.json' }] };
    await writeFile(join(folder.path, name), sealManifest(bad, 'w', 1));
    expect((await folder.list()).bad).toEqual([{ name, kind: 'damaged' }]);
  });
});
