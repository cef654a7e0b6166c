import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmCommand } from '../../scripts/lib/processes.mjs';

/** `npm start` as a person runs it, on a fresh library. Not for Windows, which has no signals to end it with. */
export interface StartProcess {
  /** Stands in the arguments of everything that it starts. */
  readonly folder: string;
  /** Resolves when the output matches; rejects when it ended before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  output(): string;
  /** As Ctrl-C does in a terminal: to npm and all below it at once. */
  interrupt(): void;
  readonly exitCode: Promise<number | null>;
  /** Whatever is left is ended. */
  clean(): Promise<void>;
}

export interface ProcessInfo {
  readonly pid: number;
  readonly command: string;
}

/** All processes of the machine with their arguments. */
export const processes = (): ProcessInfo[] =>
  execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8', maxBuffer: 32 * 1024 * 1024 })
    .split('\n')
    .flatMap((line) => {
      const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined || command === undefined ? [] : [{ pid: Number(pid), command }];
    });

const watch = (child: ChildProcess) => {
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => {
      output += String(data);
      for (const listener of listeners) listener();
    });
  }
  const says = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(output);
        if (found === null) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      child.once('exit', () => reject(new Error(`npm start ended and said only:\n${output}`)));
      look();
    });
  return { says, output: () => output };
};

export const runStart = async (...options: string[]): Promise<StartProcess> => {
  const folder = await mkdtemp(join(tmpdir(), 'hepatica-start-'));
  const [command, ...npm] = npmCommand(process.env, process.execPath);
  const child = spawn(
    command,
    [
      ...npm,
      'start',
      '--',
      '--browser',
      '--library',
      join(folder, 'library'),
      '--user-data',
      join(folder, 'user'),
      ...options,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const exitCode = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    folder,
    ...watch(child),
    exitCode,
    interrupt: () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    },
    clean: async () => {
      for (const { pid, command: line } of processes())
        if (line.includes(folder)) process.kill(pid, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
};
