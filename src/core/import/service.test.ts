import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { ImportPreview } from '#shared/contract/import';
import type { Article, Bibliographic } from '#shared/model/article';
import { context } from '../../test/call-context';
import { type TempLibrary, tempLibrary } from '../../test/temp-library';
import { createUploadStore, type UploadStore } from '../content/uploads';
import { createLog } from '../lib/log';
import { readingTextOf, textHashOf } from '../reader/html';
import { History } from '../storage/history';
import { createReadThread } from './read-thread';
import { createImporting, type Importing } from './service';

const SAMPLE = new URL('../../../resources/sample/europub-768460.txt', import.meta.url);
const fixture = (name: string): URL => new URL(`./page/fixtures/${name}.txt`, import.meta.url);
const still = context.signal;

let library: TempLibrary;
let parent: string;
let uploads: UploadStore;
let importing: Importing;
beforeEach(async () => {
  library = await tempLibrary();
  parent = await mkdtemp(join(tmpdir(), 'hepatica-import-'));
  uploads = await createUploadStore(undefined, parent);
  const reader = createReadThread(inject('workers').import);
  const log = createLog(() => {});
  importing = createImporting({ ...library, uploads, reader, annotationCount: () => 0, log });
});
afterEach(async () => {
  await importing.dispose();
  await uploads.dispose();
  await library.remove();
  await rm(parent, { recursive: true, force: true });
});

const upload = async (content: URL | string | Uint8Array): Promise<string> => {
  const bytes = content instanceof URL ? await readFile(content) : Buffer.from(content);
  return uploads.accept([bytes]);
};
const previewAll = async (...contents: (URL | string | Uint8Array)[]) => {
  const sources = [];
  for (const [at, content] of contents.entries())
    sources.push({ upload: await upload(content), kind: 'file' as const, fileName: `page-${at}.txt` });
  return importing.service.preview({ sources }, () => {}, { signal: still });
};
const preview = async (content: URL | string): Promise<ImportPreview> => {
  const [answer] = await previewAll(content);
  if (!answer?.ok) throw new Error(answer?.problem.message ?? 'no answer');
  return answer.preview;
};
const save = async (
  from: ImportPreview,
  change: Partial<Bibliographic> = {},
  duplicate: 'keep' | 'update-missing' | 'keep-both' = 'keep',
) =>
  importing.service.save(
    { previewId: from.previewId, fields: { ...from.draft.fields, ...change }, duplicate },
    { signal: still },
  );
const articles = (): Article[] =>
  [...library.store.all('articles')].flatMap(({ value, deletedAt }) =>
    value && deletedAt === undefined ? [value] : [],
  );
const byId = (id: string): Article => {
  const found = articles().find((article) => article.id === id);
  if (!found) throw new Error(`no article ${id}`);
  return found;
};

describe('the sample', () => {
  it('is previewed with its lines, and nothing is stored', async () => {
    const shown = await preview(SAMPLE);
    expect(shown).toMatchObject({ fileName: 'page-0.txt', encoding: 'utf-8', hiddenLines: 0 });
    expect(shown.sourceLines).toHaveLength(shown.draft.lines.length);
    expect(shown.duplicate).toBeUndefined();
    expect(articles()).toEqual([]);
  });

  it('becomes one article and five stubs in one step, and is there after a restart', async () => {
    const saved = await save(await preview(SAMPLE));
    expect(saved).toMatchObject({ outcome: 'added', stubs: 5 });
    expect(library.store.seq).toBe(1);
    await library.reopen();
    const article = byId(saved.id);
    expect(article).toMatchObject({
      completeness: 'abstract',
      reading: { status: 'inbox', priority: 2 },
      volume: '41',
    });
    expect(article.provenance).toMatchObject([{ format: 'europub', fileName: 'page-0.txt' }]);
    const stubs = article.related.map(byId);
    expect(stubs).toHaveLength(5);
    expect(stubs.every((stub) => stub.completeness === 'stub' && stub.reading.status === undefined)).toBe(
      true,
    );
    expect(stubs[1]?.sections.map((section) => section.label)).toEqual(['Objective', 'Methods']);
    const source = article.provenance[0]?.source ?? '';
    const kept = await library.blobs.read('sources', source);
    expect(kept && Buffer.compare(kept, await readFile(SAMPLE))).toBe(0);
  });

  it('is seeded once through the same service, and not undoable', async () => {
    const folder = new URL('.', SAMPLE).pathname;
    await importing.seed(folder);
    await importing.seed(folder);
    expect(articles().filter((article) => article.completeness === 'abstract')).toHaveLength(1);
    expect(articles()[0]?.provenance[0]?.fileName).toBe('europub-768460.txt');
  });

  it('is taken back whole by one undo, and comes again with redo', async () => {
    const history = new History(library.store);
    const { id } = await save(await preview(SAMPLE));
    expect(articles()).toHaveLength(6);
    await history.undo();
    expect(articles()).toEqual([]);
    // What was taken back is no duplicate.
    expect((await preview(SAMPLE)).duplicate).toBeUndefined();
    await history.redo();
    expect(byId(id).related.map(byId)).toHaveLength(5);
    history.dispose();
  });

  it('keeps what the reader corrected, and sections only where they still fit', async () => {
    const shown = await preview(fixture('europub-all-labels'));
    const abstract = `Note. ${shown.draft.fields.abstract}`;
    const { id } = await save(shown, { title: ' Corrected ', abstract, volume: '' });
    const article = byId(id);
    expect(article).toMatchObject({ title: 'Corrected', abstract });
    expect(article).not.toHaveProperty('volume');
    expect(article.sections.length).toBeGreaterThan(0);
    for (const { start, end } of article.sections) expect(abstract.slice(start, end)).toMatch(/^[A-Z].*\.$/s);
  });
});

