import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { AnnotationIndex } from '#core/annotations/by-article';
import { createAnnotations } from '#core/annotations/service';
import { History } from '#core/storage/history';
import { openLibrary } from '#core/storage/open';
import type { DocumentStore } from '#core/storage/types';
import { type Counting, countingFileSystem } from './counting';
import { residentMemory } from './host';
import { addArticles, keptLibrary, writeAll } from './library';
import { annotationOn } from './marks';
import { note, report } from './report';
import { median, percentile, timed } from './statistics';

const ARTICLES = 2_000;
const ANNOTATIONS = 100_000;
const OF_THE_FIRST = 10_000;
const ADDED = 300;
/** Milliseconds between two: the run lasts over many checkpoints, as a reader's evening does. */
const BETWEEN = 50;
const MEGABYTE = 1024 * 1024;

const fill = async (store: DocumentStore): Promise<void> => {
  await addArticles(store, ARTICLES);
  const articles = [...store.all('articles')].map((stored) => stored.value!);
  const others = articles.length - 1;
  const marks = Array.from({ length: ANNOTATIONS }, (_, index) =>
    annotationOn(articles[index < OF_THE_FIRST ? 0 : 1 + (index % others)]!, index),
  );
  await writeAll(
    store,
    marks.map((value) => ({ table: 'annotations', id: value.id, value })),
  );
};

/** What the service composes over an open store, and the article with the most annotations. */
const serviceOver = (store: DocumentStore) => {
  const index = new AnnotationIndex(store);
  const history = new History(store);
  const annotations = createAnnotations({ store, index });
  const articles = [...store.all('articles')].map((stored) => stored.value!);
  const article = articles.find(({ id }) => index.countOf(id) >= OF_THE_FIRST)!;
  return {
    service: annotations.service,
    article,
    dispose: () => {
      annotations.dispose();
      history.dispose();
      index.dispose();
    },
  };
};

const addMany = async (
  { service, article }: ReturnType<typeof serviceOver>,
  context: Parameters<ReturnType<typeof serviceOver>['service']['create']>[1],
): Promise<{ each: number[]; longestPause: number }> => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const each: number[] = [];
  delay.enable();
  for (let index = 0; index < ADDED; index++) {
    const {
      id: _id,
      tags: _tags,
      created: _created,
      modified: _modified,
      ...given
    } = annotationOn(article, index);
    each.push(await timed(async () => service.create(given, context)));
    await sleep(BETWEEN);
  }
  delay.disable();
  return { each, longestPause: delay.max / 1e6 };
};

/** Adds one by itself and waits until it stands in its shard. */
const bytesOfOne = async (
  store: DocumentStore,
  { fs: _fs, take }: Counting,
  add: () => Promise<unknown>,
): Promise<number> => {
  await store.flush();
  take();
  await add();
  await store.flush();
  return take().bytes / MEGABYTE;
};

/** 100,000 annotations over 2,000 articles, one of them with 10,000. */
export const measureAnnotations = async (): Promise<void> => {
  const copy = await keptLibrary('annotations', fill);
  const counting = countingFileSystem();
  const place = { path: copy.library, userData: copy.userData, create: false, mode: 'read-write' } as const;
  try {
    const used = process.cpuUsage();
    const start = performance.now();
    const opened = await openLibrary({ ...place, fs: counting.fs });
    const openTime = performance.now() - start;
    const { user, system } = process.cpuUsage(used);
    if (!opened.ok) throw new Error(`the library did not open: ${opened.error.reason}`);
    const { store } = opened.value;
    const over = serviceOver(store);
    report('open 100,000 annotations over 2,000 articles', openTime);
    note('of that, processor time', (user + system) / 1000, 'ms');
    note('and indexed by article', performance.now() - start, 'ms');
    const context = { signal: new AbortController().signal };
    counting.take();
    const { each, longestPause } = await addMany(over, context);
    await store.flush();
    const run = counting.take();
    note('add one to the article of 10,000, median', median(each), 'ms');
    report('add one to the article of 10,000, p95 until acknowledged', percentile(each, 0.95));
    note('add one to the article of 10,000, the longest', Math.max(...each), 'ms');
    note('written for each, in a run of 300', run.bytes / MEGABYTE / ADDED, 'MB');
    report('longest pause of the service while adding', longestPause);
    const alone: number[] = [];
    for (let index = 0; index < 20; index++) {
      const { id: _id, tags: _tags, created: _c, modified: _m, ...given } = annotationOn(over.article, index);
      alone.push(await bytesOfOne(store, counting, async () => over.service.create(given, context)));
    }
    report('written for one added by itself, its checkpoint included', Math.max(...alone));
    report('resident memory, 100,000 annotations', residentMemory(process.pid));
    over.dispose();
    note('close', await timed(() => store.close()), 'ms');
  } finally {
    copy.remove();
  }
};
