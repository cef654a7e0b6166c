import { describe, expect, it } from 'vitest';
import { ListQuery } from '#shared/contract/library';
import { CollectionId } from '#shared/model/ids';
import { context } from '../../test/call-context';
import { LibraryUnderTest } from '../../test/library-service';

const on = new LibraryUnderTest();

const query = (given: Partial<ListQuery> = {}): ListQuery =>
  ListQuery.parse({ scope: 'library', sort: 'title', descending: false, ...given });
const titles = async (given: Partial<ListQuery> = {}): Promise<string[]> =>
  (await on.library.list(query(given), context)).rows.map((row) => row.title);

describe('collections', () => {
  const tree = async (): Promise<string[]> => {
    const { collections } = await on.library.overview({}, context);
    const name = new Map(collections.map(({ collection }) => [collection.id, collection.name]));
    return collections.map(({ collection: { name: own, parent }, count }) =>
      parent === undefined ? `${own} ${count}` : `${name.get(parent)}/${own} ${count}`,
    );
  };
  const create = async (name: string, parent?: CollectionId): Promise<CollectionId> =>
    (await on.library.createCollection({ name, ...(parent === undefined ? {} : { parent }) }, context)).id;

  it('nest, count each article once, and filter with those inside', async () => {
    const outer = await create('Outer');
    const inner = await create(' Inner ', outer);
    const ids = await on.add({ title: 'a' }, { title: 'b' }, { title: 'c' });
    await on.library.collect({ ids, collection: inner, member: true }, context);
    await on.library.collect({ ids: ids.slice(0, 1), collection: outer, member: true }, context);
    await on.library.trash({ ids: ids.slice(2) }, context);
    expect((await tree()).sort()).toEqual(['Outer 2', 'Outer/Inner 2']);
    expect(await titles({ collection: outer })).toEqual(['a', 'b']);
    await on.library.collect({ ids, collection: inner, member: false }, context);
    expect(await titles({ collection: outer })).toEqual(['a']);
    await on.history.undo();
    expect(await titles({ collection: inner })).toEqual(['a', 'b']);
  });

  it('move before a sibling, under another, to the top, and never into themselves', async () => {
    const [a, b, c] = [await create('a'), await create('b'), await create('c')];
    await on.library.moveCollection({ id: c, before: a }, context);
    expect(await tree()).toEqual(['c 0', 'a 0', 'b 0']);
    await on.library.moveCollection({ id: b, parent: a }, context);
    await on.library.moveCollection({ id: c, parent: b }, context);
    expect((await tree()).sort()).toEqual(['a 0', 'a/b 0', 'b/c 0']);
    for (const parent of [a, b, c])
      await expect(on.library.moveCollection({ id: a, parent }, context)).rejects.toMatchObject({
        problem: { code: 'conflict' },
      });
    await on.library.moveCollection({ id: b }, context);
    expect(await tree()).toContain('b 0');
    await on.history.undo();
    expect(await tree()).toContain('a/b 0');
  });

  it('are deleted with those inside and out of every article, in one step that can be undone', async () => {
    const outer = await create('Outer');
    const inner = await create('Inner', outer);
    const other = await create('Other');
    const ids = await on.add({ collections: [inner, other] }, { collections: [outer] });
    await on.library.trash({ ids: ids.slice(1) }, context);
    await on.library.deleteCollection({ id: outer }, context);
    expect(await tree()).toEqual(['Other 1']);
    expect((await on.get(ids[0]!)).collections).toEqual([other]);
    expect((await on.get(ids[1]!)).collections).toEqual([]);
    await expect(on.library.renameCollection({ id: inner, name: 'x' }, context)).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
    await on.history.undo();
    expect((await tree()).sort()).toEqual(['Other 1', 'Outer 1', 'Outer/Inner 1']);
    expect((await on.get(ids[1]!)).collections).toEqual([outer]);
  });

  it('have each a name of its own in its place', async () => {
    const liver = await create('Liver');
    const bile = await create('Bile', liver);
    const other = await create('Bile');
    const taken = { problem: { code: 'conflict', detail: 'name-taken', entry: liver } };
    for (const name of ['Liver', ' liver ', 'LIVER']) await expect(create(name)).rejects.toMatchObject(taken);
    await expect(on.library.renameCollection({ id: other, name: 'liver' }, context)).rejects.toMatchObject(
      taken,
    );
    await expect(on.library.moveCollection({ id: other, parent: liver }, context)).rejects.toMatchObject({
      problem: { detail: 'name-taken', entry: bile },
    });
    expect((await tree()).sort()).toEqual(['Bile 0', 'Liver 0', 'Liver/Bile 0']);
    await on.library.moveCollection({ id: other, before: liver }, context);
    await on.library.renameCollection({ id: liver, name: 'LIVER' }, context);
    await create('Liver', liver);
    expect((await tree()).sort()).toEqual(['Bile 0', 'LIVER 0', 'LIVER/Bile 0', 'LIVER/Liver 0']);
  });

  it('survive a cycle in a file', async () => {
    const a = CollectionId.parse('a');
    const b = CollectionId.parse('b');
    await on.temp.store.write({
      label: 'x',
      capture: 'never',
      writes: [
        { table: 'collections', id: a, value: { id: a, name: 'a', parent: b, order: 'a0' } },
        { table: 'collections', id: b, value: { id: b, name: 'b', parent: a, order: 'a1' } },
      ],
    });
    await on.add({ title: 'x', collections: [a] });
    expect(await tree()).toEqual(['b/a 1', 'a/b 1']);
    expect(await titles({ collection: b })).toEqual(['x']);
    await on.library.deleteCollection({ id: a }, context);
    expect(await tree()).toEqual([]);
  });

  it.each([[''], ['x'.repeat(101)]])('refuse the name %j', async (name) => {
    await expect(create(name)).rejects.toMatchObject({ problem: { code: 'bad-request' } });
  });
});
