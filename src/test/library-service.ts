import { afterEach, beforeEach } from 'vitest';
import { AnnotationIndex } from '#core/annotations/by-article';
import { createLibrary } from '#core/library/service';
import { History } from '#core/storage/history';
import type { Services } from '#shared/contract/hepatica';
import type { Article } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import { context } from './call-context';
import { addArticles, sampleArticle, type TempLibrary, tempLibrary } from './temp-library';

/** The library service over a real library, a fresh one for each test. */
export class LibraryUnderTest {
  temp!: TempLibrary;
  library!: Services['library'];
  history!: History;
  #dispose!: () => void;

  constructor() {
    beforeEach(async () => {
      this.temp = await tempLibrary();
      this.#start();
    });
    afterEach(async () => {
      this.#dispose();
      await this.temp.remove();
    });
  }

  /** Closes the library, and opens it again as the next start of the app does. */
  async restart(mode: 'read-write' | 'read-only' = 'read-write'): Promise<void> {
    this.#dispose();
    await this.temp.reopen(mode);
    this.#start();
  }

  async add(...given: Partial<Article>[]): Promise<ArticleId[]> {
    const articles = given.map((each) => sampleArticle(each));
    await addArticles(this.temp.store, ...articles);
    return articles.map((article) => article.id);
  }

  get(id: ArticleId): Promise<Article> {
    return Promise.resolve(this.library.get({ id }, context));
  }

  #start(): void {
    const index = new AnnotationIndex(this.temp.store);
    const history = new History(this.temp.store);
    const created = createLibrary({ store: this.temp.store, annotationCount: (id) => index.countOf(id) });
    this.library = created.service;
    this.history = history;
    this.#dispose = () => {
      created.dispose();
      history.dispose();
      index.dispose();
    };
  }
}
