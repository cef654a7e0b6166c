import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Services } from '#shared/contract/hepatica';
import { ListQuery } from '#shared/contract/library';
import type { Article } from '#shared/model/article';
import { AnnotationId, type ArticleId, CollectionId } from '#shared/model/ids';
import { addArticles, sampleArticle, type TempLibrary, tempLibrary } from '../../test/temp-library';
import { AnnotationIndex } from '../annotations/by-article';
import { History } from '../storage/history';
import { createLibrary } from './service';

let temp: TempLibrary;
let library: Services['library'];
let history: History;
let index: AnnotationIndex;
let dispose: () => void;

const context = { signal: { aborted: false, addEventListener: () => {}, removeEventListener: () => {} } };
const start = (): void => {
  index = new AnnotationIndex(temp.store);
  history = new History(temp.store);
  const created = createLibrary({ store: temp.store, annotationCount: (id) => index.countOf(id) });
  library = created.service;
  dispose = () => {
    created.dispose();
    history.dispose();
    index.dispose();
  };
};
beforeEach(async () => {
  temp = await tempLibrary();
  start();
});
afterEach(async () => {
  dispose();
  await temp.remove();
});

const add = async (...given: Partial<Article>[]): Promise<ArticleId[]> => {
  const articles = given.map((each) => sampleArticle(each));
  await addArticles(temp.store, ...articles);
  return articles.map((article) => article.id);
};
const query = (given: Partial<ListQuery> = {}): ListQuery =>
  ListQuery.parse({ scope: 'library', sort: 'title', descending: false, ...given });
const titles = async (given: Partial<ListQuery> = {}): Promise<string[]> =>
  (await library.list(query(given), context)).rows.map((row) => row.title);
const get = async (id: ArticleId): Promise<Article> => library.get({ id }, context);

describe('list', () => {
  it.each<[string, Partial<ListQuery>, string[]]>([
    [
      'titles: numbers by value, no regard to marks in front, Han after Latin and by pinyin',
      { sort: 'title' },
      ['"Abc 9"', 'abc 10', '阿德福韦', '肝硬化', '中药'],
    ],
    [
      'added, newest first',
      { sort: 'added', descending: true },
      ['中药', '肝硬化', '阿德福韦', 'abc 10', '"Abc 9"'],
    ],
    ['year, unknown last', { sort: 'year' }, ['abc 10', '肝硬化', '"Abc 9"', '阿德福韦', '中药']],
    [
      'year descending, unknown last too',
      { sort: 'year', descending: true },
      ['"Abc 9"', '肝硬化', 'abc 10', '阿德福韦', '中药'],
    ],
    ['status', { sort: 'status' }, ['肝硬化', 'abc 10', '"Abc 9"', '阿德福韦', '中药']],
    ['priority', { sort: 'priority' }, ['中药', '"Abc 9"', 'abc 10', '阿德福韦', '肝硬化']],
    ['journal', { sort: 'journal' }, ['阿德福韦', 'abc 10', '"Abc 9"', '肝硬化', '中药']],
  ])('sorts by %s', async (_name, given, expected) => {
    await add(
      {
        title: '"Abc 9"',
        added: '2026-01-01T00:00:00Z',
        issued: { 'date-parts': [[2025]] },
        reading: { priority: 2, status: 'read' },
        'container-title': 'Liver',
      },
      {
        title: 'abc 10',
        added: '2026-01-02T00:00:00Z',
        issued: { 'date-parts': [[1999, 5]] },
        reading: { priority: 2, status: 'to-read' },
        'container-title': 'Gut',
      },
      { title: '阿德福韦', added: '2026-01-03T00:00:00Z', 'container-title': 'American Journal' },
      {
        title: '肝硬化',
        added: '2026-01-04T00:00:00Z',
        issued: { 'date-parts': [[2010]] },
        reading: { priority: 3, status: 'inbox' },
      },
      { title: '中药', added: '2026-01-05T00:00:00Z', reading: { priority: 1 } },
    );
    expect(await titles(given)).toEqual(expected);
  });

  it('follows every change without being built anew', async () => {
    const [a = '' as ArticleId, b = '' as ArticleId] = await add({ title: 'a' }, { title: 'b' });
    expect(await titles()).toEqual(['a', 'b']);
    await library.edit({ id: a, fields: { title: 'c' } }, context);
    await add({ title: 'bb' });
    expect(await titles()).toEqual(['b', 'bb', 'c']);
    await library.trash({ ids: [b] }, context);
    expect(await titles()).toEqual(['bb', 'c']);
    expect(await titles({ scope: 'trash' })).toEqual(['b']);
    await library.purge({ ids: [b] }, context);
    expect(await titles({ scope: 'trash' })).toEqual([]);
    expect((await history.undo()).conflicts).toEqual([b]);
    await history.undo();
    expect(await titles()).toEqual(['a', 'bb']);
  });

  it('filters by status and tag together', async () => {
    await add(
      { title: 'a', tags: ['x'], reading: { priority: 2, status: 'read' } },
      { title: 'b', tags: ['x'] },
      { title: 'c', reading: { priority: 2, status: 'read' } },
    );
    expect(await titles({ status: 'read', tag: 'x' })).toEqual(['a']);
  });

  it('sends rows for the first screen only, and short ones', async () => {
    const author = Array.from({ length: 50 }, () => ({ family: 'f'.repeat(500), affiliation: ['x'] }));
    await add(...Array.from({ length: 100 }, () => ({ title: '长'.repeat(10_000), author })));
    const { ids, rows } = await library.list(query(), context);
    expect([ids.length, rows.length]).toEqual([100, 60]);
    expect(JSON.stringify(await library.rows({ ids: ids.slice(0, 100) }, context)).length).toBeLessThan(
      200_000,
    );
    expect(rows[0]?.title).toMatch(/^长{299}…$/);
  });

  it('stays fast at 10,000 articles', async () => {
    await add(
      ...Array.from({ length: 10_000 }, (_, n) => ({ title: `Title ${(n * 7919) % 10_000} of hepatology` })),
    );
    const [id = '' as ArticleId] = (await library.list(query(), context)).ids;
    await library.edit({ id, fields: { title: 'zzz' } }, context);
    const started = performance.now();
    expect((await library.list(query(), context)).ids.at(-1)).toBe(id);
    await library.overview({}, context);
    expect(performance.now() - started).toBeLessThan(100);
  });
});

