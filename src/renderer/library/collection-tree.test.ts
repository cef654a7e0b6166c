import { describe, expect, it } from 'vitest';
import { CollectionId } from '#shared/model/ids';
import { linesOf, withNested } from './collection-tree';

const id = (text: string) => CollectionId.parse(text);
const entry = (name: string, order: string, parent?: string) => ({
  collection: { id: id(name), name, order, ...(parent === undefined ? {} : { parent: id(parent) }) },
  count: 0,
});
const entries = [
  entry('steatosis', 'a2', 'metabolic'),
  entry('viral', 'a1'),
  entry('genetics', 'a0', 'steatosis'),
  entry('metabolic', 'a0'),
  entry('alcohol', 'a1', 'metabolic'),
];
const shown = (closed: readonly string[]) =>
  linesOf(entries, new Set(closed.map(id))).map(
    ({ collection, level, hasChildren }) => `${level} ${collection.name}${hasChildren ? ' +' : ''}`,
  );

describe('linesOf', () => {
  const open = ['1 metabolic +', '2 alcohol', '2 steatosis +', '3 genetics', '1 viral'];
  it.each([
    ['all open, in the order of the siblings', [], open],
    ['one closed', ['steatosis'], open.filter((line) => line !== '3 genetics')],
    ['closed with all inside', ['metabolic'], ['1 metabolic +', '1 viral']],
    ['closed without any inside', ['viral'], open],
  ])('%s', (_name, closed, lines) => expect(shown(closed)).toEqual(lines));

  it('is empty without collections', () => expect(linesOf([], new Set())).toEqual([]));
});

describe('withNested', () => {
  it.each([
    ['metabolic', ['alcohol', 'genetics', 'metabolic', 'steatosis']],
    ['steatosis', ['genetics', 'steatosis']],
    ['viral', ['viral']],
  ])('%s', (name, nested) => expect([...withNested(entries, id(name))].sort()).toEqual(nested));

  it('ends on a cycle, which a file edited by hand could hold', () => {
    const cycle = [entry('a', 'a0', 'b'), entry('b', 'a0', 'a')];
    expect([...withNested(cycle, id('a'))]).toEqual(['a', 'b']);
  });
});
