import { describe, expect, it } from 'vitest';
import { readHead, SCHEMA, seal, unseal } from './envelope';

const envelope = { schema: SCHEMA, generation: 3, writer: 'w1', seq: 42, extra: { later: { x: 1 } } };
const payload = JSON.stringify({ articles: [{ id: 'a', title: '肝硬化 "quoted" \\ }' }], libraryId: 'l' });
const bytes = seal(envelope, payload);

describe('seal and unseal', () => {
  it('give back what was put in, members of later versions among them', () => {
    expect(unseal(bytes)).toEqual({ ok: true, value: { envelope, payload: JSON.parse(payload) } });
    expect(JSON.parse(bytes.toString('utf8'))).toMatchObject({ format: 'hepatica', generation: 3 });
  });

  it('do not let a kept member replace one of their own', () => {
    const sealed = seal({ ...envelope, extra: { generation: 99, format: 'other' } }, payload);
    expect(readHead(sealed)).toMatchObject({ ok: true, value: { generation: 3 } });
  });

  it('notice a cut at every byte', () => {
    for (let length = 0; length < bytes.length; length++)
      expect(unseal(bytes.subarray(0, length)), `cut at ${length}`).toMatchObject({ ok: false });
  });

  it('notice every changed bit', () => {
    for (let at = 0; at < bytes.length * 8; at++) {
      const changed = Buffer.from(bytes);
      changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7));
      expect(unseal(changed), `bit ${at}`).toMatchObject({ ok: false });
    }
  });

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['zero', '0'],
    ['an empty string', '""'],
    ['an empty object', '{}'],
    ['an empty list', '[]'],
    ['NULs', '\0'.repeat(500)],
    ['other JSON', '{"name":"hepatica","version":"1"}'],
    ['a byte order mark', `\uFEFF${bytes.toString('utf8')}`],
    ['twice', bytes.toString('utf8').repeat(2)],
    ['something after the end', `${bytes.toString('utf8')}\0\0`],
    ['conflict markers', `<<<<<<< ours\n${bytes.toString('utf8')}>>>>>>> theirs\n`],
    ['deep nesting', '['.repeat(200_000)],
  ])('refuse %s as damaged', (_name, text) => {
    expect(unseal(Buffer.from(text))).toMatchObject({ ok: false, error: { kind: 'damaged' } });
  });

  it.each([
    ['of the same form', seal({ ...envelope, schema: SCHEMA + 1 }, payload).toString('utf8')],
    ['of another form', '{"format":"hepatica","schema":11,"body":[1,2,3]}'],
    ['of another order', `{"payload":{},"schema":${SCHEMA + 1},"format":"hepatica"}`],
    [
      'damaged as well',
      `${seal({ ...envelope, schema: SCHEMA + 1 }, payload)
        .toString('utf8')
        .slice(0, -9)}}\n`,
    ],
  ])('tell a newer file %s from a damaged one', (_name, text) => {
    expect(unseal(Buffer.from(text))).toMatchObject({ ok: false, error: { kind: 'newer' } });
  });
});
