import type { FileHandlePort, FileSystem } from '#core/storage/fs-port';
import { nodeFileSystem } from '#core/storage/fs-port';

export interface Counting {
  readonly fs: FileSystem;
  /** What was written since the last call: bytes in all, and how often each file was replaced. */
  take(): { bytes: number; syncs: number; replaced: ReadonlyMap<string, number> };
}

/** The real file system, with a tally of what goes through it. */
export const countingFileSystem = (): Counting => {
  let bytes = 0;
  let syncs = 0;
  let replaced = new Map<string, number>();
  const counted = (handle: FileHandlePort): FileHandlePort => ({
    write: async (...given) => {
      const answer = await handle.write(...given);
      bytes += answer.bytesWritten;
      return answer;
    },
    sync: () => {
      syncs++;
      return handle.sync();
    },
    datasync: () => {
      syncs++;
      return handle.datasync();
    },
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  });
  return {
    fs: {
      ...nodeFileSystem,
      open: async (...given) => counted(await nodeFileSystem.open(...given)),
      rename: async (from, to) => {
        await nodeFileSystem.rename(from, to);
        replaced.set(to, (replaced.get(to) ?? 0) + 1);
      },
    },
    take: () => {
      const taken = { bytes, syncs, replaced };
      bytes = 0;
      syncs = 0;
      replaced = new Map();
      return taken;
    },
  };
};
