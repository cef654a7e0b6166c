import type { Backup, BackupProgress } from '#shared/contract/backups';
import { nothing } from '#shared/contract/common';
import type { Services } from '#shared/contract/hepatica';
import type { Disposable } from '#shared/lib/disposable';
import { Emitter } from '#shared/lib/event';
import { ProblemError, problem } from '#shared/model/problem';
import type { AbortSignalLike } from '#shared/rpc/contract';
import type { Lifecycle, Session } from '../app/lifecycle';
import type { BackupFolder } from '../storage/backup/backup-folder';
import type { KeptManifest } from '../storage/backup/manifest';
import { mendLibrary } from '../storage/backup/mend';
import { allOf, type Places, placesOf } from '../storage/backup/places';
import { leftOut } from '../storage/backup/take';
import { errorCode, type FileSystem, nodeFileSystem } from '../storage/fs-port';
import { KnownLibrariesFile } from '../storage/known-libraries';
import { causeOf, notSaved } from '../storage/not-saved';
import type { Watching } from './session-backups';

export interface BackupsOptions {
  /** The library folder. */
  readonly path: string;
  readonly userData: string;
  readonly lifecycle: Lifecycle;
  readonly fs?: FileSystem;
  readonly now?: () => Date;
}

/** The ways of not being open in which a library can be made to open from a backup. */
const MENDABLE: ReadonlySet<string | undefined> = new Set([
  'missing',
  'empty-but-known',
  'unreadable',
  // A file where a folder belongs; or really so, which the disk then says again.
  'not-writable',
  // Backups alone are left of it.
  'not-a-library',
]);

const summaryOf = (manifest: KeptManifest, places: Backup['places'], left = leftOut(manifest)): Backup => {
  const { name, time, reason, counts, suspect } = manifest;
  return { name, time, reason, counts, suspect: suspect.slice(0, 20), places, leftOut: left };
};

interface Found {
  readonly manifest: KeptManifest;
  readonly places: Backup['places'];
  /** What the copy outside the library lacks; all of it where there is no such copy. */
  readonly left: Backup['leftOut'];
}

const foundIn = async ({ inside, outside }: Places): Promise<{ found: Found[]; unreadable: number }> => {
  const [here, there] = [await inside.folder.list(), await outside?.folder.list()];
  const found = new Map<string, Found>();
  for (const manifest of there?.manifests ?? [])
    found.set(manifest.name, { manifest, places: ['outside'], left: leftOut(manifest) });
  for (const manifest of here.manifests) {
    const other = found.get(manifest.name);
    const places = ['library' as const, ...(other?.places ?? [])];
    found.set(manifest.name, { manifest, places, left: other?.left ?? { files: 0, bytes: 0 } });
  }
  const sorted = [...found.values()].sort((a, b) => (a.manifest.name < b.manifest.name ? 1 : -1));
  return { found: sorted, unreadable: here.bad.length + (there?.bad.length ?? 0) };
};

const watching = (report: (progress: BackupProgress) => void, signal: AbortSignalLike): Watching => ({
  signal,
  onProgress: (done, total) => report({ done, total }),
});

/** Backups of the library at a path, open or not. */
export const createBackups = (
  options: BackupsOptions,
): { service: Services['backups']; follow(session: Session): Disposable } => {
  const { path, userData, lifecycle, fs = nodeFileSystem, now = () => new Date() } = options;
  const changed = new Emitter<typeof nothing>();
  const places = async (): Promise<Places> => {
    const libraryId =
      lifecycle.find()?.store.libraryId ?? (await new KnownLibrariesFile(fs, userData).find(path))?.libraryId;
    return placesOf({ fs, path, userData, libraryId, isWritable: () => false });
  };
  const find = async (name: string): Promise<{ manifest: KeptManifest; folders: BackupFolder[] }> => {
    const at = await places();
    const { found } = await foundIn(at);
    const manifest = found.find((each) => each.manifest.name === name)?.manifest;
    if (manifest === undefined) throw problem('not-found', 'There is no such backup.', { entry: name });
    return { manifest, folders: allOf(at).map(({ folder }) => folder) };
  };
  /** Opens a library that does not open, with what a backup has of it. */
  const mend = async (manifest: KeptManifest, folders: readonly BackupFolder[]): Promise<void> => {
    if (!MENDABLE.has(lifecycle.status.failure?.reason))
      throw problem('library-closed', 'The library cannot be opened from a backup.');
    try {
      await mendLibrary(manifest, { fs, path, userData, folders, now });
    } catch (error) {
      throw error instanceof ProblemError || errorCode(error) === '' ? error : notSaved(causeOf(error));
    }
    await lifecycle.open('read-write');
  };
  const service: Services['backups'] = {
    list: async () => {
      const at = await places();
      const { found, unreadable } = await foundIn(at);
      return {
        backups: found.map((each) => summaryOf(each.manifest, each.places, each.left)),
        unreadable,
        state: lifecycle.find()?.backups.state ?? { state: 'fine', causes: [] },
        bytesOutside: (await at.outside?.folder.bytes()) ?? 0,
        outside: at.outside?.folder.path ?? '',
      };
    },
    take: async (_input, report, { signal }) => {
      const taken = await lifecycle.session().backups.take('asked', watching(report, signal));
      const { found } = await foundIn(await places());
      const { places: at = [], left } = found.find((each) => each.manifest.name === taken.name) ?? {};
      return summaryOf(taken, at, left);
    },
    preview: async ({ name }, report, { signal }) => {
      const { manifest } = await find(name);
      return lifecycle.session().backups.preview(manifest, watching(report, signal));
    },
    restore: async ({ name }, report, { signal }) => {
      const { manifest, folders } = await find(name);
      if (lifecycle.find() === undefined) await mend(manifest, folders);
      return lifecycle.session().backups.restore(manifest, watching(report, signal));
    },
    didChange: changed.event,
  };
  return { service, follow: ({ backups }) => backups.onDidChange(() => changed.fire(nothing)) };
};
