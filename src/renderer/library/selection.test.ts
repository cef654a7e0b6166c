import { describe, expect, it } from 'vitest';
import {
  clear,
  extendTo,
  focusOn,
  keepTo,
  moveBy,
  noSelection,
  type Selection,
  selectAll,
  selectOnly,
  targetsOf,
  toggle,
} from './selection';

const ids = ['a', 'b', 'c', 'd', 'e'];
const seen = ({ focus, selected }: Selection<string>) => [focus, [...selected].join('')];

describe('selection', () => {
  const cases: readonly (readonly [
    name: string,
    made: Selection<string>,
    focus: string,
    selected: string,
  ])[] = [
    ['arrows move without selecting', focusOn(noSelection(), 'b'), 'b', ''],
    ['arrows keep what is selected', focusOn(selectOnly('a'), 'c'), 'c', 'a'],
    ['a click selects one alone', selectOnly('d'), 'd', 'd'],
    ['toggling adds', toggle(selectOnly('a'), 'c'), 'c', 'ac'],
    ['toggling takes away', toggle(selectOnly('a'), 'a'), 'a', ''],
    ['a range goes down', extendTo(selectOnly('b'), ids, 'd'), 'd', 'bcd'],
    ['a range goes up', extendTo(selectOnly('d'), ids, 'b'), 'b', 'bcd'],
    ['a range begins at the keyboard', extendTo(focusOn(noSelection(), 'c'), ids, 'd'), 'd', 'cd'],
    ['a range without a beginning is one', extendTo(noSelection(), ids, 'c'), 'c', 'c'],
    ['a range turns round', extendTo(extendTo(selectOnly('c'), ids, 'e'), ids, 'a'), 'a', 'abc'],
    ['a range from what was toggled', extendTo(toggle(selectOnly('a'), 'c'), ids, 'd'), 'd', 'cd'],
    ['all keep the keyboard', selectAll(focusOn(noSelection(), 'b'), ids), 'b', 'abcde'],
    ['clearing keeps the keyboard', clear(selectAll(selectOnly('b'), ids)), 'b', ''],
  ];
  it.each(cases)('%s', (_name, made, focus, selected) => expect(seen(made)).toEqual([focus, selected]));

  it('does not change what it was given', () => {
    const before = selectOnly('a');
    toggle(before, 'b');
    extendTo(before, ids, 'c');
    expect(seen(before)).toEqual(['a', 'a']);
  });

  it('ranges only over what is still in the list', () => {
    expect(seen(extendTo(selectOnly('gone'), ids, 'b'))[1]).not.toContain('gone');
  });
});

describe('keepTo', () => {
  it.each([
    [
      'the row with the keyboard went: to the next',
      focusOn(noSelection<string>(), 'c'),
      ['a', 'b', 'd'],
      'd',
      '',
    ],
    ['and the next ones too', focusOn(noSelection<string>(), 'b'), ['a', 'e'], 'e', ''],
    ['the last row went: to the one before', focusOn(noSelection<string>(), 'e'), ['a', 'c'], 'c', ''],
    ['all went', selectOnly('b'), [], undefined, ''],
    ['another went', focusOn(noSelection<string>(), 'b'), ['b', 'c'], 'b', ''],
    ['what was selected went', toggle(selectOnly('a'), 'c'), ['a', 'd'], 'd', 'a'],
    ['the order changed', selectOnly('b'), ['e', 'b', 'a'], 'b', 'b'],
    ['nothing had the keyboard', noSelection<string>(), ['a'], undefined, ''],
  ])('%s', (_name, before, after, focus, selected) =>
    expect(seen(keepTo(before, ids, after))).toEqual([focus, selected]),
  );

  it('lets a command act on the row with the keyboard once the selected ones are gone', () => {
    const kept = keepTo(toggle(selectOnly('b'), 'c'), ids, ['a', 'd', 'e']);
    expect(targetsOf(kept, ['a', 'd', 'e'])).toEqual(['d']);
  });
});

describe('targetsOf', () => {
  it.each([
    ['the selected, in the order of the list', toggle(selectOnly('d'), 'b'), ['b', 'd']],
    ['the one with the keyboard', focusOn(noSelection<string>(), 'c'), ['c']],
    ['the selected rather than the one with the keyboard', focusOn(selectOnly('a'), 'c'), ['a']],
    ['nothing', noSelection<string>(), []],
    ['nothing that has left the list', selectOnly('gone'), []],
  ])('%s', (_name, selection, targets) => expect(targetsOf(selection, ids)).toEqual(targets));
});

describe('moveBy', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', -1, 0],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 5, 4],
    ['ArrowUp', 0, 0],
    ['PageDown', 1, 5],
    ['PageDown', 8, 9],
    ['PageUp', 8, 4],
    ['PageUp', 2, 0],
    ['Home', 7, 0],
    ['End', 2, 9],
    ['a', 2, undefined],
    ['ArrowRight', 2, undefined],
  ])('%s from %i', (key, index, target) => expect(moveBy(key, index, 10, 4)).toBe(target));

  it('moves nowhere in an empty list', () => expect(moveBy('End', -1, 0, 4)).toBeUndefined());
});
