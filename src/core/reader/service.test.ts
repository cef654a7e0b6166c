import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArticleId } from '#shared/model/ids';
import { context } from '../../test/call-context';
import { addArticles, sampleArticle, type TempLibrary, tempLibrary } from '../../test/temp-library';
import { History } from '../storage/history';
import { abstractDocument, readingTextOf, textHashOf, writeDocument } from './html';
import { createReader } from './service';

let library: TempLibrary;
const reader = () => createReader({ store: library.store, blobs: library.blobs, annotationCount: () => 3 });

beforeEach(async () => {
  library = await tempLibrary();
});
afterEach(() => library.remove());

describe('reader.open', () => {
  it('gives the article, its text and its related articles, and notes that it was opened', async () => {
    const stub = sampleArticle({ completeness: 'stub', title: 'Stub' });
    const article = sampleArticle({
      related: [stub.id, ArticleId.parse('gone')],
      reading: { priority: 2, status: 'to-read' },
    });
    await addArticles(library.store, article, stub);
    const history = new History(library.store);
    const opened = await reader().service.open({ id: article.id }, context);
    expect(opened.article.reading).toMatchObject({ status: 'reading', opened: expect.any(String) });
    expect(opened.article.modified).toBe(article.modified);
    expect(opened.related).toMatchObject([{ id: stub.id, title: 'Stub', annotations: 3 }]);
    expect(opened).toMatchObject({
      inTrash: false,
      document: abstractDocument(article).ref,
      textUrl: `/reading/${article.id}/abstract`,
    });
    expect(history.undoLabel).toBeUndefined();
    history.dispose();
  });

  it('leaves other statuses alone and writes nothing within the same visit', async () => {
    const article = sampleArticle({ reading: { priority: 2, status: 'read' } });
    await addArticles(library.store, article);
    const { service } = reader();
    await service.open({ id: article.id }, context);
    const before = library.store.seq;
    expect((await service.open({ id: article.id }, context)).article.reading.status).toBe('read');
    expect(library.store.seq).toBe(before);
  });

  it('works in the Trash and in a library that is read only, and writes nothing there', async () => {
    const [kept, trashed] = [sampleArticle({ reading: { priority: 2, status: 'to-read' } }), sampleArticle()];
    await addArticles(library.store, kept, trashed);
    await library.store.write({
      label: 'history.trash',
      capture: 'step',
      writes: [{ table: 'articles', id: trashed.id, value: trashed, trash: true }],
    });
    const before = library.store.seq;
    expect((await reader().service.open({ id: trashed.id }, context)).inTrash).toBe(true);
    expect(library.store.seq).toBe(before);
    await library.reopen('read-only');
    const opened = await reader().service.open({ id: kept.id }, context);
    expect(opened.article.reading).toEqual({ priority: 2, status: 'to-read' });
    await expect(
      reader().service.setPosition(
        { id: kept.id, position: { documentId: 'abstract', block: 0, fraction: 1 } },
        context,
      ),
    ).rejects.toMatchObject({ problem: { code: 'read-only' } });
  });

  it('says when the article is gone', async () => {
    await expect(reader().service.open({ id: ArticleId.parse('gone') }, context)).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});

describe('reader.setPosition', () => {
  it('keeps the place over a restart, outside the history', async () => {
    const article = sampleArticle();
    await addArticles(library.store, article);
    const history = new History(library.store);
    const position = { documentId: 'abstract', block: 1, fraction: 0.5 };
    await reader().service.setPosition({ id: article.id, position }, context);
    const before = library.store.seq;
    await reader().service.setPosition({ id: article.id, position }, context);
    expect(library.store.seq).toBe(before);
    expect(history.undoLabel).toBeUndefined();
    history.dispose();
    await library.reopen();
    expect((await reader().service.open({ id: article.id }, context)).article.reading.position).toEqual(
      position,
    );
    const elsewhere = { ...position, documentId: '0'.repeat(64) };
    await expect(
      reader().service.setPosition({ id: article.id, position: elsewhere }, context),
    ).rejects.toMatchObject({ problem: { code: 'not-found' } });
  });
});

describe('readingText', () => {
  it('makes the abstract from the record and reads a full text from its file', async () => {
    const { html, text } = writeDocument([
      { level: 1, text: 'Aims <i>' },
      { level: 0, text: '目的' },
    ]);
    const content = await library.blobs.put('documents', 'html', new TextEncoder().encode(html));
    const full = {
      id: content,
      kind: 'full-text' as const,
      textHash: textHashOf(text),
      textRules: 1,
      content,
    };
    const plain = sampleArticle();
    const article = sampleArticle({ documents: [...plain.documents, full] });
    await addArticles(library.store, article);
    const { readingText, service } = reader();
    expect(await readingText(article.id, content)).toBe(html);
    expect(readingTextOf((await readingText(article.id, 'abstract'))!)).toBe(article.abstract);
    expect((await service.open({ id: article.id }, context)).document).toEqual(full);
  });

  it.each([
    ['nobody', 'abstract'],
    ['../../etc', 'abstract'],
    ['', ''],
  ])('has nothing for article %j', async (id, document) => {
    expect(await reader().readingText(id, document)).toBeUndefined();
  });

  it('has nothing for a document that is not there, or whose file is gone', async () => {
    const lost = {
      id: 'a'.repeat(64),
      kind: 'full-text' as const,
      textHash: 'b'.repeat(64),
      textRules: 1,
      content: 'a'.repeat(64),
    };
    const article = sampleArticle({ documents: [lost] });
    await addArticles(library.store, article);
    expect(await reader().readingText(article.id, lost.id)).toBeUndefined();
    expect(await reader().readingText(article.id, 'c'.repeat(64))).toBeUndefined();
  });
});
