import { describe, expect, it } from 'vitest';
import { type Cause, partsOf } from './cause';

const causes: [Cause | '' | 'EWEIRD: no such thing', ReturnType<typeof partsOf>][] = [
  ['disk-full', { code: 'disk-full', detail: '' }],
  ['bad-lines: 3, 4', { code: 'bad-lines', detail: '3, 4' }],
  ['bad-record: a1: title: expected string', { code: 'bad-record', detail: 'a1: title: expected string' }],
  ['failed: EXDEV: cross-device link', { code: 'failed', detail: 'EXDEV: cross-device link' }],
  ['EWEIRD: no such thing', { code: 'failed', detail: 'EWEIRD: no such thing' }],
  ['', { code: 'failed', detail: '' }],
];

describe('partsOf', () => {
  it.each(causes)('%j', (cause, parts) => expect(partsOf(cause)).toEqual(parts));
});