describe('duplicates', () => {
  it('keep changes nothing', async () => {
    const first = await save(await preview(SAMPLE));
    const again = await preview(SAMPLE);
    expect(again.duplicate).toMatchObject({ by: 'title', stub: false, row: { id: first.id } });
    expect(await save(again)).toEqual({ id: first.id, outcome: 'kept', stubs: 0 });
    expect(library.store.seq).toBe(1);
  });

  it('update fills what is missing and overwrites nothing', async () => {
    const first = await save(await preview(SAMPLE), { volume: '99', keyword: ['Liver'] });
    const again = await preview(SAMPLE);
    const updated = await save(
      again,
      { DOI: '10.12449/jch250327', keyword: ['liver', 'Stem Cells'] },
      'update-missing',
    );
    expect(updated).toMatchObject({ id: first.id, outcome: 'updated', stubs: 0 });
    expect(byId(first.id)).toMatchObject({
      volume: '99',
      DOI: '10.12449/jch250327',
      keyword: ['Liver', 'Stem Cells'],
    });
    expect(byId(first.id).provenance).toHaveLength(2);
    expect(articles()).toHaveLength(6);
  });

  it('keep both adds another, with the same stubs', async () => {
    await save(await preview(SAMPLE));
    expect(await save(await preview(SAMPLE), {}, 'keep-both')).toMatchObject({ outcome: 'added', stubs: 0 });
    expect(articles()).toHaveLength(7);
  });

  it('two of the same in one go are one article', async () => {
    const answers = await previewAll(SAMPLE, SAMPLE);
    const both = answers.flatMap((answer) => (answer.ok ? [answer.preview] : []));
    const outcomes = await Promise.all(both.map((shown) => save(shown)));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['added', 'kept']);
  });

  it('leaves nothing out that a corrected title made like another, which nobody was asked about', async () => {
    await save(await preview(SAMPLE));
    const shown = await preview('Another title\nOf another text, with a word of its own.');
    const { title, author, issued } = articles().find((each) => each.author.length > 0) ?? shown.draft.fields;
    const corrected = { title, author, ...(issued === undefined ? {} : { issued }) };
    expect(await save(shown, corrected, 'keep')).toMatchObject({ outcome: 'added' });
  });

  it('fills a stub in, which keeps its id, tags and place', async () => {
    const { id } = await save(await preview(SAMPLE));
    const stub = byId(byId(id).related[0] ?? '');
    const value: Article = { ...stub, tags: ['HBV'], reading: { status: 'to-read', priority: 1 } };
    await library.store.write({
      label: 'history.edit',
      capture: 'step',
      writes: [{ table: 'articles', id: stub.id, value }],
    });
    const page = `${stub.title}\nJournal Title: Journal of Clinical Hepatology - Year 2025, Vol 41, Issue 3\nAbstract\n[Objective] To investigate HBV RNA. [Conclusion] It is useful.\nAuthors and Affiliations\nWei LI`;
    const shown = await preview(page);
    expect(shown.duplicate).toMatchObject({ stub: true, row: { id: stub.id } });
    expect(await save(shown, {}, 'update-missing')).toMatchObject({ id: stub.id, outcome: 'updated' });
    expect(byId(stub.id)).toMatchObject({
      completeness: 'abstract',
      abstract: '[Objective] To investigate HBV RNA. [Conclusion] It is useful.',
      abstractCutOff: false,
      tags: ['HBV'],
      reading: { status: 'to-read', priority: 1 },
      volume: '41',
    });
  });
});

