import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { LibraryStatus } from '#shared/contract/app';
import type { ListQuery } from '#shared/contract/library';
import { Emitter } from '#shared/lib/event';
import type { ArticleId } from '#shared/model/ids';
import { context } from '../test/call-context';
import { type Composed, composeServices } from './compose';
import { createLog } from './lib/log';

const all: ListQuery = { scope: 'library', sort: 'added', descending: false };

let base = '';
let lines: string[] = [];
const running = new Set<Composed>();

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'hepatica-compose-'));
  lines = [];
});
afterEach(async () => {
  for (const composed of running) await composed.close();
  running.clear();
  await rm(base, { recursive: true, force: true });
});

const folder = (): string => join(base, 'library');
const compose = async (resources = join(import.meta.dirname, '../../resources')): Promise<Composed> => {
  const composed = await composeServices({
    libraryPath: folder(),
    userData: join(base, 'user'),
    resources,
    workers: inject('workers'),
    capabilities: {
      host: 'browser',
      platform: 'linux',
      version: '0',
      canShowFolder: false,
      canQuit: false,
      systemLanguage: 'en',
    },
    onDidChooseCommand: new Emitter<{ command: string }>().event,
    log: createLog((line) => lines.push(line), 'debug'),
  });
  running.add(composed);
  return composed;
};
const end = async (composed: Composed): Promise<void> => {
  running.delete(composed);
  await composed.close();
};
const settled = async ({ services }: Composed): Promise<LibraryStatus> =>
  new Promise((resolve) => {
    const look = async (): Promise<void> => {
      const status = await services.app.status({}, context);
      if (status.state !== 'opening') {
        listening.dispose();
        resolve(status);
      }
    };
    const listening = services.app.didChangeStatus(() => void look());
    void look();
  });
const start = async (): Promise<Composed> => {
  const composed = await compose();
  await settled(composed);
  return composed;
};
const titlesOf = async ({ services }: Composed): Promise<string[]> =>
  (await services.library.list(all, context)).rows.map((row) => row.title);
const SAMPLE = /^Influencing factors for the homing ability/;

describe('the first start', () => {
  it('answers while the library opens, and then holds the sample and its stubs', async () => {
    const composed = await compose();
    const { services } = composed;
    expect((await services.app.status({}, context)).state).toBe('opening');
    await expect(services.library.list(all, context)).rejects.toMatchObject({
      problem: { code: 'library-closed' },
    });
    expect((await services.settings.get({}, context)).fontSize).toBe(18);
    expect(await services.app.history({}, context)).toEqual({});
    expect(await composed.readingText('x', 'abstract')).toBeUndefined();
    expect(await settled(composed)).toMatchObject({ state: 'ready', damage: [], path: folder() });
    const { rows } = await services.library.list(all, context);
    expect(rows.filter((row) => row.completeness === 'stub')).toHaveLength(5);
    const sample = rows.find((row) => SAMPLE.test(row.title))!;
    expect(sample).toMatchObject({ year: 2025, 'container-title': 'Journal of Clinical Hepatology' });
    expect(await composed.readingText(sample.id, 'abstract')).toContain('treatment of ESLD.</p>');
    expect(await services.app.history({}, context)).toEqual({});
  });

  it('does not bring the sample back once it was deleted', async () => {
    const first = await start();
    const { ids } = await first.services.library.list(all, context);
    await first.services.library.trash({ ids }, context);
    await first.services.library.purge({ ids }, context);
    await end(first);
    expect(await titlesOf(await start())).toEqual([]);
  });

  it('opens an empty library where the sample cannot be read, and says so in the log', async () => {
    const composed = await compose(join(base, 'no-resources'));
    expect((await settled(composed)).state).toBe('ready');
    expect(await titlesOf(composed)).toEqual([]);
    expect(lines.some((line) => line.includes('the sample article could not be added'))).toBe(true);
  });
});

