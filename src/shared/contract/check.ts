import * as z from 'zod/mini';
import { call, stream } from '../rpc/contract';
import { Nothing } from './common';

/**
 * What can be found wrong with a library. Each has its words under `check.findings`; see there for what it means.
 */
export const FindingCode = z.enum([
  // files of records
  'no-library',
  'unreadable-file',
  'damaged-file',
  'newer-file',
  'missing-file',
  'journal-line',
  // records
  'bad-record',
  'misplaced-record',
  'duplicate-record',
  'lost-article',
  'lost-text',
  'lost-collection',
  'lost-parent',
  'circular-parents',
  // contents: texts, sources, images
  'missing-content',
  'changed-content',
  'unnamed-content',
  // backups
  'damaged-backup',
  // what lies about
  'conflict-copy',
  'quarantined',
  'leftover',
  'unknown-file',
]);
export type FindingCode = z.infer<typeof FindingCode>;

/** `error`: something is lost or cannot be read. `warning`: it does not fit together. `note`: good to know. */
export const Severity = z.enum(['error', 'warning', 'note']);
export type Severity = z.infer<typeof Severity>;

export const Finding = z.object({
  code: FindingCode,
  severity: Severity,
  /** Path inside the library, with `/`. */
  file: z.string(),
  /** Id of the record, or number of the line. */
  entry: z.optional(z.string()),
  /** What it names that is not there, or the cause as the system told it. */
  detail: z.optional(z.string()),
  /** A repair can put it right without taking anything away. */
  repairable: z.boolean(),
});
export type Finding = z.infer<typeof Finding>;

export const CheckCounts = z.object({
  files: z.int(),
  /** Read and checked. */
  bytes: z.number(),
  articles: z.int(),
  annotations: z.int(),
  collections: z.int(),
});
export type CheckCounts = z.infer<typeof CheckCounts>;

/** `findings`: there is one that is more than a note. `not-checked`: there is no library, or it is of a newer version. */
export const CheckReport = z.object({
  path: z.string(),
  outcome: z.enum(['fine', 'findings', 'not-checked']),
  findings: z.array(Finding),
  /** Findings beyond those listed: the list ends at a number that a message can carry. */
  more: z.int(),
  counts: CheckCounts,
});
export type CheckReport = z.infer<typeof CheckReport>;

/** Files looked at, of those to look at. */
export const CheckProgress = z.object({ done: z.int(), total: z.int() });
export type CheckProgress = z.infer<typeof CheckProgress>;

/** What a repair did, by the number of records and files. */
export const RepairCounts = z.object({ rehomed: z.int(), unlinked: z.int(), putAside: z.int() });
export type RepairCounts = z.infer<typeof RepairCounts>;

export const check = {
  /** Looks at every file of the library and changes nothing. Works also where the library could not be opened. */
  run: stream(Nothing, CheckProgress, CheckReport),
  /**
   * Puts right what can be without taking anything away, with the library closed meanwhile, and opens it again.
   * Fails with `read-only` where the library is not open for writing.
   */
  repair: call(Nothing, RepairCounts),
} as const;
