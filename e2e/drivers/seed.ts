import { abstractDocument, textHashOf, writeDocument } from '#core/reader/html';
import { openLibrary } from '#core/storage/open';
import { randomId } from '#shared/lib/ids';
import { Annotation } from '#shared/model/annotation';
import { Article, type DocumentRef } from '#shared/model/article';
import type { TextBlock } from '#shared/model/draft';
import { describe } from '#shared/text/describe';

export interface SeedArticle {
  readonly title: string;
  readonly fields?: Partial<Article>;
  readonly body?: readonly TextBlock[];
  /** Words to highlight beforehand, each at its first place in the text, or in the text as it was `before`. */
  readonly marks?: readonly {
    readonly words: string;
    readonly note?: string;
    readonly tags?: readonly string[];
    readonly before?: string;
  }[];
}

const marksOf = (article: Article, document: DocumentRef, text: string, marks: SeedArticle['marks']) =>
  (marks ?? []).map(({ words, note = '', tags = [], before }) => {
    const marked = before ?? text;
    const textHash = textHashOf(marked);
    const start = marked.indexOf(words);
    const target = describe({ ...document, textHash }, marked, { start, end: start + words.length });
    const time = '2026-03-04T05:06:07.000Z';
    const id = randomId();
    return Annotation.parse({
      id,
      articleId: article.id,
      target,
      colour: 'finding',
      note,
      tags: [...tags],
      created: time,
      modified: time,
    });
  });

/** Puts articles into a library before the app is started on it, through the same store that the app uses. */
export const seedLibrary = async (
  path: string,
  userData: string,
  seeds: readonly SeedArticle[],
): Promise<void> => {
  const opened = await openLibrary({ path, userData, create: true, mode: 'read-write' });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const { store, blobs } = opened.value;
  for (const { title, fields = {}, body, marks } of seeds) {
    const abstract = { sections: [], ...fields };
    const written = body === undefined ? abstractDocument(abstract) : writeDocument(body);
    const { html, text } = written;
    const documents = [abstractDocument(abstract).ref];
    if (body !== undefined) {
      const content = await blobs.put('documents', 'html', new TextEncoder().encode(html));
      documents.push({ id: content, kind: 'full-text', textHash: textHashOf(text), textRules: 1, content });
    }
    const article = Article.parse({
      id: randomId(),
      title,
      author: [],
      abstractCutOff: false,
      keyword: [],
      publicationTypes: [],
      otherIds: [],
      completeness: body === undefined ? 'abstract' : 'full-text',
      documents,
      provenance: [],
      added: '2026-01-02T03:04:05.000Z',
      modified: '2026-01-02T03:04:05.000Z',
      reading: { priority: 2 },
      tags: [],
      collections: [],
      related: [],
      ...abstract,
    });
    const annotations = marksOf(article, documents.at(-1) ?? abstractDocument(abstract).ref, text, marks);
    await store.write({
      label: 'history.import',
      capture: 'never',
      writes: [
        { table: 'articles', id: article.id, value: article },
        ...annotations.map((value) => ({ table: 'annotations' as const, id: value.id, value })),
      ],
    });
  }
  await store.close();
};

/** How many articles lie in a library that no host has open, and how many of them have each reading status. */
export const statusCounts = async (
  path: string,
  userData: string,
): Promise<Record<string, number> & { total: number }> => {
  const opened = await openLibrary({ path, userData, create: false, mode: 'read-only' });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const counts = { total: 0, 'to-read': 0 };
  const { store } = opened.value;
  for (const { value } of store.all('articles')) {
    counts.total += 1;
    if (value?.reading.status === 'to-read') counts['to-read'] += 1;
  }
  await store.close();
  return counts;
};
