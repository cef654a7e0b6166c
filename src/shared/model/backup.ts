import * as z from 'zod/mini';

/** Why a backup was taken. */
export const BackupReason = z.enum(['daily', 'asked', 'before-restore', 'before-repair', 'before-migration']);
export type BackupReason = z.infer<typeof BackupReason>;

/** How many records a backup holds. Those in its Trash are counted apart, tombstones not at all. */
export const BackupCounts = z.object({
  articles: z.int(),
  annotations: z.int(),
  collections: z.int(),
  inTrash: z.int(),
});
export type BackupCounts = z.infer<typeof BackupCounts>;
