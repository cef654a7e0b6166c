import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ProblemError } from '../model/problem';
import { ClientMessage, complaint, decode, encode, idOf, isLargerThan } from './wire';

describe('isLargerThan', () => {
  const texts = ['', 'a', 'é', '肝', '😀', 'a肝😀é', '肝'.repeat(40), 'é'.repeat(60), 'a'.repeat(120)];
  it.each(texts)('agrees with the byte count of %j', (text) => {
    const bytes = Buffer.byteLength(text);
    for (const limit of [0, 1, bytes - 1, bytes, bytes + 1, 119, 120, 121]) {
      expect(isLargerThan(text, limit)).toBe(bytes > limit);
    }
  });
});

describe('encode and decode', () => {
  it('come back the same, with the id first', () => {
    const text = encode({ type: 'call', id: 12, method: 'a.b', input: { x: 1 } }, 1000);
    expect(text.startsWith('{"id":12,')).toBe(true);
    expect(idOf(text)).toBe(12);
    expect(decode(ClientMessage, text)).toEqual({ type: 'call', id: 12, method: 'a.b', input: { x: 1 } });
  });

  it('refuses to build a message that is too large', () => {
    const build = () => encode({ type: 'call', id: 1, method: 'a.b', input: 'x'.repeat(100) }, 100);
    expect(build).toThrow(ProblemError);
  });

  it.each([
    '{"id":1',
    '{"id":-1,"type":"call"}',
    ' {"id":1,',
    '{"type":"call","id":1}',
    '{"id":1e3,',
    '{"id":9999999999999999,',
    '',
  ])('reads no id out of %j', (text) => expect(idOf(text)).toBeUndefined());

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"id":1.5,"type":"cancel"}',
    '{"id":1,"type":"done"}',
    '{"id":1,"type":"call"}',
  ])('finds no message in %j', (text) => expect(decode(ClientMessage, text)).toBeUndefined());
});

describe('complaint', () => {
  it('names the place', () => {
    const parsed = z.safeParse(z.object({ a: z.array(z.int()) }), { a: [1, 'x'] });
    expect(complaint(parsed.error!).detail).toBe('a.1');
    expect(complaint(z.safeParse(z.string(), 1).error!).message).toMatch(/^the value: /);
  });
});
