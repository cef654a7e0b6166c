import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Services } from '#shared/contract/hepatica';
import type { Article, ReadingStatus } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import { context } from '../../test/call-context';
import { addArticles, sampleArticle, type TempLibrary, tempLibrary } from '../../test/temp-library';
import { History } from '../storage/history';
import { createReadingList } from './service';

let temp: TempLibrary;
let list: Services['readingList'];
let history: History;

beforeEach(async () => {
  temp = await tempLibrary();
  list = createReadingList({ store: temp.store, annotationCount: () => 0 });
  history = new History(temp.store);
});
afterEach(async () => {
  history.dispose();
  await temp.remove();
});

const reading = (id: ArticleId) => temp.store.get('articles', id)!.value!.reading;
const titles = async (status: ReadingStatus): Promise<string> =>
  (await list.list({ status }, context)).rows.map((row) => row.title).join('');
/** Articles `a`, `b`, `c`… with a status, added one day after another. */
const add = async (
  count: number,
  status?: ReadingStatus,
  given: Partial<Article> = {},
): Promise<ArticleId[]> => {
  const articles = Array.from({ length: count }, (_, index) =>
    sampleArticle({
      title: String.fromCharCode(97 + index),
      added: `2026-01-0${index + 1}T00:00:00.000Z`,
      reading: { priority: 2, ...(status === undefined ? {} : { status }) },
      ...given,
    }),
  );
  await addArticles(temp.store, ...articles);
  return articles.map((article) => article.id);
};

describe('setStatus', () => {
  it('puts articles last in their list, in the order given, as one step', async () => {
    const ids = await add(4);
    await list.setStatus({ ids: [ids[2]!, ids[0]!], status: 'to-read' }, context);
    await list.setStatus({ ids: [ids[3]!, ids[1]!, ids[0]!], status: 'to-read' }, context);
    expect(await titles('to-read')).toBe('cadb');
    expect(history.undoLabel).toBe('history.status');
    await history.undo();
    expect(await titles('to-read')).toBe('ca');
    await history.redo();
    expect(await titles('to-read')).toBe('cadb');
  });

  it('sets when an article was finished, clears it on the way back, keeps it off the list', async () => {
    const [id = '' as ArticleId] = await add(1, 'reading');
    await list.setStatus({ ids: [id], status: 'read' }, context);
    expect(reading(id).finished).toMatch(/^\d{4}-/);
    await list.setStatus({ ids: [id] }, context);
    expect(reading(id)).toEqual({ priority: 2, finished: expect.any(String) });
    await list.setStatus({ ids: [id], status: 'to-read' }, context);
    expect(reading(id).finished).toBeUndefined();
  });

  it('does nothing, and makes no step, where the status is the same', async () => {
    const ids = await add(2, 'inbox');
    await list.setStatus({ ids, status: 'inbox' }, context);
    expect(history.undoLabel).toBeUndefined();
  });
});

describe('move', () => {
  it('changes one record, also among articles that never had a place', async () => {
    const ids = await add(5, 'to-read');
    expect(await titles('to-read')).toBe('abcde');
    const seq = temp.store.seq;
    const changed: number[] = [];
    const listening = temp.store.onDidCommit((commit) => changed.push(commit.changes.length));
    await list.move({ id: ids[4]!, before: ids[1]! }, context);
    expect(await titles('to-read')).toBe('aebcd');
    await list.move({ id: ids[0]! }, context);
    expect(await titles('to-read')).toBe('ebcda');
    await list.move({ id: ids[3]!, before: ids[4]! }, context);
    expect(await titles('to-read')).toBe('debca');
    expect([temp.store.seq - seq, changed]).toEqual([3, [1, 1, 1]]);
    listening.dispose();
    await history.undo();
    await history.undo();
    expect(await titles('to-read')).toBe('aebcd');
  });

  it('puts articles that come later after those moved to the end', async () => {
    const ids = await add(2, 'inbox');
    await list.move({ id: ids[0]! }, context);
    await addArticles(
      temp.store,
      sampleArticle({
        title: 'new',
        added: new Date().toISOString(),
        reading: { priority: 2, status: 'inbox' },
      }),
    );
    expect(await titles('inbox')).toBe('banew');
  });

  it('works where many were added in the same instant', async () => {
    const ids = await add(6, 'inbox', { added: '2026-01-01T00:00:00.000Z' });
    const order = (await list.list({ status: 'inbox' }, context)).ids;
    await list.move({ id: order[5]!, before: order[2]! }, context);
    expect((await list.list({ status: 'inbox' }, context)).ids).toEqual([
      ...order.slice(0, 2),
      order[5],
      ...order.slice(2, 5),
    ]);
    expect(ids).toHaveLength(6);
  });

  it.each([
    ['an article off the list', 2, 0],
    ['before one of another list', 0, 3],
  ])('refuses %s', async (_name, moved, before) => {
    const ids = [...(await add(2, 'inbox')), ...(await add(1)), ...(await add(1, 'read'))];
    await expect(list.move({ id: ids[moved]!, before: ids[before]! }, context)).rejects.toMatchObject({
      problem: { code: 'conflict' },
    });
  });
});

describe('priority and due day', () => {
  it('are set for many as one step, and cleared', async () => {
    const ids = await add(2, 'to-read');
    await list.setPriority({ ids, priority: 1 }, context);
    await list.setDue({ ids, due: '2026-02-28' }, context);
    expect(ids.map((id) => reading(id))).toMatchObject([{ priority: 1, due: '2026-02-28' }, { priority: 1 }]);
    await list.setDue({ ids }, context);
    expect(reading(ids[0]!)).not.toHaveProperty('due');
    for (const label of ['history.due', 'history.due', 'history.priority']) {
      expect(history.undoLabel).toBe(label);
      await history.undo();
    }
    expect(reading(ids[1]!)).toEqual({ priority: 2, status: 'to-read' });
  });

  it.each(['2026-02-30', '2026-13-01', '0000-00-00'])('refuses the day %s', async (due) => {
    const ids = await add(1);
    await expect(list.setDue({ ids, due }, context)).rejects.toMatchObject({
      problem: { code: 'bad-request' },
    });
  });
});

it('leaves articles in the Trash out and keeps the order over a restart', async () => {
  const ids = await add(3, 'reading');
  await list.move({ id: ids[2]!, before: ids[0]! }, context);
  const article = temp.store.get('articles', ids[1]!)!.value!;
  await temp.store.write({
    label: 'history.trash',
    capture: 'step',
    writes: [{ table: 'articles', id: article.id, value: article, trash: true }],
  });
  await temp.reopen();
  list = createReadingList({ store: temp.store, annotationCount: () => 0 });
  expect(await titles('reading')).toBe('ca');
});
