import { useState } from 'react';
import type { BackupProgress } from '#shared/contract/backups';
import { useReportProblem } from '../app/problems';

export type BackupWork = 'reading' | 'taking' | 'restoring';

interface Options {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: BackupProgress) => void;
}

interface Running {
  readonly work: BackupWork;
  readonly progress: BackupProgress | undefined;
  readonly cancel: () => void;
}

/**
 * One long work at a time, as it goes on. It is ended by `cancel` alone: a restore that opens the library goes on when
 * the screen that began it makes way for the library.
 */
export const useBackupWork = () => {
  const report = useReportProblem();
  const [running, setRunning] = useState<Running>();
  const run = async <T>(
    work: BackupWork,
    call: (options: Options) => Promise<T>,
    done: (answer: T) => void,
  ): Promise<void> => {
    const controller = new AbortController();
    const cancel = (): void => controller.abort();
    const { signal } = controller;
    setRunning({ work, progress: undefined, cancel });
    try {
      const onProgress = (progress: BackupProgress): void => setRunning({ work, progress, cancel });
      done(await call({ signal, onProgress }));
    } catch (error) {
      if (!signal.aborted) report(error);
    } finally {
      setRunning(undefined);
    }
  };
  return { running, run };
};
