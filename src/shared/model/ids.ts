import * as z from 'zod/mini';
import { ID_PATTERN } from '../lib/ids';

const id = z.string().check(z.regex(ID_PATTERN));

export const ArticleId = id.brand<'ArticleId'>();
export type ArticleId = z.infer<typeof ArticleId>;
export const AnnotationId = id.brand<'AnnotationId'>();
export type AnnotationId = z.infer<typeof AnnotationId>;
export const CollectionId = id.brand<'CollectionId'>();
export type CollectionId = z.infer<typeof CollectionId>;

/** ISO 8601 in UTC, as `Date.prototype.toISOString` writes it. */
export const Timestamp = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/));
/** A calendar day, `YYYY-MM-DD`, in the reader's own time zone. */
export const Day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/));
/** Lower-case hexadecimal SHA-256. */
export const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
