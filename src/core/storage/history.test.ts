import { afterEach, describe, expect, it } from 'vitest';
import type { Article, ReadingState } from '#shared/model/article';
import {
  annotationWrite,
  articleWrite,
  opened,
  removeFolders,
  temporaryFolder,
} from '../../test/storage-fixtures';
import { History } from './history';
import type { Capture, DocumentStore, Write } from './types';

afterEach(removeFolders);

const setUp = async () => {
  const { store } = await opened(await temporaryFolder());
  let time = 0;
  const history = new History(store, () => time);
  const article = articleWrite('first');
  const id = article.id as Article['id'];
  const commit = (label: string, capture: Capture, ...writes: Write[]) =>
    store.write({ label, capture, writes });
  const edit = (fields: Partial<Article>, capture: Capture = 'step', label = 'edit') =>
    commit(label, capture, { table: 'articles', id, value: { ...articleOf(store, id), ...fields } });
  const reading = (fields: Partial<ReadingState>, capture: Capture = 'step') =>
    edit({ reading: { ...articleOf(store, id).reading, ...fields } }, capture);
  await commit('create', 'step', article);
  return {
    store,
    history,
    id,
    commit,
    edit,
    reading,
    pass: (ms: number) => {
      time += ms;
    },
    value: () => articleOf(store, id),
    stored: () => store.get('articles', id),
  };
};

const articleOf = (store: DocumentStore, id: Article['id']): Article => {
  const value = store.get('articles', id)?.value;
  if (!value) throw new Error('no such article');
  return value;
};

describe('undo and redo', () => {
  it('take back and give again, the version always growing', async () => {
    const { history, edit, value, stored, store } = await setUp();
    await edit({ title: 'second' });
    expect([history.undoLabel, history.redoLabel]).toEqual(['edit', undefined]);
    expect(await history.undo()).toEqual({ label: 'edit', conflicts: [] });
    expect(value().title).toBe('first');
    expect([history.undoLabel, history.redoLabel]).toEqual(['create', 'edit']);
    await history.redo();
    expect(value().title).toBe('second');
    await history.undo();
    await history.undo();
    expect(stored()).toMatchObject({ value: null, deletedAt: expect.any(String) });
    expect(history.undoLabel).toBeUndefined();
    await history.redo();
    await history.redo();
    expect(value().title).toBe('second');
    expect(stored()).not.toHaveProperty('deletedAt');
    expect(stored()?.version).toEqual({ [store.writerId]: 8 });
    await expect(history.redo()).rejects.toMatchObject({ problem: { code: 'nothing-to-undo' } });
  });

  it('restore from the Trash and move there again', async () => {
    const { history, commit, id, value, stored } = await setUp();
    await commit('delete', 'step', { table: 'articles', id, value: value(), trash: true });
    await history.undo();
    expect(stored()).not.toHaveProperty('deletedAt');
    await history.redo();
    expect(stored()).toMatchObject({ deletedAt: expect.any(String), value: { title: 'first' } });
  });

  it('leave later changes of other fields alone', async () => {
    const { history, edit, reading, value } = await setUp();
    await edit({ title: 'second', tags: ['x'] });
    await edit({ keyword: ['later'] }, 'never');
    await reading({ status: 'reading' });
    const position = { documentId: 'abstract', block: 2, fraction: 0.5 };
    await reading({ position }, 'never');
    await history.undo();
    expect(value().reading).toEqual({ priority: 2, position });
    await history.undo();
    expect(value()).toMatchObject({ title: 'first', tags: [], keyword: ['later'] });
  });

  it('do not overwrite a later change of the same field, and say which record', async () => {
    const { history, edit, commit, value, id, store } = await setUp();
    const other = articleWrite('other');
    await commit('create', 'never', other);
    const otherId = other.id as Article['id'];
    const retitle = (each: Article['id'], title: string): Write => ({
      table: 'articles',
      id: each,
      value: { ...articleOf(store, each), title },
    });
    await commit('both', 'step', retitle(id, 'A'), retitle(otherId, 'B'));
    await edit({ title: 'elsewhere' }, 'never');
    expect(await history.undo()).toEqual({ label: 'both', conflicts: [id] });
    expect([value().title, articleOf(store, otherId).title]).toEqual(['elsewhere', 'other']);
    // Redo brings back what undo took back, no more.
    await history.redo();
    expect([value().title, articleOf(store, otherId).title]).toEqual(['elsewhere', 'B']);
  });

  it('do not lose the step where the library is open for reading only', async () => {
    const { history, store } = await setUp();
    await store.close();
    await expect(history.undo()).rejects.toMatchObject({ problem: { code: 'read-only' } });
    expect(history.undoLabel).toBe('create');
  });
});

describe('what becomes a step', () => {
  it.each<[string, { label?: string; wait?: number; other?: boolean }, number]>([
    ['joins the one before', {}, 1],
    ['is its own under another label', { label: 'other' }, 2],
    ['is its own after a while', { wait: 40_000 }, 2],
    ['is its own for another record', { other: true }, 2],
  ])('typing %s', async (_name, { label = 'note', wait = 0, other = false }, steps) => {
    const { history, commit, pass } = await setUp();
    const note = annotationWrite('');
    const typed = (text: string): Write => ({ ...note, value: { ...note.value, note: text } }) as Write;
    await commit('note', 'merge', typed('a'));
    await commit('note', 'merge', typed('ab'));
    pass(wait);
    await commit(label, 'merge', other ? annotationWrite('x') : typed('abc'));
    let taken = 0;
    while (history.undoLabel !== 'create') {
      await history.undo();
      taken++;
    }
    expect(taken).toBe(steps);
  });

  it('what is typed after an undo does not join the step before', async () => {
    const { history, edit, value } = await setUp();
    await edit({ title: 'a' }, 'merge');
    await edit({ tags: ['t'] }, 'step', 'tag');
    await history.undo();
    await edit({ title: 'b' }, 'merge');
    await history.undo();
    expect(value().title).toBe('a');
  });

  it('a new step ends what could be redone; one that is never captured does not', async () => {
    const { history, edit, reading } = await setUp();
    await edit({ title: 'a' });
    await history.undo();
    await reading({ opened: '2026-01-01T00:00:00.000Z' }, 'never');
    expect(history.redoLabel).toBe('edit');
    await edit({ title: 'b' });
    expect(history.redoLabel).toBeUndefined();
  });

  it('no more than 200 are kept', async () => {
    const { history, edit } = await setUp();
    await Promise.all(Array.from({ length: 230 }, (_, index) => edit({ title: `title ${index}` })));
    let taken = 0;
    for (; history.undoLabel !== undefined; taken++) await history.undo();
    expect(taken).toBe(200);
  });

  it('tells its listeners, until it is disposed of', async () => {
    const { history, edit } = await setUp();
    let told = 0;
    history.onDidChange(() => told++);
    await edit({ title: 'a' });
    expect(told).toBe(1);
    history.dispose();
    await edit({ title: 'b' });
    expect([told, history.undoLabel]).toEqual([1, 'edit']);
  });
});
