import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type { SearchHit, SearchState } from '#shared/contract/search';
import type { Annotation } from '#shared/model/annotation';
import type { Article } from '#shared/model/article';
import type { AnnotationId, ArticleId } from '#shared/model/ids';
import { context } from '../../test/call-context';
import { addArticles, sampleArticle, type TempLibrary, tempLibrary } from '../../test/temp-library';
import { createLog } from '../lib/log';
import { writeDocument } from '../reader/html';
import { createSearch, type Search } from './service';

let library: TempLibrary;
let search: Search;
let logged: string[];
const never = context.signal;

beforeEach(async () => {
  library = await tempLibrary();
  logged = [];
});
afterEach(async () => {
  search.dispose();
  await library.remove();
});

const start = (): void => {
  const { store, blobs } = library;
  const { search: script } = inject('workers');
  const log = createLog((line) => logged.push(line));
  search = createSearch({ store, blobs, annotationCount: () => 1, worker: script, log });
};
const query = (text: string, limit = 50) => search.service.query({ text, limit }, { signal: never });
const hits = async (text: string): Promise<SearchHit[]> => (await query(text)).hits;
const ready = async (): Promise<void> =>
  vi.waitFor(() => expect(search.service.state({}, { signal: never })).toMatchObject({ ready: true }), 5000);
const eventually = (text: string, expected: readonly ArticleId[]) =>
  vi.waitFor(async () => expect((await hits(text)).map((hit) => hit.id)).toEqual(expected), 5000);

const noteOn = (article: Article, note: string): Annotation => ({
  id: 'note1' as AnnotationId,
  articleId: article.id,
  target: {
    documentId: 'abstract',
    textHash: 'a'.repeat(64),
    selector: {
      quote: { type: 'TextQuoteSelector', exact: 'stem', prefix: '', suffix: '' },
      position: { type: 'TextPositionSelector', start: 12, end: 16 },
    },
  },
  colour: 'finding',
  note,
  tags: [],
  created: '2026-01-02T03:04:05.000Z',
  modified: '2026-01-02T03:04:05.000Z',
});
const write = (changes: Parameters<TempLibrary['store']['write']>[0]['writes']) =>
  library.store.write({ label: 'history.test', capture: 'never', writes: changes });

describe('search', () => {
  it('finds a word of the abstract with its place in the reading text', async () => {
    const article = sampleArticle();
    await addArticles(library.store, article);
    start();
    await ready();
    const [hit] = await hits('promising');
    expect(hit).toMatchObject({ id: article.id, field: 'abstract', passage: { documentId: 'abstract' } });
    const [from, to] = hit?.snippet.marks[0] ?? [0, 0];
    expect(hit?.snippet.text.slice(from, to)).toBe('promising');
    expect(article.abstract?.slice(hit?.passage?.start, hit?.passage?.end)).toBe('promising');
  });

  it('marks the title, and shows the beginning of the abstract when nothing else matches', async () => {
    await addArticles(library.store, sampleArticle());
    start();
    await ready();
    const [hit] = await hits('homing');
    expect(hit?.field).toBe('title');
    expect(hit?.title.marks).toEqual([[0, 6]]);
    expect(hit?.snippet).toEqual({ text: expect.stringMatching(/^Mesenchymal/), marks: [] });
  });

  it('names the note, follows its changes, and forgets what is in the Trash', async () => {
    const article = sampleArticle();
    await addArticles(library.store, article);
    start();
    await ready();
    const note = noteOn(article, 'Compare with **albumin** trial');
    await write([{ table: 'annotations', id: note.id, value: note }]);
    await eventually('albumin', [article.id]);
    const [hit] = await hits('albumin');
    expect(hit).toMatchObject({ field: 'note', annotationId: note.id, passage: { start: 12, end: 16 } });
    expect(hit?.snippet).toEqual({ text: 'Compare with albumin trial', marks: [[13, 20]] });
    await write([{ table: 'annotations', id: note.id, value: { ...note, note: 'terlipressin' } }]);
    await eventually('albumin', []);
    await eventually('terlipressin', [article.id]);
    await write([{ table: 'articles', id: article.id, value: article, trash: true }]);
    await eventually('terlipressin', []);
    await write([{ table: 'articles', id: article.id, value: article, trash: false }]);
    await eventually('terlipressin', [article.id]);
    await write([{ table: 'annotations', id: note.id, value: null }]);
    await eventually('terlipressin', []);
    await write([{ table: 'articles', id: article.id, value: null }]);
    await eventually('mesenchymal', []);
  });

  it('finds Chinese in order only, and by its words where nobody wrote it in one piece', async () => {
    const [yes, no] = [
      sampleArticle({ title: '甲', abstract: '原发性肝细胞癌患者的治疗。' }),
      sampleArticle({ title: '乙', abstract: '细胞癌变，肝细。' }),
    ] as const;
    await addArticles(library.store, yes, no);
    start();
    await ready();
    expect((await hits('肝细胞癌')).map((hit) => hit.id)).toEqual([yes.id]);
    expect((await hits('患者治疗')).map((hit) => hit.id)).toEqual([yes.id]);
    expect((await hits('变')).map((hit) => hit.id)).toEqual([no.id]);
  });

  it('opens a full text at the passage', async () => {
    const written = writeDocument([
      { level: 0, text: 'First.' },
      { level: 0, text: 'Then the <b>paracentesis</b>.' },
    ]);
    const content = await library.blobs.put('documents', 'html', new TextEncoder().encode(written.html));
    const base = sampleArticle();
    const full = { id: content, kind: 'full-text', textHash: content, textRules: 1, content } as const;
    await addArticles(library.store, { ...base, documents: [...base.documents, full] });
    start();
    await ready();
    const [hit] = await hits('paracentesis');
    expect(hit).toMatchObject({ field: 'text', passage: { documentId: content } });
    expect(hit?.snippet.text).toContain('<b>paracentesis</b>');
    expect(written.text.slice(hit?.passage?.start, hit?.passage?.end)).toBe('paracentesis');
  });

  it('answers while the index is filling, and says so', async () => {
    const many = Array.from({ length: 1500 }, (_, n) => sampleArticle({ title: `Study ${n}` }));
    await addArticles(library.store, ...many);
    start();
    const states: SearchState[] = [];
    search.service.didChangeState((state) => states.push(state));
    const early = await query('mesenchymal');
    expect(early.state).toMatchObject({ ready: false, total: 1500 });
    // It waits for the batches that were there before it, and for no others.
    expect(early.state.indexed).toBeLessThan(750);
    await ready();
    expect(states.at(-1)).toEqual({ ready: true, indexed: 1500, total: 1500 });
    expect((await query('mesenchymal', 10)).total).toBe(1500);
  });

  it('gives up a query whose caller has gone', async () => {
    await addArticles(library.store, sampleArticle());
    start();
    let abort = (): void => {};
    const signal = {
      ...never,
      addEventListener: (_: 'abort', listener: () => void) => {
        abort = listener;
      },
    };
    const asked = search.service.query({ text: 'stem', limit: 5 }, { signal });
    abort();
    await expect(asked).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  });
});
