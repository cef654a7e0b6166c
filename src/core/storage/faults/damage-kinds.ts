import { SCHEMA, seal } from '../envelope';

/** A file of the library with a right checksum around whatever payload is given. */
const sealed = (payload: string, writer = 'someone'): Buffer =>
  seal({ schema: SCHEMA, generation: 9, writer, seq: 1, extra: {} }, payload);

const record = (more: string): string => `{"id":"strange","version":{},"value":{"id":"strange",${more}}}`;

const DEEP = 200_000;
const nested = (open: string, close: string): string => open.repeat(DEEP) + close.repeat(DEEP);

const text = (value: string): Buffer => Buffer.from(value);

/** What no reader of JSON should take for the file: not what was written, or not JSON at all. */
const raw = (whole: Buffer): Readonly<Record<string, Buffer>> => ({
  empty: text(''),
  spaces: text('   \n\t '),
  null: text('null'),
  false: text('false'),
  zero: text('0'),
  'empty string': text('""'),
  'empty list': text('[]'),
  'empty object': text('{}'),
  'a string': text('"articles"'),
  'a number': text('12e7'),
  'all NUL bytes': Buffer.alloc(whole.length + 1),
  'NUL bytes at the end': Buffer.concat([whole.subarray(0, -20), Buffer.alloc(20)]),
  'cut in half': whole.subarray(0, whole.length >> 1),
  'cut by a byte': whole.subarray(0, -1),
  doubled: Buffer.concat([whole, whole]),
  'rubbish after it': Buffer.concat([whole, text('x')]),
  'a BOM before it': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), whole]),
  'UTF-16': Buffer.from(`\ufeff${whole.toString('utf8')}`, 'utf16le'),
  'bad UTF-8': Buffer.concat([whole.subarray(0, 12), Buffer.from([0xff, 0xc3, 0x28]), whole.subarray(12)]),
  'a lone surrogate': text('{"format":"hepatica","x":"\\ud800"}'),
  NaN: text('{"schema":NaN}'),
  'big numbers': text(`{"schema":${'9'.repeat(400)}}`),
  'lists in lists': text(nested('[', ']')),
  'objects in objects': text(`${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`),
  'duplicate keys': text('{"format":"hepatica","schema":1,"schema":1}'),
  'a key __proto__': text('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  'conflict markers': Buffer.concat([text('<<<<<<< ours\n'), whole, text('=======\n>>>>>>> theirs\n')]),
  'JSON of another program': text('{"name":"x","version":"1.0.0","articles":[]}'),
  'line ends of Windows': text(whole.toString('utf8').replaceAll('\n', '\r\n')),
  'written in place, half': Buffer.concat([
    whole.subarray(0, whole.length >> 1),
    Buffer.alloc(whole.length >> 1, 'x'),
  ]),
  HTML: text('<!doctype html><title>Sign in</title>'),
  'a zip': Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0]),
});

/** What has a right checksum, and yet not what this version writes: another program's work, or ill will. */
const wellSealed = (table: string): Readonly<Record<string, Buffer>> => ({
  'sealed null': sealed('null'),
  'sealed list': sealed('[1]'),
  'sealed text': sealed('"x"'),
  'sealed, not JSON': sealed('{"a":'),
  'sealed, records that are an object': sealed(`{"${table}":{}}`),
  'sealed, a record that is null': sealed(`{"${table}":[null]}`),
  'sealed, a record that is a list': sealed(`{"${table}":[[1]]}`),
  'sealed, a record of wrong types': sealed(`{"${table}":[${record('"title":9,"author":"x"')}]}`),
  'sealed, a record without an id': sealed(`{"${table}":[{"version":{},"value":null}]}`),
  'sealed, a version that is no number': sealed(`{"${table}":[{"id":"x","version":{"w":"1"},"value":null}]}`),
  'sealed, a key __proto__': sealed(`{"${table}":[{"id":"x","__proto__":{"version":{},"value":null}}]}`),
  'sealed, lists in lists': sealed(`{"${table}":[${nested('[', ']')}]}`),
  'sealed, lists in lists in a record': sealed(`{"${table}":[${record(`"x":${nested('[', ']')}`)}]}`),
});

/** Ways in which a file may be damaged, by name. `table` is what it should hold. */
export const damageKinds = (whole: Buffer, table: string): readonly (readonly [string, Buffer])[] =>
  Object.entries({ ...raw(whole), ...wellSealed(table) });
