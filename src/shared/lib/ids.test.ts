import { describe, expect, it } from 'vitest';
import { ID_PATTERN, randomId } from './ids';

describe('randomId', () => {
  const ids = Array.from({ length: 20_000 }, randomId);

  it('has 16 characters that are safe in a path and a URL', () =>
    expect(ids.filter((id) => !/^[0-9A-Za-z]{16}$/.test(id) || !ID_PATTERN.test(id))).toEqual([]));

  it('does not come twice', () => expect(new Set(ids).size).toBe(ids.length));

  it('draws every character about as often', () => {
    const counts = new Map<string, number>();
    for (const letter of ids.join('')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    const expected = (ids.length * 16) / 54;
    expect(counts.size).toBe(54);
    // Six standard deviations of a fair draw: about one false alarm in ten million runs.
    const spread = 6 * Math.sqrt(expected);
    expect([...counts.values()].filter((count) => Math.abs(count - expected) > spread)).toEqual([]);
  });
});

describe('ID_PATTERN', () => {
  it.each(['a', '0', 'Zz9', 'a_b-c', 'a'.repeat(64)])('takes %s', (id) => expect(id).toMatch(ID_PATTERN));
  it.each(['', '.', '..', '../a', 'a/b', 'a\\b', 'a.json', '-a', '_a', 'a b', 'a\n', 'é', 'a'.repeat(65)])(
    'refuses %j',
    (id) => expect(id).not.toMatch(ID_PATTERN),
  );
});
