import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SearchState } from '#shared/contract/search';
import { type Disposable, disposeAll, toDisposable } from '#shared/lib/disposable';
import { Emitter } from '#shared/lib/event';
import type { Annotation } from '#shared/model/annotation';
import type { AnnotationId, ArticleId } from '#shared/model/ids';
import type { Log } from '../lib/log';
import type { Change, DocumentStore } from '../storage/types';
import { documentOf, sameForSearch } from './document';
import type { IndexedDocument } from './fields';
import type { FullTexts } from './full-texts';
import type { SearchWorker } from './worker-client';

/** Articles in a batch: some 20 ms of the worker's time, which a query may have to wait for. */
const BATCH = 64;
/** Batches under way, so that the worker never waits for the service. */
const MAX_UNDER_WAY = 2;
/** From this many changed articles on, the index says that it is being filled. */
const MANY = 256;
/** Milliseconds between two reports while it is being filled. */
const REPORT_EVERY = 150;

/** Keeps the worker's index in step with the store. */
export class Indexer implements Disposable {
  readonly #store: DocumentStore;
  readonly #worker: SearchWorker;
  readonly #texts: FullTexts;
  readonly #log: Log;
  readonly #annotations = new Map<ArticleId, Set<AnnotationId>>();
  /** Articles whose state in the worker is not that in the store. */
  readonly #pending = new Set<ArticleId>();
  readonly #sending = new Set<ArticleId>();
  #underWay = 0;
  #filling = true;
  #lastReport = 0;
  #disposed = false;
  readonly #didChangeState = new Emitter<SearchState>();
  readonly onDidChangeState = this.#didChangeState.event;
  readonly #subscriptions: Disposable;

  constructor(store: DocumentStore, worker: SearchWorker, texts: FullTexts, log: Log) {
    this.#store = store;
    this.#worker = worker;
    this.#texts = texts;
    this.#log = log;
    for (const { id, value, deletedAt } of store.all('annotations'))
      if (value !== null && deletedAt === undefined) this.#link(value.articleId, id);
    this.#subscriptions = disposeAll([
      store.onDidCommit(({ changes }) => {
        for (const change of changes) this.#notice(change);
        this.#pump();
      }),
      worker.onDidRestart(() => this.#fill()),
      toDisposable(() => {
        this.#disposed = true;
      }),
    ]);
    this.#fill();
  }

  get state(): SearchState {
    let total = 0;
    for (const stored of this.#store.all('articles')) if (isLive(stored)) total += 1;
    const ready = !this.#filling && this.#worker.working;
    return { ready, indexed: ready ? total : Math.max(0, total - this.#pending.size), total };
  }

  /** The article's annotations outside the Trash. */
  annotationsOf(id: ArticleId): Annotation[] {
    return [...(this.#annotations.get(id) ?? [])].flatMap((annotation) => {
      const value = this.#store.get('annotations', annotation)?.value;
      return value === undefined || value === null ? [] : [value];
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #fill(): void {
    this.#filling = true;
    for (const stored of this.#store.all('articles')) if (isLive(stored)) this.#pending.add(stored.id);
    this.#pump();
  }

  #notice(change: Change): void {
    if (change.table === 'articles') {
      const { before, after } = change;
      const same =
        before !== null && isLive(before) && isLive(after) && sameForSearch(before.value, after.value);
      if (!same) this.#pending.add(change.id);
    } else if (change.table === 'annotations') {
      const articleId = change.after.value?.articleId ?? change.before?.value?.articleId;
      if (articleId === undefined) return;
      if (isLive(change.after)) this.#link(articleId, change.id);
      else this.#annotations.get(articleId)?.delete(change.id);
      this.#pending.add(articleId);
    }
    if (this.#pending.size >= MANY) this.#filling = true;
  }

  #link(article: ArticleId, annotation: AnnotationId): void {
    const known = this.#annotations.get(article);
    if (known === undefined) this.#annotations.set(article, new Set([annotation]));
    else known.add(annotation);
  }

  #pump(): void {
    while (this.#underWay < MAX_UNDER_WAY && !this.#disposed && this.#worker.working) {
      const ids = this.#take();
      if (ids.length === 0) return;
      this.#underWay += 1;
      void this.#send(ids);
    }
  }

  /** The next articles, but none that is under way: an older text must not overtake a newer one. */
  #take(): ArticleId[] {
    const ids: ArticleId[] = [];
    for (const id of this.#pending) {
      if (ids.length === BATCH) break;
      if (!this.#sending.has(id)) ids.push(id);
    }
    for (const id of ids) {
      this.#pending.delete(id);
      this.#sending.add(id);
    }
    return ids;
  }

  async #send(ids: readonly ArticleId[]): Promise<void> {
    try {
      // The service has other work too; and changes of the same turn travel together.
      await nextTurn();
      const { seq } = this.#store;
      const upserts: IndexedDocument[] = [];
      const removals: ArticleId[] = [];
      for (const id of ids) {
        const document = await this.#read(id);
        if (document === undefined) removals.push(id);
        else upserts.push(document);
      }
      if (!this.#disposed) await this.#worker.apply({ seq, upserts, removals });
    } catch (error) {
      this.#log.error('articles could not be indexed', { count: ids.length, error });
    } finally {
      this.#underWay -= 1;
      for (const id of ids) this.#sending.delete(id);
      this.#report();
      this.#pump();
    }
  }

  async #read(id: ArticleId): Promise<IndexedDocument | undefined> {
    const stored = this.#store.get('articles', id);
    if (stored === undefined || !isLive(stored)) return undefined;
    let text: string | undefined;
    try {
      text = (await this.#texts.of(stored.value, false))?.text;
    } catch (error) {
      // The rest of the article can be found all the same.
      this.#log.error('a full text could not be read for search', { article: id, error });
    }
    return documentOf(stored.value, this.annotationsOf(id), text);
  }

  #report(): void {
    if (this.#disposed || !this.#filling) return;
    const done = this.#pending.size === 0 && this.#underWay === 0;
    const now = performance.now();
    if (!done && now - this.#lastReport < REPORT_EVERY) return;
    this.#lastReport = now;
    if (done) this.#filling = false;
    this.#didChangeState.fire(this.state);
  }
}

const isLive = <V>(stored: {
  readonly value: V | null;
  readonly deletedAt?: string;
}): stored is {
  readonly value: V;
} => stored.value !== null && stored.deletedAt === undefined;
