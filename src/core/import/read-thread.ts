import { Worker } from 'node:worker_threads';
import type { Disposable } from '#shared/lib/disposable';
import { err, type Result } from '#shared/lib/result';
import { type Problem, problem } from '#shared/model/problem';
import type { AbortSignalLike } from '#shared/rpc/contract';
import type { ReadSources } from './read-source';

export interface ReadJob {
  readonly path: string;
  readonly fileName?: string;
}
export type ReadAnswer = { readonly result: Result<ReadSources, Problem> } | { readonly bug: string };

/** Reads sources off the service's thread. */
export interface SourceReader extends Disposable {
  /** Rejects with `cancelled` when the signal says so; what is wrong with the source is a value. */
  read(job: ReadJob, signal: AbortSignalLike): Promise<Result<ReadSources, Problem>>;
}

/** Longer than any real page takes by a factor of ten; a text built to be slow must not hold the app. */
const LONGEST_READ = 10_000;
const MEMORY = 1024;

const tooSlow = (job: ReadJob, longest: number): Problem => ({
  code: 'too-slow',
  message: `${job.fileName ?? 'The pasted text'} could not be read in ${longest / 1000} seconds and was left out.`,
  ...(job.fileName !== undefined && { file: job.fileName }),
});

/** One thread, started when first needed and again after it was killed; jobs run one after another. */
export const createReadThread = (workerPath: string | URL, longest = LONGEST_READ): SourceReader =>
  new ReadThread(workerPath, longest);

const cancelled = (): Error => problem('cancelled', 'The import was cancelled.');

class ReadThread implements SourceReader {
  readonly #path: string | URL;
  readonly #longest: number;
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #disposed = false;
  #giveUp: ((reason: Error) => void) | undefined;

  constructor(path: string | URL, longest: number) {
    this.#path = path;
    this.#longest = longest;
  }

  read(job: ReadJob, signal: AbortSignalLike): Promise<Result<ReadSources, Problem>> {
    const result = this.#last.then(() => this.#run(job, signal));
    this.#last = result.catch(() => undefined);
    return result;
  }

  dispose(): void {
    this.#disposed = true;
    this.#giveUp?.(cancelled());
    this.#stop();
  }

  #stop(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#path, { resourceLimits: { maxOldGenerationSizeMb: MEMORY } });
    this.#worker = worker;
    return worker;
  }

  async #run(job: ReadJob, signal: AbortSignalLike): Promise<Result<ReadSources, Problem>> {
    if (signal.aborted || this.#disposed) throw cancelled();
    const thread = this.#worker ?? this.#start();
    // Only a job keeps the process alive; a thread that waits for one does not.
    thread.ref();
    const answer = new Promise<Result<ReadSources, Problem>>((resolve, reject) => {
      this.#giveUp = reject;
      thread.once('message', (message: ReadAnswer) => {
        if ('bug' in message) reject(new Error(message.bug));
        else resolve(message.result);
      });
      thread.once('error', (error: Error & { code?: string }) => {
        this.#stop();
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(err(tooSlow(job, this.#longest)));
        else reject(error);
      });
      thread.postMessage(job);
    });
    return this.#within(job, signal, thread, answer);
  }

  /** The answer, or the end of patience: then the thread is killed, and the next job starts another. */
  async #within(
    job: ReadJob,
    signal: AbortSignalLike,
    thread: Worker,
    answer: Promise<Result<ReadSources, Problem>>,
  ): Promise<Result<ReadSources, Problem>> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<Result<ReadSources, Problem>>((resolve) => {
      timer = setTimeout(() => {
        this.#stop();
        resolve(err(tooSlow(job, this.#longest)));
      }, this.#longest);
    });
    const onAbort = (): void => {
      this.#giveUp?.(cancelled());
      this.#stop();
    };
    signal.addEventListener('abort', onAbort);
    try {
      return await Promise.race([answer, timeout]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      this.#giveUp = undefined;
      thread.removeAllListeners('message');
      thread.removeAllListeners('error');
      // An idle thread that fails is simply replaced.
      thread.on('error', () => {
        if (this.#worker === thread) this.#worker = undefined;
      });
      thread.unref();
    }
  }
}
