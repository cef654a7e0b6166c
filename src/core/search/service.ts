import type { SearchHit, search } from '#shared/contract/search';
import type { Disposable } from '#shared/lib/disposable';
import { disposeAll } from '#shared/lib/disposable';
import { ArticleId } from '#shared/model/ids';
import type { CallContext, Implementation } from '#shared/rpc/contract';
import type { Log } from '../lib/log';
import { type AnnotationCount, findArticle } from '../library/rows';
import type { BlobStore, DocumentStore } from '../storage/types';
import { FullTexts } from './full-texts';
import { hitOf } from './hit';
import { Indexer } from './indexer';
import { Matcher } from './matches';
import type { RankedHits } from './search-index';
import { SearchWorker } from './worker-client';

/** Asked for beyond the limit, to stand in for hits that turn out to be none. */
const SPARE = 20;
/** A run of Han characters of this length may be several words. */
const LONG_RUN = /[\p{Script=Han}]{4,}/gu;

export interface SearchOptions {
  readonly store: DocumentStore;
  readonly blobs: Pick<BlobStore, 'read'>;
  readonly annotationCount: AnnotationCount;
  /** The built script of the worker (`src/core/search/worker.ts`). */
  readonly worker: string | URL;
  readonly log: Log;
}

export interface Search extends Disposable {
  readonly service: Implementation<typeof search>;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** `慢性乙型肝炎治疗` as words with spaces between them; one-character words are left out. */
const inWords = (text: string): string =>
  text.replace(LONG_RUN, (run) => {
    const words = [...segmenter.segment(run)].map(({ segment }) => segment).filter((word) => word.length > 1);
    return words.length < 2 ? run : ` ${words.join(' ')} `;
  });

/** Starts a worker, fills its index from the store and keeps it in step. */
export const createSearch = ({ store, blobs, annotationCount, worker: path, log }: SearchOptions): Search => {
  const texts = new FullTexts(blobs);
  const worker = new SearchWorker(path, log);
  const indexer = new Indexer(store, worker, texts, log);

  const hitsOf = async ({ hits, words, total }: RankedHits, limit: number) => {
    const matcher = new Matcher(words);
    const shown: SearchHit[] = [];
    let dropped = 0;
    for (const { id, fields } of hits) {
      if (shown.length === limit) break;
      const stored = findArticle(store, ArticleId.parse(id));
      const hit =
        stored === undefined || stored.deletedAt !== undefined
          ? undefined
          : await hitOf({
              stored,
              fields,
              matcher,
              annotations: indexer.annotationsOf(stored.value.id),
              annotationCount: annotationCount(stored.value.id),
              texts,
            });
      if (hit === undefined) dropped += 1;
      else shown.push(hit);
    }
    return { hits: shown, total: Math.max(shown.length, total - dropped) };
  };

  const ask = async (text: string, limit: number, { signal }: CallContext) =>
    hitsOf(await worker.query(text, limit + SPARE, signal), limit);

  return {
    service: {
      query: async ({ text, limit }, context) => {
        const found = await ask(text, limit, context);
        const words = found.hits.length === 0 ? inWords(text) : text;
        // Chinese is written without spaces: where nobody wrote it in one piece, its words are looked for.
        const answer = words === text ? found : await ask(words, limit, context);
        return { ...answer, state: indexer.state };
      },
      state: () => indexer.state,
      didChangeState: indexer.onDidChangeState,
    },
    dispose: () => disposeAll([worker, indexer]).dispose(),
  };
};
