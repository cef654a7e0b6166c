import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { err, ok, type Result } from '#shared/lib/result';
import type { Cause } from '#shared/model/cause';
import { CURRENT } from './migrations/current';

/** The schema that this version writes, and the newest that it reads. */
export const SCHEMA = CURRENT.schema;

/** What stands around the payload of every file of the library. */
export interface Envelope {
  readonly schema: number;
  /** How often this file has been written: a file that changed underneath us has another one. */
  readonly generation: number;
  readonly writer: string;
  /** The last transaction that the payload holds. */
  readonly seq: number;
  /** Members that a later version may have added; kept when the file is written again. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export type EnvelopeFailure =
  | { readonly kind: 'damaged'; readonly reason: Cause }
  | { readonly kind: 'newer'; readonly schema: number };

const Versioned = z.looseObject({
  format: z.literal('hepatica'),
  schema: z.int().check(z.minimum(1)),
});

const Header = z.looseObject({
  format: z.literal('hepatica'),
  schema: z.int().check(z.minimum(1)),
  generation: z.int().check(z.minimum(0)),
  writer: z.string(),
  seq: z.int().check(z.minimum(0)),
});

// A file is `{…header,"checksum":"…","payload":…}`. The checksum is one over the bytes before and after it as
// they lie, so that it is verified without parsing and nothing in the file can change unnoticed.
const BEFORE_SUM = ',"checksum":"';
const SUM_LENGTH = 64;
const AFTER_SUM = '","payload":';
const END = '}\n';

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

const checksumOf = (header: string | Buffer, payload: string | Buffer): string =>
  createHash('sha256').update(header).update(payload).digest('hex');

/** `payload` is JSON already. */
export const seal = (envelope: Envelope, payload: string): Buffer => {
  const { schema, generation, writer, seq, extra } = envelope;
  const known = { format: 'hepatica', schema, generation, writer, seq };
  const header = JSON.stringify({ ...known, ...extra, ...known }).slice(0, -1);
  const checksum = checksumOf(header, payload);
  return Buffer.from(`${header}${BEFORE_SUM}${checksum}${AFTER_SUM}${payload}${END}`);
};

const damaged = (reason: Cause): Result<never, EnvelopeFailure> => err({ kind: 'damaged', reason });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // what did not parse fails the schema that the caller checks next
  }
};

interface Parts {
  readonly header: Buffer;
  readonly checksum: string;
  readonly payload: Buffer;
}

const split = (bytes: Buffer): Parts | undefined => {
  const sumEnd = bytes.indexOf(AFTER_SUM);
  const headerEnd = sumEnd - SUM_LENGTH - BEFORE_SUM.length;
  if (headerEnd < 0) return undefined;
  const checksum = bytes.toString('latin1', sumEnd - SUM_LENGTH, sumEnd);
  const exact =
    bytes.toString('latin1', headerEnd, headerEnd + BEFORE_SUM.length) === BEFORE_SUM &&
    bytes.toString('latin1', bytes.length - END.length) === END;
  if (!exact) return undefined;
  const payload = bytes.subarray(sumEnd + AFTER_SUM.length, bytes.length - END.length);
  return { header: bytes.subarray(0, headerEnd), checksum, payload };
};

/** The schema is asked first, whatever else is wrong: a later version may have laid out its files otherwise. */
const newerSchema = (parts: Parts | undefined, bytes: Buffer, known: number): number | undefined => {
  const text = parts === undefined ? bytes.toString('utf8') : `${parts.header.toString('utf8')}}`;
  const versioned = Versioned.safeParse(parseJson(text));
  return versioned.success && versioned.data.schema > known ? versioned.data.schema : undefined;
};

/** Reads what stands before the payload, without looking at the payload itself. `known` is the newest schema. */
export const readHead = (bytes: Buffer, known: number = SCHEMA): Result<Envelope, EnvelopeFailure> => {
  const parts = split(bytes);
  const newer = newerSchema(parts, bytes, known);
  if (newer !== undefined) return err({ kind: 'newer', schema: newer });
  if (bytes.length === 0) return damaged('empty-file');
  if (parts === undefined) return damaged('cut-short');
  const header = Header.safeParse(parseJson(`${parts.header.toString('utf8')}}`));
  if (!header.success) return damaged('bad-head');
  const { format: _format, schema, generation, writer, seq, ...extra } = header.data;
  return ok({ schema, generation, writer, seq, extra });
};

/** Checks schema, format and checksum, in this order: a newer file is told from a damaged one. */
export const unseal = (
  bytes: Buffer,
  known: number = SCHEMA,
): Result<{ envelope: Envelope; payload: unknown }, EnvelopeFailure> => {
  const head = readHead(bytes, known);
  if (!head.ok) return head;
  const parts = split(bytes);
  if (parts === undefined || checksumOf(parts.header, parts.payload) !== parts.checksum)
    return damaged('bad-checksum');
  return ok({ envelope: head.value, payload: parseJson(parts.payload.toString('utf8')) });
};
