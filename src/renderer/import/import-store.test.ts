import { beforeEach, describe, expect, it } from 'vitest';
import type { ImportPreview } from '#shared/contract/import';
import type { Bibliographic } from '#shared/model/article';
import { ArticleId } from '#shared/model/ids';
import {
  addEntry,
  addFailure,
  addToReading,
  choose,
  clearFailures,
  countRead,
  editedFields,
  editText,
  endReading,
  isEdited,
  isValid,
  removeEntries,
  reset,
  show,
  showSaving,
  useImport,
} from './import-store';

const fields: Bibliographic = {
  title: 'Homing of stem cells',
  author: [{ family: 'LIU', given: 'Yuxin' }],
  sections: [],
  abstractCutOff: false,
  keyword: [],
  publicationTypes: [],
  otherIds: [],
};

const preview = (previewId: string, stub?: boolean): ImportPreview =>
  ({
    previewId,
    draft: { fields, lines: [], related: [] },
    sourceLines: [],
    hiddenLines: 0,
    encoding: 'utf-8',
    encodingDoubts: [],
    ...(stub === undefined ? {} : { duplicate: { row: {}, by: 'DOI', stub } }),
  }) as unknown as ImportPreview;

const state = () => useImport.getState();
const ids = () => state().entries.map((entry) => entry.preview.previewId);
const entry = (at: number) => {
  const found = state().entries[at];
  if (found === undefined) throw new Error(`there is no entry ${at}`);
  return found;
};

beforeEach(() => {
  endReading();
  reset();
});

describe('an entry', () => {
  it.each([
    [undefined, 'keep'],
    [false, 'keep'],
    [true, 'update-missing'],
  ])('that matches an article (a stub: %s) begins with %s', (stub, choice) => {
    addEntry(preview('a', stub));
    expect(entry(0).choice).toBe(choice);
    choose('a', 'keep-both');
    expect(entry(0).choice).toBe('keep-both');
  });

  it('knows whether it was changed, and back, and whether it can be saved', () => {
    addEntry(preview('a'));
    addEntry(preview('b'));
    expect([isEdited(entry(0)), isValid(entry(0))]).toEqual([false, true]);
    editText('a', 'title', 'Other');
    expect([isEdited(entry(0)), isEdited(entry(1))]).toEqual([true, false]);
    expect(editedFields(entry(0)).title).toBe('Other');
    editText('a', 'title', '  ');
    expect(isValid(entry(0))).toBe(false);
    editText('a', 'title', fields.title);
    expect([isEdited(entry(0)), isValid(entry(0))]).toEqual([false, true]);
    expect(editedFields(entry(0))).toEqual(fields);
  });
});

describe('the list', () => {
  const cases: [current: number, gone: string[], left: string[], shown: string | undefined][] = [
    [0, ['a'], ['b', 'c', 'd'], 'b'],
    [1, ['a'], ['b', 'c', 'd'], 'b'],
    [3, ['d'], ['a', 'b', 'c'], 'c'],
    [2, ['a', 'b', 'c'], ['d'], 'd'],
    [2, ['x'], ['a', 'b', 'c', 'd'], 'c'],
    [1, ['a', 'b', 'c', 'd'], [], undefined],
  ];
  it.each(cases)('on place %i, without %j, shows what comes after', (current, gone, left, shown) => {
    for (const id of ['a', 'b', 'c', 'd']) addEntry(preview(id));
    show(current);
    removeEntries(gone);
    expect(ids()).toEqual(left);
    expect(ids()[state().current]).toBe(shown);
  });

  it.each([
    [-1, 0],
    [1, 1],
    [9, 1],
  ])('asked for place %i shows %i', (asked, shown) => {
    addEntry(preview('a'));
    addEntry(preview('b'));
    show(asked);
    expect(state().current).toBe(shown);
  });

  it('counts what was saved until it is emptied', () => {
    addEntry(preview('a'));
    addEntry(preview('b'));
    removeEntries(['a'], ArticleId.parse('one'));
    removeEntries(['b']);
    expect(state().saved).toEqual(['one']);
    reset();
    expect(state().saved).toEqual([]);
  });
});

it('keeps failures with their files until they are cleared', () => {
  addFailure({ code: 'empty-input', message: 'x' }, 'a.txt');
  addFailure({ code: 'empty-input', message: 'x' }, undefined);
  expect(state().failures.map(({ fileName }) => fileName)).toEqual(['a.txt', undefined]);
  expect(new Set(state().failures.map(({ id }) => id)).size).toBe(2);
  clearFailures();
  expect(state().failures).toEqual([]);
});

it('counts what is being read over several askings, also while the list is emptied', () => {
  countRead(1);
  expect(state().reading).toBeUndefined();
  addToReading(3);
  countRead(1);
  addToReading(2);
  reset();
  expect(state().reading).toEqual({ done: 1, total: 5 });
  showSaving({ done: 1, total: 2 });
  endReading();
  expect([state().reading, state().saving]).toEqual([undefined, { done: 1, total: 2 }]);
});
