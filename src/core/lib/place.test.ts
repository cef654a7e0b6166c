import { describe, expect, it } from 'vitest';
import { byPlace, type Placed, placeBefore, placesAtEnd } from './place';

const list = (...orders: string[]): Placed<string>[] =>
  orders.map((order, index) => ({ id: `i${index}`, order }));

const apply = (items: readonly Placed<string>[], changed: ReadonlyMap<string, string>): string[] =>
  [...new Map([...items.map((item) => [item.id, item.order] as const), ...changed])]
    .map(([id, order]) => ({ id, order }))
    .sort(byPlace)
    .map((item) => item.id);

describe('placesAtEnd', () => {
  it.each([
    ['an empty list', []],
    ['an unsorted list', list('a3', 'a1')],
    ['keys that are none', list('a1', '???')],
  ])('stands after all of %s, in order', (_name, items) => {
    const keys = placesAtEnd(items, 3);
    const all = [...items.map((item) => item.order), ...keys];
    expect(keys).toEqual([...keys].sort());
    for (const key of keys) expect(items.every((item) => item.order < key)).toBe(true);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('placeBefore', () => {
  const three = list('a0', 'a1', 'a2');
  it.each([
    ['before the first', 'i0', ['x', 'i0', 'i1', 'i2']],
    ['between', 'i2', ['i0', 'i1', 'x', 'i2']],
    ['at the end', undefined, ['i0', 'i1', 'i2', 'x']],
    ['at the end when the other is gone', 'i9', ['i0', 'i1', 'i2', 'x']],
  ])('changes one key %s', (_name, before, expected) => {
    const changed = placeBefore('x', three, before);
    expect([...changed.keys()]).toEqual(['x']);
    expect(apply(three, changed)).toEqual(expected);
  });

  it.each([
    ['the same key twice', list('a1', 'a1', 'a2'), 'i1', ['i0', 'x', 'i1', 'i2']],
    ['a key that is none', list('', 'a1', '~'), 'i2', ['i0', 'i1', 'x', 'i2']],
  ])('gives all new keys where there is %s', (_name, items, before, expected) => {
    const changed = placeBefore('x', items, before);
    expect(changed.size).toBe(4);
    expect(apply(items, changed)).toEqual(expected);
  });

  it('keeps the order through a thousand moves at random', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    const keys = new Map(list('a0', 'a1', 'a2', 'a3', 'a4', 'a5').map((item) => [item.id, item.order]));
    const model = [...keys.keys()];
    for (let move = 0; move < 1000; move += 1) {
      const [id] = model.splice(random(model.length), 1) as [string];
      const at = random(model.length + 1);
      const others = model.map((each) => ({ id: each, order: keys.get(each)! }));
      for (const [each, key] of placeBefore(id, others, model[at])) keys.set(each, key);
      model.splice(at, 0, id);
    }
    expect(
      [...keys]
        .map(([id, order]) => ({ id, order }))
        .sort(byPlace)
        .map(({ id }) => id),
    ).toEqual(model);
  });
});
