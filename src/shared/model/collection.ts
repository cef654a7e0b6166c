import * as z from 'zod/mini';
import { CollectionId } from './ids';

/** A folder of articles. An article may lie in several; `parent` nests them. */
export const Collection = z.object({
  id: CollectionId,
  name: z.string(),
  parent: z.optional(CollectionId),
  /** Place among its siblings: a fractional key. */
  order: z.string(),
});
export type Collection = z.infer<typeof Collection>;
