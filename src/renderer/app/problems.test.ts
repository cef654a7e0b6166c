import { describe, expect, it } from 'vitest';
import type { LibraryFailure } from '#shared/contract/app';
import { createTranslator } from '#shared/messages/translator';
import { ErrorCode, type Problem } from '#shared/model/problem';
import { failureValues, wordProblem } from './problems';

const words = { en: createTranslator('en'), 'zh-CN': createTranslator('zh-CN') };

const problems: [Problem, en: RegExp, zh: RegExp][] = [
  [
    { code: 'not-saved', message: 'not saved: disk-full', detail: 'disk-full' },
    /^Not saved yet: the disk is full\. /,
    /^尚未保存：磁盘已满。/,
  ],
  [
    { code: 'not-saved', message: 'x', detail: 'failed: EWEIRD: strange' },
    /EWEIRD: strange/,
    /EWEIRD: strange/,
  ],
  [{ code: 'empty-input', message: 'x', file: 'a.txt' }, /a\.txt/, /a\.txt/],
  [{ code: 'empty-input', message: 'x' }, /clipboard/i, /剪贴板/],
];

describe('wordProblem', () => {
  it.each(problems)('%j in both languages', (problem, en, zh) => {
    expect(wordProblem(words.en, problem)).toMatch(en);
    expect(wordProblem(words['zh-CN'], problem)).toMatch(zh);
  });

  it.each(ErrorCode.options)('has words of its own for %s, and in Chinese others', (code) => {
    const [en, zh] = [words.en, words['zh-CN']].map((t) => wordProblem(t, { code, message: 'inner words' }));
    expect(en).not.toBe(`problems.${code}`);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\{\{|undefined/);
  });
});

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

describe('failureValues', () => {
  it.each(failures)('%j says all there is to say', (failure, text) => {
    const worded = words.en(`status.${failure.reason}Why`, failureValues(words.en, 'en', failure));
    expect(worded).toMatch(text);
    expect(worded).not.toContain('{{');
  });
});
