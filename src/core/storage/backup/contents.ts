import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { checkCancelled } from '../../lib/cancel';
import { sha256 } from '../envelope';
import { namesIn, readIfThere } from '../fs-port';
import { type BackupFile, type KeptManifest, packedBytes } from './manifest';
import type { Place, TakeOptions } from './take';

const KINDS = ['documents', 'sources', 'assets'] as const;
const CONTENT = /^([0-9a-f]{64})\.[0-9a-z]{1,8}$/;

/**
 * The texts, sources and images of the library. They never change, so that one which an earlier backup names is not
 * read again; one that is not what its name says is left out. A place that copies them takes them while there is
 * room; those without `packed` are not in it.
 */
export const contentsOf = async (
  { fs, path, signal }: TakeOptions,
  place: Place,
  manifests: readonly KeptManifest[],
  records: readonly BackupFile[],
): Promise<BackupFile[]> => {
  const known = new Map<string, BackupFile>();
  for (const { files } of [...manifests].reverse())
    for (const file of files)
      if (file.packed !== undefined || !known.has(file.path)) known.set(file.path, file);
  const here = await place.folder.objects();
  let room = place.most - packedBytes([...manifests.flatMap(({ files }) => files), ...records]);
  const found: BackupFile[] = [];
  for (const kind of KINDS) {
    for (const name of await namesIn(fs, join(path, kind))) {
      const [, hash] = CONTENT.exec(name) ?? [];
      if (hash === undefined) continue;
      checkCancelled(signal);
      const file = `${kind}/${name}`;
      const before = known.get(file);
      const isCopied = before?.packed !== undefined && here.has(hash);
      if (before !== undefined && (isCopied || !place.contents || before.size > room)) {
        const { packed, ...rest } = before;
        found.push(isCopied && packed !== undefined ? { ...rest, packed } : rest);
        continue;
      }
      const bytes = await readIfThere(fs, join(path, file));
      if (bytes === undefined || sha256(bytes) !== hash) continue;
      const packed = place.contents && bytes.length <= room ? await place.folder.put(hash, bytes) : undefined;
      room -= packed ?? 0;
      found.push({
        path: file,
        size: bytes.length,
        sha256: hash,
        ...(packed === undefined ? {} : { packed }),
      });
      await breathe();
    }
  }
  return found;
};