describe('a whole session', () => {
  it('undoes and does again each operation, and a restart keeps all', async () => {
    const composed = await start();
    const { services } = composed;
    const rows = (await services.library.list(all, context)).rows;
    const id = rows.find((row) => SAMPLE.test(row.title))!.id;
    const { document } = await services.reader.open({ id }, context);
    const snapshot = async () => {
      const { modified: _modified, ...article } = await services.library.get({ id }, context);
      const { deletedAt, ...row } = (await services.library.rows({ ids: [id] }, context))[0]!;
      const overview = await services.library.overview({}, context);
      const notes = await services.annotations.list({ articleId: id }, context);
      return {
        article,
        row,
        inTrash: deletedAt !== undefined,
        overview,
        notes: notes.map(({ note }) => note),
      };
    };
    const collection = (await services.library.createCollection({ name: 'ESLD' }, context)).id;
    const target = {
      documentId: document.id,
      textHash: document.textHash,
      selector: {
        quote: { type: 'TextQuoteSelector' as const, exact: 'Mesenchymal', prefix: '', suffix: ' stem' },
        position: { type: 'TextPositionSelector' as const, start: 0, end: 11 },
      },
    };
    const steps: readonly [string, () => Promise<unknown> | unknown][] = [
      ['history.edit', () => services.library.edit({ id, fields: { volume: '42' } }, context)],
      ['history.tag', () => services.library.tag({ ids: [id], add: ['msc'], remove: [] }, context)],
      ['history.collect', () => services.library.collect({ ids: [id], collection, member: true }, context)],
      ['history.status', () => services.readingList.setStatus({ ids: [id], status: 'to-read' }, context)],
      ['history.priority', () => services.readingList.setPriority({ ids: [id], priority: 1 }, context)],
      ['history.due', () => services.readingList.setDue({ ids: [id], due: '2026-12-24' }, context)],
      [
        'history.note',
        () => services.annotations.create({ articleId: id, target, colour: 'doubt', note: 'why?' }, context),
      ],
      ['history.collectionDelete', () => services.library.deleteCollection({ id: collection }, context)],
      ['history.trash', () => services.library.trash({ ids: [id] }, context)],
    ];
    const states = [await snapshot()];
    for (const [label, run] of steps) {
      await run();
      expect((await services.app.history({}, context)).undo).toBe(label);
      states.push(await snapshot());
    }
    for (const state of states.slice(0, -1).reverse()) {
      expect(await services.app.undo({}, context)).toMatchObject({ conflicts: 0 });
      expect(await snapshot()).toEqual(state);
    }
    for (const state of states.slice(1)) {
      await services.app.redo({}, context);
      expect(await snapshot()).toEqual(state);
    }
    await services.settings.set({ theme: 'dark', fontSize: 20 }, context);
    await end(composed);
    const again = await start();
    const { services: later } = again;
    expect(await later.library.get({ id }, context)).toMatchObject({
      volume: '42',
      tags: ['msc'],
      collections: [],
    });
    expect(await later.annotations.list({ articleId: id }, context)).toMatchObject([{ note: 'why?' }]);
    expect((await later.library.overview({}, context)).trash).toBe(1);
    expect(await later.settings.get({}, context)).toMatchObject({ theme: 'dark', fontSize: 20, measure: 68 });
    expect(await later.app.history({}, context)).toEqual({});
  });

  it('lists before search is filled, and search finds the sample then', async () => {
    const { services } = await start();
    while (!(await services.search.state({}, context)).ready)
      await new Promise((resolve) => setTimeout(resolve, 10));
    const { hits } = await services.search.query({ text: 'nanoencapsulation', limit: 10 }, context);
    expect(hits[0]?.row.title).toMatch(SAMPLE);
  });

  it('passes events of the open library on, also after it was opened another way', async () => {
    const composed = await start();
    const { services } = composed;
    const heard: string[] = [];
    services.library.didChange(() => heard.push('library'));
    services.settings.didChange(({ theme }) => heard.push(theme));
    services.app.didChangeHistory(({ undo }) => heard.push(undo ?? 'nothing to undo'));
    await services.app.open({ as: 'read-only' }, context);
    await services.app.open({ as: 'read-write' }, context);
    heard.length = 0;
    await services.settings.set({ theme: 'sepia' }, context);
    const { ids } = await services.library.list(all, context);
    await services.library.tag({ ids, add: ['x'], remove: [] }, context);
    expect(heard.sort()).toEqual(['history.tag', 'library', 'sepia']);
  });

  it('says when a change is being saved', async () => {
    const { services } = await start();
    const states: string[] = [];
    services.app.didChangeStatus(({ save }) => states.push(save.state));
    await services.library.createCollection({ name: 'c' }, context);
    while (states.at(-1) !== 'saved') await new Promise((resolve) => setTimeout(resolve, 10));
    expect(states).toContain('saving');
  });

  it('ends for good', async () => {
    const composed = await start();
    await end(composed);
    expect(await composed.services.app.open({ as: 'read-write' }, context)).toMatchObject({
      state: 'failed',
    });
    await expect(composed.services.library.overview({}, context)).rejects.toMatchObject({
      problem: { code: 'library-closed' },
    });
    expect(await readdir(folder())).not.toContain('lock');
  });
});

