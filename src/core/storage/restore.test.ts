import { describe, expect, it } from 'vitest';
import { defaultSettings } from '#shared/model/settings';
import { sampleArticle } from '../../test/temp-library';
import { restore } from './restore';
import type { Table } from './types';

const article = sampleArticle();
const record = { id: article.id, version: { w: 1 }, value: article };
const without = (...keys: readonly string[]) =>
  Object.fromEntries(Object.entries(article).filter(([key]) => !keys.includes(key)));

describe('restore', () => {
  it('keeps what it does not know, in the record and in its value', () => {
    const raw = {
      ...record,
      later: 1,
      value: { ...article, mood: 'calm', reading: { priority: 2, pace: 9 } },
    };
    expect(restore('articles', raw)).toEqual({ ok: true, value: raw });
  });

  it('fills in missing lists and flags', () => {
    const keys = ['tags', 'author', 'sections', 'abstractCutOff', 'related', 'reading'];
    const restored = restore('articles', { ...record, value: without(...keys) });
    expect(restored).toMatchObject({
      ok: true,
      value: {
        value: {
          tags: [],
          author: [],
          abstractCutOff: false,
          reading: { priority: 2 },
          title: article.title,
        },
      },
    });
  });

  it.each<[string, Table, unknown]>([
    [
      'a tombstone',
      'articles',
      { id: 'a', version: { w: 2 }, deletedAt: '2026-01-01T00:00:00Z', value: null },
    ],
    ['one in the Trash', 'articles', { ...record, deletedAt: '2026-01-01T00:00:00Z' }],
    ['settings with members missing', 'settings', { id: 'settings', version: {}, value: { theme: 'dark' } }],
    ['a collection', 'collections', { id: 'c', version: {}, value: { id: 'c', name: 'Liver', order: 'a0' } }],
  ])('takes %s', (_name, table, raw) => {
    expect(restore(table, raw)).toMatchObject({ ok: true });
  });

  it('gives settings the defaults they lack', () => {
    const restored = restore('settings', { id: 'settings', version: {}, value: { theme: 'dark' } });
    expect(restored).toMatchObject({ ok: true, value: { value: { ...defaultSettings, theme: 'dark' } } });
  });

  it.each<[string, Table, unknown]>([
    ['null', 'articles', null],
    [
      'one with lists in lists that could not be written again',
      'articles',
      { ...record, value: { ...article, later: JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) } },
    ],
    ['a list', 'articles', [1]],
    ['one without an id', 'articles', { ...record, id: undefined }],
    ['one without a version', 'articles', { ...record, version: undefined }],
    ['an empty one that was not deleted', 'articles', { ...record, value: null }],
    ['one under another id', 'articles', { ...record, id: 'other' }],
    ['one without a title', 'articles', { ...record, value: without('title') }],
    ['a title that is a number', 'articles', { ...record, value: { ...article, title: 7 } }],
    ['a list that is null', 'articles', { ...record, value: { ...article, tags: null } }],
    [
      'an unknown status',
      'articles',
      { ...record, value: { ...article, reading: { status: 'x', priority: 1 } } },
    ],
    ['a highlight without a target', 'annotations', { id: 'n', version: {}, value: { id: 'n', note: '' } }],
  ])('refuses %s with a reason', (_name, table, raw) => {
    const restored = restore(table, raw);
    expect(restored.ok).toBe(false);
    expect(restored.ok ? '' : restored.error).not.toBe('');
  });
});
