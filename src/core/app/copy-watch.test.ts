import { describe, expect, it } from 'vitest';
import { createLog } from '../lib/log';
import type { MergedCopy } from '../storage/types';
import { watchCopies } from './copy-watch';

const copy: MergedCopy = {
  file: 'articles/00 (1).json',
  keptAs: 'quarantine/x',
  state: 'merged',
  conflicts: 0,
};

const logged = () => {
  const lines: string[] = [];
  return { lines, log: createLog((line) => lines.push(line)) };
};

describe('watchCopies', () => {
  it('looks at once and again, tells of what it found, and goes on after a failure', async () => {
    const answers: (() => MergedCopy[])[] = [
      () => [],
      () => {
        throw new Error('the disk is full');
      },
      () => [copy],
    ];
    const { lines, log } = logged();
    const watch = await watchCopies(async () => answers.shift()?.() ?? [], log, 1);
    expect(watch.merged).toEqual([]);
    let told = 0;
    watch.onDidMerge(() => {
      told += 1;
    });
    await expect.poll(() => watch.merged).toEqual([copy]);
    await watch.stop();
    expect(told).toBe(1);
    expect(lines).toEqual([
      expect.stringContaining('the disk is full'),
      expect.stringContaining('a conflict copy'),
    ]);
  });

  it('ends only when the look under way has ended, and looks no more', async () => {
    let looks = 0;
    let finish: (() => void) | undefined;
    const { log } = logged();
    const merge = async (): Promise<MergedCopy[]> => {
      looks += 1;
      if (looks === 2)
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      return [];
    };
    const watch = await watchCopies(merge, log, 1);
    await expect.poll(() => looks).toBe(2);
    let hasStopped = false;
    const stopping = watch.stop().then(() => {
      hasStopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(hasStopped).toBe(false);
    finish?.();
    await stopping;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(looks).toBe(2);
  });
});