describe('a library that cannot be opened as asked', () => {
  const files = async (path = folder()): Promise<string[]> =>
    (await readdir(path, { recursive: true })).filter((name) => !name.startsWith('lock')).sort();

  it('can be opened for reading only, and then for writing', async () => {
    await end(await start());
    const { services } = await start();
    expect(await services.app.open({ as: 'read-only' }, context)).toMatchObject({
      state: 'read-only',
      readOnlyReason: 'asked',
    });
    const { ids } = await services.library.list(all, context);
    expect(ids).toHaveLength(6);
    await expect(services.library.trash({ ids }, context)).rejects.toMatchObject({
      problem: { code: 'read-only' },
    });
    await expect(services.settings.set({ theme: 'dark' }, context)).rejects.toMatchObject({
      problem: { code: 'read-only' },
    });
    await services.reader.open({ id: ids[0] as ArticleId }, context);
    expect((await services.app.open({ as: 'read-write' }, context)).state).toBe('ready');
  });

  it('is locked by another: read-only works, and writing when the other has gone', async () => {
    const first = await start();
    const second = await compose();
    expect(await settled(second)).toMatchObject({
      state: 'failed',
      failure: { reason: 'locked', owner: { pid: process.pid, sameMachine: true } },
    });
    await expect(second.services.library.overview({}, context)).rejects.toMatchObject({
      problem: { code: 'library-closed' },
    });
    expect((await second.services.app.open({ as: 'read-only' }, context)).state).toBe('read-only');
    expect((await second.services.app.open({ as: 'take-over' }, context)).failure?.reason).toBe('locked');
    await end(first);
    expect((await second.services.app.open({ as: 'read-write' }, context)).state).toBe('ready');
  });

  it('turns read-only when its lock is taken away, and can be opened again', async () => {
    const composed = await start();
    const { services } = composed;
    await writeFile(join(folder(), 'lock'), '{}');
    await expect(services.library.createCollection({ name: 'x' }, context)).rejects.toMatchObject({
      problem: { code: 'not-saved' },
    });
    const status = await services.app.status({}, context);
    expect(status).toMatchObject({ state: 'read-only', readOnlyReason: 'lock-lost' });
    expect((await services.app.open({ as: 'read-only' }, context)).readOnlyReason).toBe('lock-lost');
    await rm(join(folder(), 'lock'));
    expect((await services.app.open({ as: 'read-write' }, context)).state).toBe('ready');
  });

  it('is missing where one is known to have been; only the user makes a new one', async () => {
    await end(await start());
    await rm(folder(), { recursive: true });
    const { services } = await start();
    expect(await services.app.status({}, context)).toMatchObject({
      state: 'failed',
      failure: { reason: 'missing' },
    });
    await expect(readdir(folder())).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await services.app.open({ as: 'create' }, context)).state).toBe('ready');
  });

  it('is newer: nothing is written', async () => {
    await end(await start());
    const path = join(folder(), 'library.json');
    const text = await readFile(path, 'utf8');
    const newer = text.replace(/"schema":\s*\d+/, '"schema": 99');
    expect(newer).not.toBe(text);
    await writeFile(path, newer);
    const before = await files();
    const { services } = await start();
    expect(await services.app.status({}, context)).toMatchObject({
      state: 'failed',
      failure: { reason: 'newer', file: 'library.json' },
    });
    expect([await files(), await readFile(path, 'utf8')]).toEqual([before, newer]);
  });

  it('is another folder', async () => {
    await mkdir(folder());
    await writeFile(join(folder(), 'thesis.docx'), 'x');
    expect((await settled(await compose())).failure?.reason).toBe('not-a-library');
    expect(await files()).toEqual(['thesis.docx']);
  });

  it('holds a damaged shard: opens, says so, and keeps the bytes', async () => {
    await end(await start());
    const [shard = ''] = (await files()).filter((name) => /^articles.[0-9a-f]{2}\.json$/.test(name));
    await writeFile(join(folder(), shard), 'not json');
    const { services } = await start();
    const status = await services.app.status({}, context);
    expect(status.state).toBe('ready');
    expect(status.damage).toMatchObject([{ file: shard.replaceAll('\\', '/') }]);
    expect(await readFile(join(folder(), status.damage[0]!.keptAs!), 'utf8')).toBe('not json');
    expect((await services.library.list(all, context)).ids.length).toBeLessThan(6);
  });

  // The superuser may write anywhere.
  it.runIf(process.getuid?.() !== 0)('is in a folder that cannot be written', async () => {
    await chmod(base, 0o555);
    try {
      expect((await settled(await compose())).failure?.reason).toBe('not-writable');
    } finally {
      await chmod(base, 0o755);
    }
  });

  it('lies where a file is', async () => {
    await writeFile(folder(), 'a file');
    expect((await settled(await compose())).failure?.reason).toBe('not-writable');
    expect(await readFile(folder(), 'utf8')).toBe('a file');
  });
});