describe('a file with several records', () => {
  const record = (number: number, words = 1): string =>
    `${number}. Gut. 2023 Dec;72(12):${number}-${number + 9}. doi: 10.99999/gut.${number}.\n\n` +
    `Title number ${number} about the liver.\n\nJensen K, Olsen P.\n\n` +
    `${'The liver is well. '.repeat(words).trim()}\n\nDOI: 10.99999/gut.${number}\nPMID: ${900 + number}\n\n\n`;
  const records = (count: number, words?: number): string =>
    Array.from({ length: count }, (_, at) => record(at + 1, words)).join('');
  const all = async (text: string): Promise<{ previews: ImportPreview[]; calls: number }> => {
    const previews: ImportPreview[] = [];
    let calls = 0;
    let next: string | undefined = await upload(text);
    while (next !== undefined) {
      const sources = [{ upload: next, kind: 'file' as const, fileName: 'many.txt' }];
      const answers = await importing.service.preview({ sources }, () => {}, { signal: still });
      expect(Buffer.byteLength(JSON.stringify(answers))).toBeLessThan(1_000_000);
      calls += 1;
      next = undefined;
      for (const answer of answers) {
        if (!answer.ok) throw new Error(answer.problem.message);
        previews.push(answer.preview);
        next = answer.rest;
      }
    }
    return { previews, calls };
  };

  it('is a preview a record, each with its own lines', async () => {
    const { previews, calls } = await all(records(3));
    expect(calls).toBe(1);
    expect(previews.map((shown) => shown.draft.fields.title)).toEqual(
      [1, 2, 3].map((number) => `Title number ${number} about the liver`),
    );
    for (const [at, { sourceLines, draft, fileName }] of previews.entries()) {
      expect(fileName).toBe('many.txt');
      expect(sourceLines[0]).toContain(`${at + 1}. Gut`);
      expect(sourceLines).toHaveLength(draft.lines.length);
      expect(draft.lines[2]).toBe('title');
    }
  });

  it('becomes articles of their own, each with its own text as its source', async () => {
    const { previews } = await all(records(3));
    const [first, second] = previews;
    if (!first || !second) throw new Error('no previews');
    const { id } = await save(second);
    await importing.service.discard({ previewIds: [first.previewId] }, { signal: still });
    const source = byId(id).provenance[0]?.source ?? '';
    const kept = await library.blobs.read('sources', source);
    expect(Buffer.from(kept ?? []).toString('utf8')).toBe(record(2));
    await importing.service.discard(
      { previewIds: previews.map((each) => each.previewId) },
      { signal: still },
    );
    const [own] = await readdir(parent);
    expect(await readdir(join(parent, own ?? ''))).toEqual([]);
  });

  it.each([
    ['short', 450, 1],
    ['long', 300, 200],
  ])('comes whole in several answers when it is too much for one (%s records)', async (_, count, words) => {
    const { previews, calls } = await all(records(count, words));
    expect(calls).toBeGreaterThan(1);
    expect(previews.map((shown) => shown.draft.fields.PMID)).toEqual(
      Array.from({ length: count }, (__, at) => String(901 + at)),
    );
    expect(previews.every((shown) => shown.hiddenLines === 0)).toBe(true);
  });

  it('leaves the other sources of a call their room', async () => {
    const answers = await previewAll(records(200, 200), SAMPLE, 'One line');
    expect(answers.slice(-2)).toMatchObject([
      { ok: true, preview: { draft: { shape: 'europub' } } },
      { ok: true, preview: { draft: { shape: 'unknown' } } },
    ]);
    expect(answers.at(-3)).toHaveProperty('rest');
  });
});

describe('a full text', () => {
  it('is stored as HTML whose text has the hash that the record names', async () => {
    const { id } = await save(await preview(fixture('publisher-mdpi-full')));
    const article = byId(id);
    const full = article.documents.find((document) => document.kind === 'full-text');
    const html = await library.blobs.read('documents', full?.content ?? '');
    const text = readingTextOf(Buffer.from(html ?? []).toString('utf8'));
    expect(textHashOf(text)).toBe(full?.textHash);
    expect(text).toContain('Primary sclerosing cholangitis is a cholestatic liver disease');
    expect(text).toContain('The Farnesoid X Receptor');
    expect(article.completeness).toBe('full-text');
  });
});

