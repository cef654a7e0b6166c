import * as z from 'zod/mini';
import { err, ok, type Result } from '#shared/lib/result';
import { BackupCounts, BackupReason } from '#shared/model/backup';
import { Sha256, Timestamp } from '#shared/model/ids';
import { type EnvelopeFailure, SCHEMA, seal, unseal } from '../envelope';

/** The only paths that a backup may name: they are written to when it is restored. */
const PATH =
  /^(library\.json|(articles|annotations)\/[0-9a-f]{2}\.json|(documents|sources|assets)\/[0-9a-f]{64}\.[0-9a-z]{1,8})$/;

const BackupFile = z.object({
  /** Inside the library, with `/`. */
  path: z.string().check(z.regex(PATH)),
  /** Bytes, as it lies in the library. */
  size: z.int(),
  sha256: Sha256,
  /** Bytes of the object that holds it here; absent where this place has no copy of it. */
  packed: z.optional(z.int()),
});
export type BackupFile = z.infer<typeof BackupFile>;

const Manifest = z.object({
  libraryId: z.string(),
  time: Timestamp,
  reason: BackupReason,
  counts: BackupCounts,
  /** All records, tombstones too: a library never has fewer than it had, unless it lost some. */
  records: z.int(),
  /** What was wrong with the library when it was taken, as paths and causes; empty where all was well. */
  suspect: z.array(z.string()),
  files: z.array(BackupFile),
});

/** What one backup holds: hashes over shared objects. */
export type Manifest = z.infer<typeof Manifest>;

/** A manifest as it lies in a place. */
export interface KeptManifest extends Manifest {
  /** The name of its file. */
  readonly name: string;
  readonly writer: string;
  /** The last transaction that it holds. */
  readonly seq: number;
}

/** Whether a file holds records, and not an immutable content. */
export const isRecords = ({ path }: Pick<BackupFile, 'path'>): boolean => path.endsWith('.json');

/** Bytes that the objects of these files take in a place, each object once. */
export const packedBytes = (files: Iterable<BackupFile>): number => {
  const packed = new Map<string, number>();
  for (const file of files) if (file.packed !== undefined) packed.set(file.sha256, file.packed);
  return [...packed.values()].reduce((sum, size) => sum + size, 0);
};

const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-[a-z-]+\.json$/;

/** Whether a file in a place of backups is a manifest, by its name. */
export const isManifest = (name: string): boolean => NAME.test(name);

/** The name of a manifest: two of one moment and reason are the same backup, in two places. */
export const nameOf = ({ time, reason }: Pick<Manifest, 'time' | 'reason'>): string =>
  `${new Date(time).toISOString().replaceAll(':', '-')}-${reason}.json`;

/** The bytes of a manifest. */
export const sealManifest = (manifest: Manifest, writer: string, seq: number): Buffer =>
  seal({ schema: SCHEMA, generation: 1, writer, seq, extra: {} }, JSON.stringify(manifest));

/** Reads a manifest; one of a newer schema is told from a damaged one. */
export const readManifest = (name: string, bytes: Buffer): Result<KeptManifest, EnvelopeFailure> => {
  const unsealed = unseal(bytes);
  if (!unsealed.ok) return unsealed;
  const { envelope, payload } = unsealed.value;
  const manifest = Manifest.safeParse(payload);
  if (!manifest.success) return err({ kind: 'damaged', reason: 'bad-content' });
  return ok({ ...manifest.data, name, writer: envelope.writer, seq: envelope.seq });
};
