import { describe, expect, it } from 'vitest';
import type { LibraryFailure } from '../contract/app';
import { createTranslator } from './translator';
import { wordFailure } from './word-failure';

const en = createTranslator('en');

const failures: [LibraryFailure, RegExp][] = [
  [{ reason: 'missing', path: '/a' }, /folder \/a cannot be found/],
  [{ reason: 'not-writable', path: '/a', cause: 'no-permission' }, /\/a: access was denied/],
  [
    { reason: 'unreadable', path: '/a', file: 'library.json', cause: 'bad-checksum' },
    /library\.json in \/a: the checksum does not match/,
  ],
  [
    { reason: 'newer', path: '/a', file: 'articles/00.json', schema: 3, known: 1 },
    /articles\/00\.json in \/a has format 3; this version reads formats up to 1/,
  ],
  [
    {
      reason: 'locked',
      path: '/a',
      owner: { pid: 7, host: 'ward', sameMachine: false, since: '2026-03-04T05:06:07.000Z' },
    },
    /process 7 on ward\) has had \/a open since .*2026/,
  ],
];

describe('wordFailure', () => {
  it.each(failures)('%j says all there is to say', (failure, text) => {
    const worded = wordFailure(en, 'en', failure);
    expect(worded).toMatch(text);
    expect(worded).not.toContain('{{');
  });
});
