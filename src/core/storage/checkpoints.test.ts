import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  annotationWrite,
  articleWrite,
  contentOf,
  failure,
  faultyFileSystem,
  journalOf,
  opened,
  placesIn,
  removeFolders,
  reopened,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import { SCHEMA, seal, unseal } from './envelope';
import type { FileSystem } from './fs-port';
import { fileOf } from './shard-set';

afterEach(removeFolders);

describe('checkpoints', () => {
  it('write the shards, list them, and empty the journal', async () => {
    const base = await temporaryFolder();
    const { path } = placesIn(base);
    const { store } = await opened(base, { checkpointDelay: 10 });
    const [article, note] = [articleWrite('a'), annotationWrite('n')];
    await write(store, article, note);
    const files = [fileOf('articles', article.id), fileOf('annotations', note.id)];
    await expect.poll(() => journalOf(base)).toBe('');
    const library = unseal(await readFile(join(path, 'library.json')));
    expect(library.ok && library.value.payload).toMatchObject({ files: files.toSorted() });
    for (const file of files) expect(unseal(await readFile(join(path, file))).ok).toBe(true);
    await store.close();
  });

  it('that overtake a change leave none of it in the journal of a closed library', async () => {
    const base = await temporaryFolder();
    const real = faultyFileSystem(() => {});
    let between: Promise<unknown> | undefined;
    const fs: FileSystem = {
      ...real,
      rename: async (from, to) => {
        // The other shard has its turn after this one, and takes the change along.
        if (to.includes('articles')) between ??= write(store, note);
        await between;
        await real.rename(from, to);
      },
    };
    const { store } = await opened(base, { fs, checkpointDelay: 60_000 });
    const note = annotationWrite('n');
    await write(store, articleWrite('a'), note);
    await store.flush();
    await store.close();
    expect(between).toBeDefined();
    expect(await journalOf(base)).toBe('');
    const next = (await opened(base)).store;
    expect(next.seq).toBe(2);
    await next.close();
  });

  it('drop the journal only after the folder was synced, if need be at another try', async () => {
    const base = await temporaryFolder();
    const folder = join(placesIn(base).path, 'articles');
    const seen: string[] = [];
    let failures = 1;
    const fs = faultyFileSystem((call, path) => {
      if (call === 'sync' && path === folder && failures-- > 0) throw failure('EIO');
      if (call === 'sync' && path === folder) seen.push('synced');
      if (call === 'unlink' && path.endsWith('.log')) seen.push('dropped');
    });
    const { store } = await opened(base, { fs, checkpointDelay: 60_000 });
    await write(store, articleWrite('a'));
    await expect(store.flush()).rejects.toMatchObject({ problem: { code: 'not-saved' } });
    expect([seen, store.saveState.state]).toEqual([[], 'not-saved']);
    await store.flush();
    expect([seen, store.saveState.state]).toEqual([['synced', 'dropped'], 'saved']);
    const library = unseal(await readFile(join(placesIn(base).path, 'library.json')));
    expect(library.ok && library.value.payload).toMatchObject({
      files: [expect.stringMatching(/^articles/)],
    });
    await store.close();
  });

  it('leave a shard alone that nothing has changed', async () => {
    const base = await temporaryFolder();
    const { store } = await opened(base);
    await write(store, articleWrite('a'));
    await store.flush();
    const before = await contentOf(placesIn(base).path);
    await store.flush();
    const next = await reopened(base, store);
    await next.flush();
    expect(await contentOf(placesIn(base).path)).toMatchObject(
      Object.fromEntries(Object.entries(before).filter(([file]) => file !== 'lock')),
    );
    await next.close();
  });

  it('keep what a later version has put into envelopes, files and records', async () => {
    const base = await temporaryFolder();
    let { store } = await opened(base);
    const article = articleWrite('a');
    await write(store, article);
    await store.close();
    const file = join(placesIn(base).path, fileOf('articles', article.id));
    const old = unseal(await readFile(file));
    if (!old.ok) throw new Error('unreadable');
    const payload = old.value.payload as { articles: Record<string, unknown>[] };
    const later = {
      ...payload,
      index: 1,
      articles: payload.articles.map((each) => ({ ...each, colour: 'red' })),
    };
    const extra = { hint: ['x'] };
    await writeFile(file, seal({ ...old.value.envelope, schema: SCHEMA, extra }, JSON.stringify(later)));
    ({ store } = await opened(base));
    await write(store, article);
    await store.close();
    const now = unseal(await readFile(file));
    expect(now).toMatchObject({
      ok: true,
      value: { envelope: { extra }, payload: { index: 1, articles: [{ colour: 'red', id: article.id }] } },
    });
  });
});