describe('edit', () => {
  it('changes, empties and trims fields, and is one step', async () => {
    const [id = '' as ArticleId] = await add({ volume: '1', issue: '2' });
    const edited = await library.edit(
      { id, fields: { title: ' New ', volume: null, issue: '', page: '1-2' } },
      context,
    );
    expect(edited).toMatchObject({ title: 'New', page: '1-2' });
    expect(edited).not.toHaveProperty('volume');
    expect(edited).not.toHaveProperty('issue');
    expect(history.undoLabel).toBe('history.edit');
    await history.undo();
    expect(await get(id)).toMatchObject({
      title: 'Homing of mesenchymal stem cells',
      volume: '1',
      issue: '2',
    });
  });

  it('keeps sections and the hash of the text true to an edited abstract', async () => {
    const abstract = 'Aim: To see. Results: Seen.';
    const sections = [
      { label: 'Aim', kind: 'objective' as const, start: 5, end: 12 },
      { label: 'Results', kind: 'results' as const, start: 22, end: 27 },
    ];
    const [id = '' as ArticleId] = await add({ abstract, sections, abstractCutOff: true });
    const before = await get(id);
    const after = await library.edit({ id, fields: { abstract: 'Aim: To look. Results: Seen.' } }, context);
    expect(after.sections.map(({ start, end }) => after.abstract?.slice(start, end))).toEqual([
      'To look.',
      'Seen.',
    ]);
    expect(after.abstractCutOff).toBe(false);
    expect(after.documents[0]?.textHash).not.toBe(before.documents[0]?.textHash);
  });

  it('writes nothing where nothing changed', async () => {
    const [id = '' as ArticleId] = await add({});
    await library.edit({ id, fields: { title: 'Homing of mesenchymal stem cells' } }, context);
    expect(history.undoLabel).toBeUndefined();
  });

  it.each([
    ['an empty title', { title: ' ' }],
    ['a field of a million characters', { page: 'x'.repeat(1_000_000) }],
  ])('refuses %s', async (_name, fields) => {
    const [id = '' as ArticleId] = await add({});
    await expect(library.edit({ id, fields }, context)).rejects.toMatchObject({
      problem: { code: 'bad-request' },
    });
  });

  it('does not know a purged article', async () => {
    const [id = '' as ArticleId] = await add({});
    await library.trash({ ids: [id] }, context);
    await library.purge({ ids: [id] }, context);
    await expect(async () => library.get({ id }, context)).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});

describe('bulk changes are one step', () => {
  it('tags', async () => {
    const ids = await add({ tags: ['old'] }, { tags: ['old', 'keep'] }, {});
    await library.tag({ ids, add: ['  new \n tag '], remove: ['old'] }, context);
    expect(await Promise.all(ids.map(async (id) => (await get(id)).tags))).toEqual([
      ['new tag'],
      ['keep', 'new tag'],
      ['new tag'],
    ]);
    expect(await library.overview({}, context)).toMatchObject({
      tags: [
        { tag: 'keep', count: 1 },
        { tag: 'new tag', count: 3 },
      ],
    });
    await history.undo();
    expect((await get(ids[1]!)).tags).toEqual(['old', 'keep']);
    expect(history.undoLabel).toBeUndefined();
  });

  it.each([[''], [' \n '], ['x'.repeat(101)]])('refuses the tag %j', async (tag) => {
    const ids = await add({});
    await expect(library.tag({ ids, add: [tag], remove: [] }, context)).rejects.toMatchObject({
      problem: { code: 'bad-request' },
    });
  });

  it('trash and restore', async () => {
    const ids = await add({ title: 'a' }, { title: 'b' });
    await library.trash({ ids }, context);
    expect(await library.overview({}, context)).toMatchObject({ total: 0, trash: 2 });
    await library.restore({ ids: ids.slice(0, 1) }, context);
    expect(await titles()).toEqual(['a']);
    await history.undo();
    await history.undo();
    expect(await titles()).toEqual(['a', 'b']);
    await history.redo();
    expect(await titles({ scope: 'trash' })).toEqual(['a', 'b']);
  });

  it('fails whole when one of the articles is gone', async () => {
    const ids = [...(await add({ title: 'a' })), 'gone0000' as ArticleId];
    await expect(library.trash({ ids }, context)).rejects.toMatchObject({ problem: { code: 'not-found' } });
    expect(await titles()).toEqual(['a']);
  });

  it('purge takes the annotations along, and only from the Trash', async () => {
    const [id = '' as ArticleId, other = '' as ArticleId] = await add({}, {});
    const annotate = (articleId: ArticleId) => ({
      id: AnnotationId.parse(`note${articleId}`),
      articleId,
      target: {
        documentId: 'abstract',
        textHash: 'a'.repeat(64),
        selector: {
          quote: { type: 'TextQuoteSelector' as const, exact: 'x', prefix: '', suffix: '' },
          position: { type: 'TextPositionSelector' as const, start: 0, end: 1 },
        },
      },
      colour: 'finding' as const,
      note: '',
      tags: [],
      created: '2026-01-01T00:00:00Z',
      modified: '2026-01-01T00:00:00Z',
    });
    const writes = [id, other].map(annotate);
    await temp.store.write({
      label: 'history.highlight',
      capture: 'step',
      writes: writes.map((value) => ({ table: 'annotations', id: value.id, value })),
    });
    expect((await library.rows({ ids: [id] }, context))[0]?.annotations).toBe(1);
    await expect(library.purge({ ids: [id] }, context)).rejects.toMatchObject({
      problem: { code: 'conflict' },
    });
    await library.trash({ ids: [id] }, context);
    await library.purge({ ids: [id] }, context);
    expect(temp.store.get('annotations', writes[0]!.id)?.value).toBeNull();
    expect(temp.store.get('annotations', writes[1]!.id)?.value).not.toBeNull();
    expect(await library.rows({ ids: [id] }, context)).toEqual([]);
    expect(history.undoLabel).toBe('history.trash');
  });
});

describe('collections', () => {
  const tree = async (): Promise<string[]> => {
    const { collections } = await library.overview({}, context);
    const name = new Map(collections.map(({ collection }) => [collection.id, collection.name]));
    return collections.map(({ collection: { name: own, parent }, count }) =>
      parent === undefined ? `${own} ${count}` : `${name.get(parent)}/${own} ${count}`,
    );
  };
  const create = async (name: string, parent?: CollectionId): Promise<CollectionId> =>
    (await library.createCollection({ name, ...(parent === undefined ? {} : { parent }) }, context)).id;

  it('nest, count each article once, and filter with those inside', async () => {
    const outer = await create('Outer');
    const inner = await create(' Inner ', outer);
    const ids = await add({ title: 'a' }, { title: 'b' }, { title: 'c' });
    await library.collect({ ids, collection: inner, member: true }, context);
    await library.collect({ ids: ids.slice(0, 1), collection: outer, member: true }, context);
    await library.trash({ ids: ids.slice(2) }, context);
    expect((await tree()).sort()).toEqual(['Outer 2', 'Outer/Inner 2']);
    expect(await titles({ collection: outer })).toEqual(['a', 'b']);
    await library.collect({ ids, collection: inner, member: false }, context);
    expect(await titles({ collection: outer })).toEqual(['a']);
    await history.undo();
    expect(await titles({ collection: inner })).toEqual(['a', 'b']);
  });

  it('move before a sibling, under another, to the top, and never into themselves', async () => {
    const [a, b, c] = [await create('a'), await create('b'), await create('c')];
    await library.moveCollection({ id: c, before: a }, context);
    expect(await tree()).toEqual(['c 0', 'a 0', 'b 0']);
    await library.moveCollection({ id: b, parent: a }, context);
    await library.moveCollection({ id: c, parent: b }, context);
    expect((await tree()).sort()).toEqual(['a 0', 'a/b 0', 'b/c 0']);
    for (const parent of [a, b, c])
      await expect(library.moveCollection({ id: a, parent }, context)).rejects.toMatchObject({
        problem: { code: 'conflict' },
      });
    await library.moveCollection({ id: b }, context);
    expect(await tree()).toContain('b 0');
    await history.undo();
    expect(await tree()).toContain('a/b 0');
  });

  it('are deleted with those inside and out of every article, in one step that can be undone', async () => {
    const outer = await create('Outer');
    const inner = await create('Inner', outer);
    const other = await create('Other');
    const ids = await add({ collections: [inner, other] }, { collections: [outer] });
    await library.trash({ ids: ids.slice(1) }, context);
    await library.deleteCollection({ id: outer }, context);
    expect(await tree()).toEqual(['Other 1']);
    expect((await get(ids[0]!)).collections).toEqual([other]);
    expect((await get(ids[1]!)).collections).toEqual([]);
    await expect(library.renameCollection({ id: inner, name: 'x' }, context)).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
    await history.undo();
    expect((await tree()).sort()).toEqual(['Other 1', 'Outer 1', 'Outer/Inner 1']);
    expect((await get(ids[1]!)).collections).toEqual([outer]);
  });

  it('survive a cycle in a file', async () => {
    const a = CollectionId.parse('a');
    const b = CollectionId.parse('b');
    await temp.store.write({
      label: 'x',
      capture: 'never',
      writes: [
        { table: 'collections', id: a, value: { id: a, name: 'a', parent: b, order: 'a0' } },
        { table: 'collections', id: b, value: { id: b, name: 'b', parent: a, order: 'a1' } },
      ],
    });
    await add({ title: 'x', collections: [a] });
    expect(await tree()).toEqual(['b/a 1', 'a/b 1']);
    expect(await titles({ collection: b })).toEqual(['x']);
    await library.deleteCollection({ id: a }, context);
    expect(await tree()).toEqual([]);
  });

  it.each([[''], ['x'.repeat(101)]])('refuse the name %j', async (name) => {
    await expect(create(name)).rejects.toMatchObject({ problem: { code: 'bad-request' } });
  });
});

describe('didChange', () => {
  it('names what changed, unless it is too much', async () => {
    const events: { ids: ArticleId[]; collections: boolean }[] = [];
    library.didChange((event) => events.push(event));
    const ids = await add({});
    await library.createCollection({ name: 'c' }, context);
    await add(...Array.from({ length: 201 }, () => ({})));
    expect(events).toEqual([
      { ids, collections: false },
      { ids: [], collections: true },
      { ids: [], collections: false },
    ]);
  });
});

it('keeps everything over a restart', async () => {
  const collection = (await library.createCollection({ name: 'c' }, context)).id;
  const ids = await add({ title: 'a' });
  await library.collect({ ids, collection, member: true }, context);
  await library.tag({ ids, add: ['t'], remove: [] }, context);
  dispose();
  await temp.reopen();
  start();
  expect(await titles({ collection, tag: 't' })).toEqual(['a']);
  dispose();
  await temp.reopen('read-only');
  start();
  expect(await titles()).toEqual(['a']);
  await expect(library.trash({ ids }, context)).rejects.toMatchObject({ problem: { code: 'read-only' } });
});
