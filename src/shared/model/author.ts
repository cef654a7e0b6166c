import * as z from 'zod/mini';

/** A CSL-JSON name. `literal` is for names that cannot be split, such as a study group. */
export const Author = z.object({
  family: z.optional(z.string()),
  given: z.optional(z.string()),
  literal: z.optional(z.string()),
  affiliation: z.optional(z.array(z.string())),
});
export type Author = z.infer<typeof Author>;
