import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { readSource } from './read-source';
import type { ReadAnswer, ReadJob } from './read-thread';

/** The thread in which sources are read: one job, one answer, in order. Killed from outside when it takes too long. */
const answer = async (job: ReadJob): Promise<ReadAnswer> => {
  try {
    return { result: readSource(await readFile(job.path), job.fileName) };
  } catch (error) {
    return { bug: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
};

const port = parentPort;
port?.on('message', (job: ReadJob) => {
  void answer(job).then((message) => port.postMessage(message));
});
