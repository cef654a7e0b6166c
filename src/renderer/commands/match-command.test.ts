import { describe, expect, it } from 'vitest';
import { matchLabel, matchLabels } from './match-command';

const items = ['Simple', 'Move to Library', 'Dark theme', '深色主题'].map((label) => ({ label }));
const found = (typed: string) => matchLabels(items, typed).map(({ label }) => label);

describe('matchLabels', () => {
  it.each([
    ['', ['Simple', 'Move to Library', 'Dark theme', '深色主题']],
    ['  ', ['Simple', 'Move to Library', 'Dark theme', '深色主题']],
    ['ml', ['Move to Library', 'Simple']],
    ['DARK', ['Dark theme']],
    ['dark th', ['Dark theme']],
    ['主题', ['深色主题']],
    ['mm', []],
    ['zz', []],
  ])('%j', (typed, labels) => expect(found(typed)).toEqual(labels));
});

it('finds an item by its English name too, as well as by its label', () => {
  const chinese = [
    { label: '撤销', alias: 'Undo' },
    { label: '设置…', alias: 'Settings…' },
  ];
  const labels = (typed: string) => matchLabels(chinese, typed).map(({ label }) => label);
  expect(['undo', 'sett', '撤', 'x'].map(labels)).toEqual([['撤销'], ['设置…'], ['撤销'], []]);
});

describe('matchLabel', () => {
  it.each([
    ['letters that follow each other', 'Undo', 'un', 'Run on', 'rn'],
    ['the beginning of a word', 'Go to Trash', 'tr', 'Extra', 'ta'],
    ['the shorter label', 'Redo', 'redo', 'Redo all', 'redo'],
  ])('prefers %s', (_name, better, typed, worse, typedWorse) =>
    expect(matchLabel(better, typed)).toBeGreaterThan(matchLabel(worse, typedWorse) ?? 0),
  );

  it('wants the letters in their order', () => expect(matchLabel('Undo', 'nu')).toBeUndefined());
});
