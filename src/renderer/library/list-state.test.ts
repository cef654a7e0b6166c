import { beforeEach, describe, expect, it } from 'vitest';
import { CollectionId } from '#shared/model/ids';
import type { View } from '../app/navigation';
import { queryFor, sortBy, turnSort, useListState } from './list-state';

const state = () => useListState.getState();
beforeEach(() => useListState.setState(useListState.getInitialState()));

describe('the order of the list', () => {
  it('begins with what was added last', () => expect(state()).toEqual({ sort: 'added', descending: true }));

  it.each([
    ['added', true],
    ['year', true],
    ['title', false],
    ['journal', false],
    ['status', false],
    ['priority', false],
  ] as const)('by %s', (sort, descending) => {
    sortBy(sort);
    expect(state()).toEqual({ sort, descending });
    turnSort();
    expect(state()).toEqual({ sort, descending: !descending });
  });
});

describe('queryFor', () => {
  const sorted = { sort: 'title', descending: false } as const;
  const collection = CollectionId.parse('c1');
  const cases: readonly (readonly [View, object])[] = [
    [{ name: 'library', query: {} }, { scope: 'library' }],
    [
      { name: 'library', query: { status: 'read', tag: 'x', collection } },
      { scope: 'library', status: 'read', tag: 'x', collection },
    ],
    [{ name: 'trash' }, { scope: 'trash' }],
  ];
  it.each(cases)('%j', (view, query) => expect(queryFor(view, sorted)).toEqual({ ...query, ...sorted }));
});
