import * as z from 'zod/mini';

/** Input or output that carries nothing. */
export const Nothing = z.object({});
export type Nothing = z.infer<typeof Nothing>;
export const nothing: Nothing = {};

/** A run of text in which some ranges are marked. `marks` are UTF-16 offsets, ascending, not overlapping. */
export const MarkedText = z.object({ text: z.string(), marks: z.array(z.tuple([z.int(), z.int()])) });
export type MarkedText = z.infer<typeof MarkedText>;
