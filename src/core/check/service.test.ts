import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { context } from '../../test/call-context';
import { change, inLibrary, makeLibrary } from '../../test/checked-library';
import { opened, removeFolders, temporaryFolder, write } from '../../test/storage-fixtures';
import { Lifecycle, type Session } from '../app/lifecycle';
import { createLog } from '../lib/log';
import { createCheck } from './service';

afterEach(removeFolders);

/** The service over a library with an article in a collection that does not exist. */
const service = async (as: 'read-write' | 'read-only' | 'not' = 'read-write') => {
  const library = await makeLibrary(await temporaryFolder());
  await change(library, ({ store }) =>
    write(store, { table: 'collections', id: library.collection.id, value: null }),
  );
  const lifecycle = new Lifecycle({
    path: library.path,
    log: createLog(() => {}),
    openSession: async (mode) => {
      const { store } = await opened(library.base, {
        mode: mode === 'read-only' ? 'read-only' : 'read-write',
      });
      const never = () => Promise.reject(new Error('not asked for'));
      const nothing = { dispose: () => {} };
      const session: Partial<Session> = {
        store,
        history: { state: {}, onDidChange: () => nothing, undo: never, redo: never },
        copies: { merged: [], onDidMerge: () => nothing },
        close: () => store.close(),
      };
      return { ok: true, value: session as Session };
    },
  });
  if (as !== 'not') await lifecycle.open(as);
  const userData = join(library.base, 'user');
  return { library, lifecycle, check: createCheck({ path: library.path, userData, lifecycle }) };
};

describe('the check service', () => {
  it.each(['read-write', 'read-only', 'not'] as const)('checks a library that is open: %s', async (as) => {
    const { check, lifecycle } = await service(as);
    const seen: number[] = [];
    const report = await check.run({}, ({ done }) => seen.push(done), context);
    expect(report.findings.map(({ code }) => code)).toEqual(['lost-collection']);
    expect(seen.at(-1)).toBe(5);
    await lifecycle.close();
  });

  it('repairs it, and opens it again', async () => {
    const { check, lifecycle, library } = await service();
    expect(await check.repair({}, context)).toEqual({ rehomed: 0, unlinked: 1, putAside: 0 });
    expect(lifecycle.status.state).toBe('ready');
    expect(lifecycle.session().store.get('articles', library.article.id)?.value?.collections).toEqual([]);
    expect((await check.run({}, () => {}, context)).outcome).toBe('fine');
    await lifecycle.close();
  });

  it.each(['read-only', 'not'] as const)('repairs nothing that is open: %s', async (as) => {
    const { check, lifecycle } = await service(as);
    await expect(check.repair({}, context)).rejects.toMatchObject({ problem: { code: 'read-only' } });
    await lifecycle.close();
  });

  it('opens it again where the repair fails, here for want of a place for the backup', async () => {
    const { check, lifecycle, library } = await service();
    await writeFile(inLibrary(library, 'backups'), 'no folder');
    await writeFile(join(library.base, 'user/backups'), 'no folder');
    await expect(check.repair({}, context)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect(lifecycle.status.state).toBe('ready');
    await lifecycle.close();
  });
});
