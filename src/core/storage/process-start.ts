import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { errorCode } from './fs-port';

const run = promisify(execFile);

/** Whether there is such a process; `EPERM` means that it is alive and somebody else's. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
};

/**
 * When a process was started, in words that are the same each time they are asked for and different for another
 * process that later gets the same pid. Undefined where the platform does not tell.
 */
export const processStart = async (pid: number): Promise<string | undefined> => {
  try {
    if (process.platform === 'linux') {
      const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      // proc(5): field 22 is the start time; the command in field 2 may hold spaces and brackets.
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      return `${boot}:${ticks}`;
    }
    if (process.platform === 'darwin') {
      const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
      return stdout.trim() || undefined;
    }
    return undefined;
  } catch {
    return undefined; // the process has ended meanwhile, or this system has no such table
  }
};
