import * as z from 'zod/mini';
import { BackupCounts, BackupReason } from '../model/backup';
import { call, event, stream } from '../rpc/contract';
import { Nothing } from './common';

/** One backup. Where it lies in both places, it is one all the same. */
export const Backup = z.object({
  name: z.string(),
  /** ISO 8601. */
  time: z.string(),
  reason: BackupReason,
  counts: BackupCounts,
  /** What was wrong with the library when it was taken, as paths and causes. */
  suspect: z.array(z.string()),
  /** In the library itself, or in this machine's own folder outside it. */
  places: z.array(z.enum(['library', 'outside'])),
  /** Texts, sources and images that the copy outside the library has no room for. */
  leftOut: z.object({ files: z.int(), bytes: z.number() }),
});
export type Backup = z.infer<typeof Backup>;

/**
 * How it stands with the daily backup. `suspect`: none is taken, since the library is not as it should be, and it
 * would push out a good one. `failed`: the disk did not take it; it is tried again.
 */
export const BackupState = z.object({
  state: z.enum(['fine', 'suspect', 'failed']),
  /** Cause codes, or paths and causes. */
  causes: z.array(z.string()),
});
export type BackupState = z.infer<typeof BackupState>;

export const BackupList = z.object({
  backups: z.array(Backup),
  /** Manifests that cannot be read. They are left as they are. */
  unreadable: z.int(),
  state: BackupState,
  /** Bytes of the copy outside the library. */
  bytesOutside: z.number(),
  /** Where the copy outside the library lies. */
  outside: z.string(),
});
export type BackupList = z.infer<typeof BackupList>;

const Change = z.object({ added: z.int(), changed: z.int(), removed: z.int() });

/** What the reader would see change. `removed` goes to the Trash; nothing is deleted. */
export const BackupChanges = z.object({ articles: Change, annotations: Change, collections: Change });
export type BackupChanges = z.infer<typeof BackupChanges>;

export const BackupProgress = z.object({ done: z.int(), total: z.int() });
export type BackupProgress = z.infer<typeof BackupProgress>;

export const BackupOutcome = z.object({
  changes: BackupChanges,
  /** Texts, sources and images that are in no place any more. */
  missingContents: z.int(),
  /** The name of the backup that was taken before; absent where there was nothing to keep. */
  before: z.optional(z.string()),
});
export type BackupOutcome = z.infer<typeof BackupOutcome>;

const Named = z.object({ name: z.string() });

/** Copies of the library as it was. `list` and `restore` work also where the library cannot be opened. */
export const backups = {
  /** The latest first. */
  list: call(Nothing, BackupList),
  /** Takes one now, in both places. Fails with `library-closed`, `not-saved`, `read-only` or `cancelled`. */
  take: stream(Nothing, BackupProgress, Backup),
  /** Reads and checks a backup, and says what restoring it would change. */
  preview: stream(Named, BackupProgress, BackupChanges),
  /**
   * Brings the library to what the backup holds, as one step that can be undone, with a backup taken before. A library
   * that cannot be opened is made to open first, and what was damaged is put into the quarantine. Fails with
   * `not-found`, `conflict` (the backup is damaged) or `read-only`.
   */
  restore: stream(Named, BackupProgress, BackupOutcome),
  /** A backup was taken, or could not be. */
  didChange: event(Nothing),
} as const;
