import { abstractDocument } from '#core/reader/html';
import type { Hepatica } from '#shared/contract/hepatica';
import type { ArticleId } from '#shared/model/ids';
import { describe } from '#shared/text/describe';
import { residentMemory, startHost } from './host';
import { libraryOf } from './library';
import { median, percentile, timed } from './statistics';

const LIST = { scope: 'library', sort: 'added', descending: true } as const;

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};

/** Marks a different sentence-sized piece of the abstract each time. */
const highlight = async (client: Hepatica, id: ArticleId, index: number): Promise<number> => {
  const { article, document } = await client.reader.open({ id });
  const { text } = abstractDocument(article);
  const start = Math.min((index % 7) * 10, Math.max(0, text.length - 60));
  const end = Math.min(text.length, start + 60);
  const target = describe(document, text, { start, end });
  if (target === undefined) throw new Error(`nothing to mark in ${id}`);
  const note = `Note ${index}: compare with the earlier trial.`;
  return timed(() => client.annotations.create({ articleId: id, target, colour: 'finding', note }));
};

export interface ServiceFigures {
  readonly ready: number;
  readonly searchReady: number;
  readonly open: number;
  readonly highlightMedian: number;
  readonly highlightP95: number;
  readonly memory: number;
}

/** Starts the service on a library of `count` articles and does the reader's work over its own wire. */
export const measureService = async (count: number): Promise<ServiceFigures> => {
  const { library, userData, remove } = await libraryOf(count);
  const host = await startHost(library, userData);
  try {
    const client = await host.client();
    await until(async () => (await client.app.status({})).state === 'ready');
    const { ids } = await client.library.list(LIST);
    const ready = performance.now() - host.startedAt;
    if (ids.length !== count) throw new Error(`${ids.length} articles listed of ${count}`);
    await until(async () => (await client.search.state({})).ready);
    const searchReady = performance.now() - host.startedAt;
    const opened: number[] = [];
    for (const id of ids.slice(0, 50)) opened.push(await timed(() => client.reader.open({ id })));
    const added: number[] = [];
    for (let index = 0; index < 200; index++)
      added.push(await highlight(client, ids[index % ids.length]!, index));
    return {
      ready,
      searchReady,
      open: median(opened),
      highlightMedian: median(added),
      highlightP95: percentile(added, 0.95),
      memory: residentMemory(host.pid),
    };
  } finally {
    await host.stop();
    remove();
  }
};