describe('bad input', () => {
  it('answers for each source, and one bad one does not stop the others', async () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2);
    const answers = await previewAll('', png, SAMPLE, 'One line');
    expect(answers.map((answer) => (answer.ok ? answer.preview.draft.shape : answer.problem.code))).toEqual([
      'empty-input',
      'binary-input',
      'europub',
      'unknown',
    ]);
    expect(answers[1]).toMatchObject({
      ok: false,
      fileName: 'page-1.png'.replace('png', 'txt'),
      problem: { file: 'page-1.txt' },
    });
  });

  it.each([
    ['a title of 10,000 characters', 'liver '.repeat(1700), 300],
    ['right-to-left and control characters', 'A \u202Eeltit\u2066 of \u0007\u0085liver\u200F', 17],
  ])('stores %s as a title that can be shown', async (_, line, most) => {
    const { id } = await save(await preview(`${line}\nThe text of it.`));
    const { title } = byId(id);
    expect(title.length).toBeLessThanOrEqual(most);
    expect(title).toMatch(/^[\p{L} ]+$/u);
  });

  it('says in which encoding a page was read, and what was taken out of it', async () => {
    const chinese = Buffer.from(
      'b8ced3b2bbafb5c4d6cec1c6d1d0bebfa3acb1becec4d7dbcaf6c1cbc6e4bbfad6c6a1a3',
      'hex',
    );
    const [gb, nuls] = await previewAll(chinese, `Liver\0 ${'and gut '.repeat(100)}`);
    expect(gb).toMatchObject({
      preview: { encoding: 'gb18030', encodingDoubts: [{ code: 'guessed', count: 1 }] },
    });
    expect(nuls).toMatchObject({
      preview: { encoding: 'utf-8', encodingDoubts: [{ code: 'nuls-removed', count: 1 }] },
    });
  });

  it('knows an upload only once', async () => {
    const sources = [{ upload: 'nothing', kind: 'paste' as const }];
    const [answer] = await importing.service.preview({ sources }, () => {}, { signal: still });
    expect(answer).toMatchObject({ ok: false, problem: { code: 'upload-unknown' } });
    const once = { upload: await upload(SAMPLE), kind: 'paste' as const };
    const twice = await importing.service.preview({ sources: [once, once] }, () => {}, { signal: still });
    expect(twice).toMatchObject([{ ok: true }, { ok: false, problem: { code: 'upload-unknown' } }]);
  });

  it('shows 5 MB within one message, and keeps every word of it', async () => {
    const line = 'The liver is an organ and this is a line about it.\n';
    const text = `Title\n${line.repeat(100_000)}`;
    const shown = await preview(text);
    expect(Buffer.byteLength(JSON.stringify(shown))).toBeLessThan(900_000);
    expect(shown.sourceLines).toHaveLength(shown.draft.lines.length);
    expect(shown.hiddenLines + shown.sourceLines.length).toBe(100_002);
    const { id } = await save(shown);
    const full = byId(id).documents.find((document) => document.kind === 'full-text');
    const html = await library.blobs.read('documents', full?.content ?? '');
    expect(
      Buffer.from(html ?? [])
        .toString('utf8')
        .match(/this is a line/g),
    ).toHaveLength(100_000);
  });

  it('a preview that was saved, discarded or never made cannot be saved', async () => {
    const shown = await preview(SAMPLE);
    await importing.service.discard({ previewIds: [shown.previewId, 'nothing'] }, { signal: still });
    await expect(save(shown)).rejects.toMatchObject({ problem: { code: 'not-found' } });
    await expect(save(await preview(SAMPLE), { title: ' ' })).rejects.toMatchObject({
      problem: { code: 'bad-request' },
    });
  });

  it('leaves no file behind', async () => {
    await save(await preview(SAMPLE));
    const shown = await preview('One line');
    await importing.service.discard({ previewIds: [shown.previewId] }, { signal: still });
    await previewAll('');
    const [own] = await readdir(parent);
    expect(await readdir(join(parent, own ?? ''))).toEqual([]);
  });

  it('stops when the caller is gone', async () => {
    const sources = [{ upload: await upload(SAMPLE), kind: 'paste' as const }];
    const gone = { ...still, aborted: true };
    await expect(importing.service.preview({ sources }, () => {}, { signal: gone })).rejects.toMatchObject({
      problem: { code: 'cancelled' },
    });
  });
});
