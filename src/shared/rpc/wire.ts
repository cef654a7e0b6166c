import * as z from 'zod/mini';
import { Problem, problem } from '../model/problem';
import type { Schema } from './contract';

/** Bytes of UTF-8 that one message may have. Large content goes by HTTP or by the app protocol instead. */
export const MAX_MESSAGE_BYTES = 1_000_000;

const id = z.int().check(z.minimum(0));

/** `method` is `service.name`. A subscription to an event is a call that never ends, until it is cancelled. */
export const ClientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id, method: z.string(), input: z.optional(z.unknown()) }),
  z.object({ type: z.literal('cancel'), id }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** `next` carries progress or an event's payload; `done` and `failed` are the one answer to a call. */
export const ServerMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('next'), id, value: z.optional(z.unknown()) }),
  z.object({ type: z.literal('done'), id, value: z.optional(z.unknown()) }),
  z.object({ type: z.literal('failed'), id, problem: Problem }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;

/** Whether a text takes more than `limit` bytes in UTF-8; counts only when its length does not say. */
export const isLargerThan = (text: string, limit: number): boolean => {
  if (text.length > limit) return true;
  if (text.length * 3 <= limit) return false;
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // Either half of a surrogate pair counts two of the pair's four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes > limit;
};

/** A message that may be sent, or the problem `too-large`. */
export const encode = (message: ClientMessage | ServerMessage, limit: number): string => {
  const { type, id, ...rest } = message;
  // The id comes first, so that it can still be read from a message that is too large to parse.
  const text = JSON.stringify({ id, type, ...rest });
  if (isLargerThan(text, limit)) throw problem('too-large', `a message is limited to ${limit} bytes`);
  return text;
};

/** The id of a message that cannot or shall not be parsed, where it stands in its place. */
export const idOf = (text: string): number | undefined => {
  const digits = /^\{"id":(\d{1,15})[,}]/.exec(text.slice(0, 32))?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** The message in a text, or undefined when there is none: what a peer sends is never a reason to throw. */
export const decode = <S extends Schema>(schema: S, text: string): z.core.output<S> | undefined => {
  try {
    return z.safeParse(schema, JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** What is wrong with a value, and where: the first complaint of its schema. */
export const complaint = (error: z.core.$ZodError): { message: string; detail: string } => {
  const [issue] = error.issues;
  const detail = issue?.path.map(String).join('.') ?? '';
  return { message: `${detail === '' ? 'the value' : detail}: ${issue?.message ?? 'invalid'}`, detail };
};
