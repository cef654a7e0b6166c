import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { err, ok, type Result } from '#shared/lib/result';

/** The schema that this version writes, and the newest that it reads. */
export const SCHEMA = 1;

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
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'newer'; readonly schema: number };

const Header = z.looseObject({
  format: z.literal('hepatica'),
  schema: z.int().check(z.minimum(1)),
  generation: z.int().check(z.minimum(0)),
  writer: z.string(),
  seq: z.int().check(z.minimum(0)),
  checksum: z.string(),
});

/** The payload is the last member, so that its checksum is one over the bytes as they lie, without parsing. */
const PAYLOAD = ',"payload":';

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** `payload` is JSON already. */
export const seal = (envelope: Envelope, payload: string): Buffer => {
  const { schema, generation, writer, seq, extra } = envelope;
  const header = { ...extra, format: 'hepatica', schema, generation, writer, seq, checksum: sha256(payload) };
  return Buffer.from(`${JSON.stringify(header).slice(0, -1)}${PAYLOAD}${payload}}\n`);
};

const damaged = (reason: string): Result<never, EnvelopeFailure> => err({ kind: 'damaged', reason });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // what did not parse fails the schema that the caller checks next
  }
};

interface Head {
  readonly envelope: Envelope;
  readonly checksum: string;
  readonly payload: Buffer;
}

/** Reads what stands before the payload, without looking at the payload itself. */
export const readHead = (bytes: Buffer): Result<Head, EnvelopeFailure> => {
  if (bytes.length === 0) return damaged('the file is empty');
  const at = bytes.indexOf(PAYLOAD);
  if (at < 0) return damaged('the file is not one of this library');
  const header = Header.safeParse(parseJson(`${bytes.toString('utf8', 0, at)}}`));
  if (!header.success) return damaged('the head of the file cannot be read');
  const { format: _format, schema, generation, writer, seq, checksum, ...extra } = header.data;
  if (schema > SCHEMA) return err({ kind: 'newer', schema });
  const payload = bytes.subarray(at + PAYLOAD.length, Math.max(at + PAYLOAD.length, bytes.lastIndexOf('}')));
  return ok({ envelope: { schema, generation, writer, seq, extra }, checksum, payload });
};

/** Checks format, schema and checksum, in this order: a newer file is told from a damaged one. */
export const unseal = (bytes: Buffer): Result<{ envelope: Envelope; payload: unknown }, EnvelopeFailure> => {
  const head = readHead(bytes);
  if (!head.ok) return head;
  const { envelope, checksum, payload } = head.value;
  if (sha256(payload) !== checksum)
    return damaged('the checksum does not match: the file was cut short or changed');
  return ok({ envelope, payload: parseJson(payload.toString('utf8')) });
};
