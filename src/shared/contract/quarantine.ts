import * as z from 'zod/mini';
import { call } from '../rpc/contract';
import { Nothing } from './common';

/** A file that was put away, byte for byte, because it could not be read, or once its content had been taken in. */
export const KeptFile = z.object({
  /** Its name in `quarantine/`. */
  name: z.string(),
  /** The file of the library that it was, as far as its name tells. */
  file: z.string(),
  /** When it was put away; absent where somebody else put it there. */
  time: z.optional(z.string()),
});
export type KeptFile = z.infer<typeof KeptFile>;

/**
 * What a second look at a file gave. `taken`: records of it are in the library now. `known`: it is good, and the
 * library has all of it. `unreadable`, `newer`, `other`: nothing was taken, since it is damaged, of a newer version,
 * or holds no records.
 */
export const SecondLook = z.object({
  state: z.enum(['taken', 'known', 'unreadable', 'newer', 'other']),
  /** How many records were taken. */
  records: z.int(),
});
export type SecondLook = z.infer<typeof SecondLook>;

/** Files that were put away. Their bytes are at `/quarantine/<name>`; nothing here deletes one. */
export const quarantine = {
  /** The latest first. */
  list: call(Nothing, z.array(KeptFile)),
  /** Reads one again and takes in what the library does not know. Undoable. Fails with `not-found`. */
  lookAgain: call(z.object({ name: z.string() }), SecondLook),
} as const;
