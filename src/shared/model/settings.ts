import * as z from 'zod/mini';

/** What the reader chose. Kept in the library, so that it moves with it. */
export const Settings = z.object({
  language: z.enum(['system', 'en', 'zh-CN']),
  theme: z.enum(['system', 'light', 'sepia', 'dark']),
  font: z.enum(['serif', 'sans']),
  /** CSS pixels. */
  fontSize: z.int().check(z.minimum(12), z.maximum(32)),
  lineHeight: z.number().check(z.minimum(1.2), z.maximum(2.2)),
  /** Characters in a line (CSS `ch`). */
  measure: z.int().check(z.minimum(45), z.maximum(100)),
  /** Backups are kept outside the library too; they are unless this is `false`. */
  secondCopy: z.optional(z.boolean()),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  font: 'serif',
  fontSize: 18,
  lineHeight: 1.6,
  measure: 68,
};
