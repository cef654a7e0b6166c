import { describe, expect, it } from 'vitest';
import { ListQuery } from '#shared/contract/library';
import { AnnotationId, type ArticleId } from '#shared/model/ids';
import { context } from '../../test/call-context';
import { LibraryUnderTest } from '../../test/library-service';

const on = new LibraryUnderTest();

const query = (given: Partial<ListQuery> = {}): ListQuery =>
  ListQuery.parse({ scope: 'library', sort: 'title', descending: false, ...given });
const titles = async (given: Partial<ListQuery> = {}): Promise<string[]> =>
  (await on.library.list(query(given), context)).rows.map((row) => row.title);

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
    await on.add(
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
    const [a = '' as ArticleId, b = '' as ArticleId] = await on.add({ title: 'a' }, { title: 'b' });
    expect(await titles()).toEqual(['a', 'b']);
    await on.library.edit({ id: a, fields: { title: 'c' } }, context);
    await on.add({ title: 'bb' });
    expect(await titles()).toEqual(['b', 'bb', 'c']);
    await on.library.trash({ ids: [b] }, context);
    expect(await titles()).toEqual(['bb', 'c']);
    expect(await titles({ scope: 'trash' })).toEqual(['b']);
    await on.library.purge({ ids: [b] }, context);
    expect(await titles({ scope: 'trash' })).toEqual([]);
    expect((await on.history.undo()).conflicts).toEqual([b]);
    await on.history.undo();
    expect(await titles()).toEqual(['a', 'bb']);
  });

  it('filters by status and tag together', async () => {
    await on.add(
      { title: 'a', tags: ['x'], reading: { priority: 2, status: 'read' } },
      { title: 'b', tags: ['x'] },
      { title: 'c', reading: { priority: 2, status: 'read' } },
    );
    expect(await titles({ status: 'read', tag: 'x' })).toEqual(['a']);
  });

  it('sends rows for the first screen only, and short ones', async () => {
    const author = Array.from({ length: 50 }, () => ({ family: 'f'.repeat(500), affiliation: ['x'] }));
    await on.add(...Array.from({ length: 100 }, () => ({ title: '长'.repeat(10_000), author })));
    const { ids, rows } = await on.library.list(query(), context);
    expect([ids.length, rows.length]).toEqual([100, 60]);
    expect(JSON.stringify(await on.library.rows({ ids: ids.slice(0, 100) }, context)).length).toBeLessThan(
      200_000,
    );
    expect(rows[0]?.title).toMatch(/^长{299}…$/);
  });

  it('stays fast at 10,000 articles', async () => {
    await on.add(
      ...Array.from({ length: 10_000 }, (_, n) => ({ title: `Title ${(n * 7919) % 10_000} of hepatology` })),
    );
    const [id = '' as ArticleId] = (await on.library.list(query(), context)).ids;
    await on.library.edit({ id, fields: { title: 'zzz' } }, context);
    const started = performance.now();
    expect((await on.library.list(query(), context)).ids.at(-1)).toBe(id);
    await on.library.overview({}, context);
    // About 40 ms on an idle machine; the limit is for work that grows with the square of the library.
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('edit', () => {
  it('changes, empties and trims fields, and is one step', async () => {
    const [id = '' as ArticleId] = await on.add({ volume: '1', issue: '2' });
    const edited = await on.library.edit(
      { id, fields: { title: ' New ', volume: null, issue: '', page: '1-2' } },
      context,
    );
    expect(edited).toMatchObject({ title: 'New', page: '1-2' });
    expect(edited).not.toHaveProperty('volume');
    expect(edited).not.toHaveProperty('issue');
    expect(on.history.undoLabel).toBe('history.edit');
    await on.history.undo();
    expect(await on.get(id)).toMatchObject({
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
    const [id = '' as ArticleId] = await on.add({ abstract, sections, abstractCutOff: true });
    const before = await on.get(id);
    const after = await on.library.edit(
      { id, fields: { abstract: 'Aim: To look. Results: Seen.' } },
      context,
    );
    expect(after.sections.map(({ start, end }) => after.abstract?.slice(start, end))).toEqual([
      'To look.',
      'Seen.',
    ]);
    expect(after.abstractCutOff).toBe(false);
    expect(after.documents[0]?.textHash).not.toBe(before.documents[0]?.textHash);
  });

  it('writes nothing where nothing changed', async () => {
    const [id = '' as ArticleId] = await on.add({});
    await on.library.edit({ id, fields: { title: 'Homing of mesenchymal stem cells' } }, context);
    expect(on.history.undoLabel).toBeUndefined();
  });

  it.each([
    ['an empty title', { title: ' ' }],
    ['a field of a million characters', { page: 'x'.repeat(1_000_000) }],
  ])('refuses %s', async (_name, fields) => {
    const [id = '' as ArticleId] = await on.add({});
    await expect(on.library.edit({ id, fields }, context)).rejects.toMatchObject({
      problem: { code: 'bad-request' },
    });
  });

  it('does not know a purged article', async () => {
    const [id = '' as ArticleId] = await on.add({});
    await on.library.trash({ ids: [id] }, context);
    await on.library.purge({ ids: [id] }, context);
    await expect(async () => on.library.get({ id }, context)).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});

describe('bulk changes are one step', () => {
  it('tags', async () => {
    const ids = await on.add({ tags: ['old'] }, { tags: ['old', 'keep'] }, {});
    await on.library.tag({ ids, add: ['  new \n tag '], remove: ['old'] }, context);
    expect(await Promise.all(ids.map(async (id) => (await on.get(id)).tags))).toEqual([
      ['new tag'],
      ['keep', 'new tag'],
      ['new tag'],
    ]);
    expect(await on.library.overview({}, context)).toMatchObject({
      tags: [
        { tag: 'keep', count: 1 },
        { tag: 'new tag', count: 3 },
      ],
    });
    await on.history.undo();
    expect((await on.get(ids[1]!)).tags).toEqual(['old', 'keep']);
    expect(on.history.undoLabel).toBeUndefined();
  });

  it.each([[''], [' \n '], ['x'.repeat(101)]])('refuses the tag %j', async (tag) => {
    const ids = await on.add({});
    await expect(on.library.tag({ ids, add: [tag], remove: [] }, context)).rejects.toMatchObject({
      problem: { code: 'bad-request' },
    });
  });

  it('trash and restore', async () => {
    const ids = await on.add({ title: 'a' }, { title: 'b' });
    await on.library.trash({ ids }, context);
    expect(await on.library.overview({}, context)).toMatchObject({ total: 0, trash: 2 });
    await on.library.restore({ ids: ids.slice(0, 1) }, context);
    expect(await titles()).toEqual(['a']);
    await on.history.undo();
    await on.history.undo();
    expect(await titles()).toEqual(['a', 'b']);
    await on.history.redo();
    expect(await titles({ scope: 'trash' })).toEqual(['a', 'b']);
  });

  it('fails whole when one of the articles is gone', async () => {
    const ids = [...(await on.add({ title: 'a' })), 'gone0000' as ArticleId];
    await expect(on.library.trash({ ids }, context)).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
    expect(await titles()).toEqual(['a']);
  });

  it('purge takes the annotations along, and only from the Trash', async () => {
    const [id = '' as ArticleId, other = '' as ArticleId] = await on.add({}, {});
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
    await on.temp.store.write({
      label: 'history.highlight',
      capture: 'step',
      writes: writes.map((value) => ({ table: 'annotations', id: value.id, value })),
    });
    expect((await on.library.rows({ ids: [id] }, context))[0]?.annotations).toBe(1);
    await expect(on.library.purge({ ids: [id] }, context)).rejects.toMatchObject({
      problem: { code: 'conflict' },
    });
    await on.library.trash({ ids: [id] }, context);
    await on.library.purge({ ids: [id] }, context);
    expect(on.temp.store.get('annotations', writes[0]!.id)?.value).toBeNull();
    expect(on.temp.store.get('annotations', writes[1]!.id)?.value).not.toBeNull();
    expect(await on.library.rows({ ids: [id] }, context)).toEqual([]);
    expect(on.history.undoLabel).toBe('history.trash');
  });
});

describe('didChange', () => {
  it('names what changed, unless it is too much', async () => {
    const events: { ids: ArticleId[]; collections: boolean }[] = [];
    on.library.didChange((event) => events.push(event));
    const ids = await on.add({});
    await on.library.createCollection({ name: 'c' }, context);
    await on.add(...Array.from({ length: 201 }, () => ({})));
    expect(events).toEqual([
      { ids, collections: false },
      { ids: [], collections: true },
      { ids: [], collections: false },
    ]);
  });
});

it('keeps everything over a restart', async () => {
  const collection = (await on.library.createCollection({ name: 'c' }, context)).id;
  const ids = await on.add({ title: 'a' });
  await on.library.collect({ ids, collection, member: true }, context);
  await on.library.tag({ ids, add: ['t'], remove: [] }, context);
  await on.restart();
  expect(await titles({ collection, tag: 't' })).toEqual(['a']);
  await on.restart('read-only');
  expect(await titles()).toEqual(['a']);
  await expect(on.library.trash({ ids }, context)).rejects.toMatchObject({ problem: { code: 'read-only' } });
});
