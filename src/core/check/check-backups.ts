import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Finding } from '#shared/contract/check';
import type { AbortSignalLike } from '#shared/rpc/contract';
import { checkCancelled } from '../lib/cancel';
import { BackupFolder } from '../storage/backup/backup-folder';
import { isRecords } from '../storage/backup/manifest';
import { nodeFileSystem } from '../storage/fs-port';
import { causeOf, type FoundFile } from './files';
import { finding } from './read-records';

/** What is wrong with the backups in a library, and which contents they rely on. */
export interface CheckedBackups {
  readonly findings: readonly Finding[];
  /** SHA-256 of texts, sources and images that a backup names. */
  readonly kept: ReadonlySet<string>;
}

/** Undefined where an object is what its name says; else the cause. Read in pieces, however large it is. */
const causeAgainst = async (path: string, hash: string): Promise<string | undefined> => {
  const sum = createHash('sha256');
  try {
    await pipeline(createReadStream(path), createGunzip(), async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) sum.update(piece);
    });
  } catch (error) {
    return causeOf(error);
  }
  return sum.digest('hex') === hash ? undefined : 'bad-checksum';
};

/** Reads every backup in the library and every object that one names, each once. */
export const checkBackups = async (
  library: string,
  files: readonly FoundFile[],
  signal?: AbortSignalLike,
): Promise<CheckedBackups> => {
  const plain = new Set(files.filter(({ cause }) => cause === undefined).map(({ file }) => file));
  const findings: Finding[] = files
    .filter(({ file, cause }) => cause !== undefined && file.startsWith('backups/'))
    .map(({ file, cause = '' }) => finding('damaged-backup', file, { detail: cause }));
  const folder = new BackupFolder(
    {
      ...nodeFileSystem,
      readdir: async () =>
        [...plain].flatMap((file) => (/^backups\/[^/]+$/.test(file) ? [file.slice('backups/'.length)] : [])),
    },
    join(library, 'backups'),
    async () => {},
  );
  const { manifests, bad } = await folder.list();
  for (const { name, kind } of bad)
    findings.push(
      finding(kind === 'newer' ? 'newer-file' : 'damaged-backup', `backups/${name}`, {
        detail: 'bad-content',
      }),
    );
  const causes = new Map<string, string | undefined>();
  for (const { name, files: named } of manifests) {
    for (const { path, sha256, packed } of named) {
      checkCancelled(signal);
      if (packed === undefined) continue;
      const object = `backups/objects/${sha256}`;
      if (!causes.has(sha256))
        causes.set(
          sha256,
          plain.has(object) ? await causeAgainst(join(library, object), sha256) : 'file-missing',
        );
      const cause = causes.get(sha256);
      if (cause !== undefined)
        findings.push(finding('damaged-backup', `backups/${name}`, { entry: path, detail: cause }));
    }
  }
  const kept = manifests.flatMap((manifest) => manifest.files.filter((each) => !isRecords(each)));
  return { findings, kept: new Set(kept.map(({ sha256 }) => sha256)) };
};
