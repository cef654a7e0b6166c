import { describe, expect, it } from 'vitest';
import { createTranslator } from '#shared/messages/translator';
import { ErrorCode, type Problem } from '#shared/model/problem';
import { wordProblem } from './problems';

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
