import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  all,
  eachOf,
  liveIn,
  noReport,
  type Prepared,
  prepare,
  start,
  stateOf,
} from '../../test/backed-up-library';
import { context } from '../../test/call-context';
import {
  articleWrite,
  failure,
  faultyFileSystem,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import type { Write } from '../storage/types';

describe('a restore', () => {
  let library: Prepared;
  beforeEach(async () => {
    library = await prepare(await temporaryFolder());
  });
  afterEach(removeFolders);

  it('says before what it will change, and is one step that can be undone', async () => {
    const app = await start(library.base);
    const later = 'aaaaaaaaaaaaaaaa';
    const [first, second] = all(app.store(), 'articles').filter(
      ({ id, value, deletedAt }) => id !== later && value && !deletedAt,
    );
    await write(app.store(), { table: 'articles', id: first!.id, value: null } as Write);
    await write(app.store(), {
      table: 'articles',
      id: second!.id,
      value: { ...second!.value, title: 'x' },
    } as Write);
    const before = stateOf(app.store());
    const changes = await app.backups.preview({ name: library.name }, noReport, context);
    expect(changes.articles).toEqual({ added: 1, changed: 1, removed: 1 });
    expect(stateOf(app.store())).toEqual(before);
    const outcome = await app.backups.restore({ name: library.name }, noReport, context);
    expect(outcome.changes).toEqual(changes);
    expect(stateOf(app.store())).toMatchObject(library.state);
    const { backups } = await app.backups.list({}, context);
    expect(backups[0]).toMatchObject({
      name: outcome.before,
      reason: 'before-restore',
      places: ['library', 'outside'],
    });
    expect(app.history().undoLabel).toBe('history.restoreBackup');
    await app.history().undo();
    expect(stateOf(app.store())).toEqual(before);
    // So does the backup that was taken before it.
    await app.backups.restore({ name: library.name }, noReport, context);
    await app.backups.restore({ name: outcome.before! }, noReport, context);
    expect(liveIn(stateOf(app.store()))).toEqual(liveIn(before));
    await app.close();
  });

  it('changes nothing where the backup is damaged in both places, or is not there', async () => {
    const app = await start(library.base);
    const before = stateOf(app.store());
    const { path, userData } = placesIn(library.base);
    const outside = join('backups', app.store().libraryId, 'objects');
    await eachOf(path, 'backups/objects', (file) => writeFile(file, 'rubbish'));
    await eachOf(userData, outside, (file) => writeFile(file, 'rubbish'));
    for (const [name, code] of [
      [library.name, 'conflict'],
      ['none', 'not-found'],
    ] as const)
      await expect(app.backups.restore({ name }, noReport, context)).rejects.toMatchObject({
        problem: { code },
      });
    expect(stateOf(app.store())).toEqual(before);
    await app.close();
  });

  it('does not touch a folder that holds other files', async () => {
    await rm(library.path, { recursive: true });
    await mkdir(library.path);
    await writeFile(join(library.path, 'letter.txt'), 'Dear colleague');
    const app = await start(library.base);
    await expect(app.backups.restore({ name: library.name }, noReport, context)).rejects.toMatchObject({
      problem: { code: 'conflict', detail: 'backup-foreign' },
    });
    expect(await readdir(library.path)).toEqual(['letter.txt']);
    await app.close();
  });
});

describe('a restore that is killed', () => {
  afterEach(removeFolders);
  /** Of the calls to the disk; the long form takes each. */
  const STEP = process.env['HEPATICA_FAULTS'] === 'long' ? 1 : 9;
  const WRITING = new Set([
    'open',
    'write',
    'sync',
    'datasync',
    'truncate',
    'rename',
    'link',
    'unlink',
    'mkdir',
  ]);

  it.each<[string, (library: Prepared) => Promise<unknown>]>([
    ['of a library that is open', async () => undefined],
    ['of a library that does not open', ({ path }) => writeFile(join(path, 'library.json'), 'rubbish')],
  ])(
    '%s, at any call to the disk, leaves the old or the new, and can be done again',
    async (_what, damage) => {
      const library = await prepare(await temporaryFolder());
      const { store } = await opened(library.base);
      await write(store, { ...articleWrite('edited', 'aaaaaaaaaaaaaaaa') });
      const old = stateOf(store);
      await store.close();
      await damage(library);
      let points = 0;
      for (let fatal = 1; ; fatal += STEP) {
        const base = join(library.base, `copy-${fatal}`);
        await cp(library.path, placesIn(base).path, { recursive: true });
        await cp(placesIn(library.base).userData, placesIn(base).userData, { recursive: true });
        let calls = 0;
        let isArmed = false;
        const fs = faultyFileSystem((call) => {
          if (isArmed && WRITING.has(call) && ++calls >= fatal) throw failure('EIO');
        });
        const app = await start(base, fs);
        isArmed = true;
        await Promise.resolve(app.backups.restore({ name: library.name }, noReport, context)).catch(
          () => undefined,
        );
        await app.close().catch(() => undefined);
        if (calls < fatal) break;
        points += 1;
        await rm(join(placesIn(base).path, 'lock'), { force: true });
        const next = await start(base);
        if (next.lifecycle.find() !== undefined) {
          const state = stateOf(next.store());
          const isNew = state['articles aaaaaaaaaaaaaaaa']?.trashed ?? true;
          expect(state, `call ${fatal}`).toMatchObject(isNew ? library.state : old);
        }
        await next.backups.restore({ name: library.name }, noReport, context);
        expect(stateOf(next.store()), `call ${fatal}`).toMatchObject(library.state);
        await next.close();
        await rm(base, { recursive: true });
      }
      expect(points).toBeGreaterThan(4);
    },
    120_000,
  );
});
