import * as z from 'zod/mini';
import { call, event } from '../rpc/contract';
import { Nothing } from './common';

/** What this host has; the page adapts. */
export const Capabilities = z.object({
  host: z.enum(['desktop', 'browser']),
  /** The platform's own names: `darwin`, `win32`, `linux`. */
  platform: z.string(),
  version: z.string(),
  /** The host can open a folder in the file manager. */
  canShowFolder: z.boolean(),
  /** The host can close its own window. */
  canQuit: z.boolean(),
  /** BCP 47, of the system. */
  systemLanguage: z.string(),
});
export type Capabilities = z.infer<typeof Capabilities>;

export const SaveState = z.object({
  state: z.enum(['saved', 'saving', 'not-saved']),
  cause: z.optional(z.string()),
});

/** A library that could not be opened as asked, with what the page needs to say so. */
export const LibraryFailure = z.object({
  reason: z.enum([
    'missing',
    'empty-but-known',
    'not-a-library',
    'not-writable',
    'unreadable',
    'newer',
    'locked',
  ]),
  path: z.string(),
  file: z.optional(z.string()),
  /** See shared/model/cause. */
  cause: z.optional(z.string()),
  /** The schema of a newer library, and the newest that this version reads. */
  schema: z.optional(z.int()),
  known: z.optional(z.int()),
  /** Of the owner of the lock. */
  owner: z.optional(
    z.object({ pid: z.int(), host: z.string(), sameMachine: z.boolean(), since: z.string() }),
  ),
});
export type LibraryFailure = z.infer<typeof LibraryFailure>;

export const Damage = z.object({ file: z.string(), reason: z.string(), keptAs: z.optional(z.string()) });

/** A conflict copy of a sync program that was taken in and put away. */
export const MergedCopy = z.object({
  file: z.string(),
  keptAs: z.string(),
  /** `would-shrink`: all was taken but its deletions, which were too many to be believed. */
  state: z.enum(['merged', 'would-shrink', 'unreadable', 'other-library']),
  /** Records of which it holds a value that was not taken, or that were split into two. */
  conflicts: z.int(),
});
export type MergedCopy = z.infer<typeof MergedCopy>;

export const LibraryStatus = z.object({
  state: z.enum(['opening', 'ready', 'read-only', 'failed']),
  path: z.string(),
  /** Why it is read-only: asked for, or the lock was lost. */
  readOnlyReason: z.optional(z.enum(['asked', 'lock-lost'])),
  failure: z.optional(LibraryFailure),
  damage: z.array(Damage),
  /** Since the library was opened. */
  merged: z.array(MergedCopy),
  save: SaveState,
});
export type LibraryStatus = z.infer<typeof LibraryStatus>;

/** `label` is a key of the message catalogue under `history`. */
export const HistoryState = z.object({ undo: z.optional(z.string()), redo: z.optional(z.string()) });
export type HistoryState = z.infer<typeof HistoryState>;

export const HistoryOutcome = z.object({
  label: z.string(),
  /** How many records had changed since and were left as they are. */
  conflicts: z.int(),
});
export type HistoryOutcome = z.infer<typeof HistoryOutcome>;

export const app = {
  /** What this host can do. */
  capabilities: call(Nothing, Capabilities),
  /** How the library stands. Works in every state; the other services fail until it is ready. */
  status: call(Nothing, LibraryStatus),
  /** The library was opened, lost, or its save state changed. */
  didChangeStatus: event(LibraryStatus),
  /** Tries to open the library again, in another way that the user chose. */
  open: call(z.object({ as: z.enum(['read-write', 'read-only', 'take-over', 'create']) }), LibraryStatus),
  /** What undo and redo would do. */
  history: call(Nothing, HistoryState),
  didChangeHistory: event(HistoryState),
  /** Takes back the last step. Fails with `nothing-to-undo`. */
  undo: call(Nothing, HistoryOutcome),
  /** Does again what was undone. Fails with `nothing-to-undo`. */
  redo: call(Nothing, HistoryOutcome),
  /** Opens the library's folder in the file manager, where the host can. */
  showFolder: call(Nothing, Nothing),
  /** Flushes and ends the app, where the host can. */
  quit: call(Nothing, Nothing),
  /** A command chosen outside the page, from the application menu. */
  didChooseCommand: event(z.object({ command: z.string() })),
} as const;
