import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { createTranslator } from '#shared/messages/translator';
import { Annotation } from '#shared/model/annotation';
import { Article } from '#shared/model/article';
import { Collection } from '#shared/model/collection';
import { Settings } from '#shared/model/settings';
import { change, inLibrary, makeLibrary, writeShard } from '../../test/checked-library';
import {
  annotationWrite,
  contentOf,
  opened,
  removeFolders,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import { addArticles, sampleArticle } from '../../test/temp-library';
import { sha256 } from '../storage/envelope';
import { type ExportReport, exportLibrary } from './export-library';

afterEach(removeFolders);

const t = createTranslator('en');

const exported = async (path: string, file = join(path, '../out.zip')): Promise<ExportReport> => {
  const result = await exportLibrary({ path, file, t });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const unzip = async (file: string): Promise<Record<string, string>> => {
  const entries = unzipSync(await readFile(file));
  return Object.fromEntries(Object.entries(entries).map(([name, bytes]) => [name, strFromU8(bytes)]));
};

/** Back from CSL-JSON to the record: what a reader of the format would do. */
const articleFrom = ({ type: _type, custom, ...item }: Record<string, unknown>): Article =>
  Article.parse({ ...item, ...(custom as object) });

interface WebAnnotation {
  id: string;
  created: string;
  modified: string;
  body: { purpose: string; value: string }[];
  target: { source: string; scope: string; selector: { type: string }[] };
  'hepatica:record': { textHash: string };
}

/** Back from a W3C annotation to the record. */
const annotationFrom = ({ id, created, modified, body, target, ...rest }: WebAnnotation): Annotation => {
  const bodies = (purpose: string) =>
    body.filter((each) => each.purpose === purpose).map(({ value }) => value);
  const [quote, position, section] = target.selector;
  const selector = { quote, position, ...(section === undefined ? {} : { section }) };
  const { textHash } = rest['hepatica:record'];
  return Annotation.parse({
    id: id.split('/')[1],
    articleId: target.scope.split('/')[1],
    target: { documentId: target.source.split('/')[2], textHash, selector },
    colour: bodies('classifying')[0],
    note: bodies('commenting')[0] ?? '',
    tags: bodies('tagging'),
    created,
    modified,
  });
};

describe('exportLibrary', () => {
  it('writes all of it in formats from which it can be read back', async () => {
    const library = await makeLibrary(await temporaryFolder(), {
      author: [{ family: 'Liu', given: 'Yang', affiliation: ['Beijing'] }, { literal: 'Study Group' }],
      keyword: ['liver', 'stem cells'],
      'container-title': 'Hepatology',
      issued: { 'date-parts': [[2024, 3]] },
      DOI: '10.1000/x',
      reading: { status: 'reading', priority: 1 },
      tags: ['a, b', '"c"'],
    });
    const report = await exported(library.path);
    const entries = await unzip(report.file);
    expect(report).toMatchObject({ articles: 1, annotations: 1, collections: 1, contents: 2, left: [] });

    const items = JSON.parse(entries['articles.json']!);
    expect(items).toHaveLength(report.articles);
    expect(items[0]).toMatchObject({
      type: 'article-journal',
      author: [{ family: 'Liu', given: 'Yang' }, { literal: 'Study Group' }],
      keyword: 'liver, stem cells',
    });
    expect(articleFrom(items[0])).toEqual(library.article);

    const page = JSON.parse(entries['annotations.jsonld']!);
    expect(page).toMatchObject({
      '@context': ['http://www.w3.org/ns/anno.jsonld', {}],
      type: 'AnnotationPage',
    });
    expect(page.items).toHaveLength(report.annotations);
    expect(annotationFrom(page.items[0])).toEqual(library.annotation);

    expect(JSON.parse(entries['collections.json']!).map((each: unknown) => Collection.parse(each))).toEqual([
      library.collection,
    ]);
    expect(JSON.parse(entries['settings.json']!)).toEqual({});
    for (const file of [library.files.document, library.files.source])
      expect(sha256(entries[file]!)).toBe(file.slice(file.indexOf('/') + 1, file.indexOf('.')));
    expect(entries['reading-list.csv']!.split('\r\n')[1]).toContain(
      'Yang Liu; Study Group,Hepatology,2024,10.1000/x,,reading,1',
    );
    expect(entries['reading-list.csv']).toContain('"a, b; ""c"""');
    const note = Object.entries(entries).find(([name]) => name.startsWith('notes/'));
    expect(note?.[0]).toBe(`notes/Homing-of-mesenchymal-stem-cells-${library.article.id}.md`);
    expect(note?.[1]).toBe(
      '# Homing of mesenchymal stem cells\n\nYang Liu, Study Group\n\nHepatology, 2024\n\nDOI 10.1000/x\n\n' +
        '> liver\n\nCompare **dose**.\n\nfinding · 2026-01-02\n',
    );
    expect(entries['README.txt']).toContain('annotations.jsonld');
  });

  it('writes more than fits into one piece', async () => {
    const library = await makeLibrary(await temporaryFolder());
    const many = Array.from({ length: 400 }, (_, index) =>
      sampleArticle({ title: `肝 ${index} ${'x'.repeat(300)}`, reading: { status: 'inbox', priority: 2 } }),
    );
    await change(library, ({ store }) => addArticles(store, ...many));
    const entries = await unzip((await exported(library.path)).file);
    const titles = (JSON.parse(entries['articles.json']!) as Article[]).map(({ title }) => title);
    expect(titles.sort()).toEqual([library.article, ...many].map(({ title }) => title).sort());
    expect(entries['reading-list.csv']!.trim().split('\r\n')).toHaveLength(401);
  });

  it('takes what is in the Trash along, and not what was deleted for good', async () => {
    const library = await makeLibrary(await temporaryFolder());
    const gone = sampleArticle({ title: 'Gone' });
    await change(library, async ({ store }) => {
      await addArticles(store, gone);
      await write(
        store,
        { table: 'articles', id: library.article.id, value: library.article, trash: true },
        { table: 'articles', id: gone.id, value: null },
        {
          table: 'settings',
          id: 'settings',
          value: {
            ...Settings.parse({
              language: 'en',
              theme: 'dark',
              font: 'sans',
              fontSize: 20,
              lineHeight: 2,
              measure: 60,
            }),
          },
        },
      );
    });
    const entries = await unzip((await exported(library.path)).file);
    const items = JSON.parse(entries['articles.json']!);
    expect(items.map(({ id }: { id: string }) => id)).toEqual([library.article.id]);
    expect(items[0].custom.deletedAt).toMatch(/^\d{4}-/);
    expect(Settings.parse(JSON.parse(entries['settings.json']!)).theme).toBe('dark');
  });

  it('takes both notes along where two files hold an annotation that was changed in each', async () => {
    const library = await makeLibrary(await temporaryFolder());
    const { annotation, files } = library;
    const other = files.annotation === 'annotations/00.json' ? 'annotations/01.json' : 'annotations/00.json';
    const value = { ...annotation, note: 'Written at home.' };
    const record = { id: annotation.id, version: { 'another machine': 1 }, value };
    await writeShard(inLibrary(library, other), { annotations: [record] });
    const entries = await unzip((await exported(library.path)).file);
    const items: WebAnnotation[] = JSON.parse(entries['annotations.jsonld']!).items;
    const notes = items.map((each) => annotationFrom(each).note).sort();
    expect(notes).toEqual(['Compare **dose**.', 'Written at home.']);
    expect(Object.values(entries).join('\n')).toContain('> liver\n\nWritten at home.');
  });

  it('keeps members that a later version added', async () => {
    const library = await makeLibrary(await temporaryFolder());
    await change(library, ({ store }) =>
      write(
        store,
        { table: 'articles', id: library.article.id, value: { ...library.article, mood: 'good' } as never },
        {
          table: 'annotations',
          id: library.annotation.id,
          value: { ...library.annotation, stars: 3 } as never,
        },
      ),
    );
    const entries = await unzip((await exported(library.path)).file);
    expect(JSON.parse(entries['articles.json']!)[0].custom.mood).toBe('good');
    expect(JSON.parse(entries['annotations.jsonld']!).items[0]['hepatica:record'].stars).toBe(3);
  });

  it.each(['../../etc/passwd', 'C:\\x\\y', '', '\u202Egpj.exe', 'CON', 'a/b\0c', '文献'.repeat(200), '=1+1'])(
    'gives safe names and cells to the title %j',
    async (title) => {
      const library = await makeLibrary(await temporaryFolder(), {
        title,
        reading: { status: 'inbox', priority: 2 },
      });
      const entries = await unzip((await exported(library.path)).file);
      for (const name of Object.keys(entries)) {
        expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}._-]*(\/[\p{L}\p{N}][\p{L}\p{N}._-]*)?$/u);
        expect(Buffer.byteLength(name)).toBeLessThan(255);
      }
      expect(entries['reading-list.csv']).not.toMatch(/[,\n]=1/);
      expect(articleFrom(JSON.parse(entries['articles.json']!)[0]).title).toBe(title);
    },
  );

  it('exports what can be read of a library that does not open, and says what is missing', async () => {
    const library = await makeLibrary(await temporaryFolder());
    await truncate(inLibrary(library, 'library.json'), 50);
    await mkdir(inLibrary(library, 'quarantine'));
    await writeFile(inLibrary(library, 'quarantine/..\\x y'), 'bad');
    const report = await exported(library.path);
    const entries = await unzip(report.file);
    expect(report.left.map(({ file }) => file)).toEqual(['library.json']);
    expect(articleFrom(JSON.parse(entries['articles.json']!)[0])).toEqual(library.article);
    expect(entries['README.txt']).toMatch(/- library\.json: cut-short/);
    const kept = Object.keys(entries).filter((name) => /^(unreadable|quarantine)/.test(name));
    expect(kept.map((name) => entries[name]).sort()).toEqual(
      ['bad', await readFile(inLibrary(library, 'library.json'), 'utf8')].sort(),
    );
  });

  it('works on a library that is open elsewhere, and changes nothing in it', async () => {
    const library = await makeLibrary(await temporaryFolder());
    const { store } = await opened(library.base, { checkpointDelay: 3_600_000 });
    await write(store, annotationWrite('only in the journal'));
    const before = await contentOf(library.path);
    expect((await exported(library.path)).annotations).toBe(2);
    expect(await contentOf(library.path)).toEqual(before);
    await store.close();
  });

  it('replaces no file, and leaves no half of one', async () => {
    const library = await makeLibrary(await temporaryFolder());
    const file = join(library.base, 'mine.zip');
    await writeFile(file, 'precious');
    expect(await exportLibrary({ path: library.path, file, t })).toEqual({
      ok: false,
      error: { reason: 'exists' },
    });
    expect(await readFile(file, 'utf8')).toBe('precious');
    const nowhere = await exportLibrary({ path: library.path, file: join(library.base, 'no/x.zip'), t });
    expect(nowhere).toMatchObject({ error: { reason: 'failed', cause: expect.stringContaining('ENOENT') } });
    expect((await readdir(library.base)).sort()).toEqual(['library', 'mine.zip', 'user']);
  });

  it('finds no library in an empty folder', async () => {
    const base = await temporaryFolder();
    const result = await exportLibrary({ path: base, file: join(base, 'x.zip'), t });
    expect(result).toEqual({ ok: false, error: { reason: 'no-library' } });
  });

  it('ends when it is cancelled, and leaves no half of a file', async () => {
    const library = await makeLibrary(await temporaryFolder());
    const run = async (most: number) => {
      let looks = 0;
      const signal = {
        get aborted() {
          looks += 1;
          return looks >= most;
        },
        addEventListener: () => {},
        removeEventListener: () => {},
      };
      const file = join(library.base, `${most}.zip`);
      return { result: await exportLibrary({ path: library.path, file, t, signal }), looks };
    };
    // The last look is in the middle of the contents.
    const { looks } = await run(Number.POSITIVE_INFINITY);
    const running = run(looks);
    await expect(running).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    expect((await readdir(library.base)).sort()).toEqual(['Infinity.zip', 'library', 'user']);
  });
});
