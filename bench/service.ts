import type { Hepatica } from '#shared/contract/hepatica';
import type { ArticleId } from '#shared/model/ids';
import { residentMemory, startHost } from './host';
import { libraryOf } from './library';
import { median, percentile, timed } from './statistics';

const LIST = { scope: 'library', sort: 'added', descending: true } as const;

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};

const highlight = async (client: Hepatica, id: ArticleId, index: number): Promise<number> => {
  const { document } = await client.reader.open({ id });
  return timed(() =>
    client.annotations.create({
      articleId: id,
      target: {
        documentId: document.id,
        textHash: document.textHash,
        selector: {
          quote: { type: 'TextQuoteSelector', exact: `quote ${index}`, prefix: '', suffix: '' },
          position: { type: 'TextPositionSelector', start: 0, end: 8 },
        },
      },
      colour: 'finding',
      note: `Note ${index}: compare with the earlier trial.`,
    }),
  );
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
