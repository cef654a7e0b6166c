import { describe, expect, it } from 'vitest';
import { err, ok, type Result } from './result';

const parse = (text: string): Result<number, string> =>
  /^\d+$/.test(text) ? ok(Number(text)) : err(`no number: ${text}`);

describe('Result', () => {
  it.each([
    ['12', { ok: true, value: 12 }],
    ['0', { ok: true, value: 0 }],
    ['x', { ok: false, error: 'no number: x' }],
  ])('%s', (text, result) => expect(parse(text)).toEqual(result));
});
