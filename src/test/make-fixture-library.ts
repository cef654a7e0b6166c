import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { abstractDocument } from '#core/reader/html';
import { SCHEMA, seal, sha256, unseal } from '#core/storage/envelope';
import { type OpenedLibrary, openLibrary } from '#core/storage/open';
import { fileOf } from '#core/storage/shard-set';
import type { Write } from '#core/storage/types';
import { Annotation, type HighlightColour } from '#shared/model/annotation';
import { Article } from '#shared/model/article';
import { Collection } from '#shared/model/collection';
import { AnnotationId, ArticleId, CollectionId } from '#shared/model/ids';
import { Settings } from '#shared/model/settings';

/*
 * `node scripts/make-fixture-library.mjs`: makes the fixture library of the schema that this version writes, through
 * the store itself. See src/test/fixtures/libraries/README.md.
 */

const TIME = '2026-03-04T05:06:07.089Z';
const now = (): Date => new Date(TIME);
/** Members that no version knows: a later one may have written them. */
const later = { laterMember: { kept: ['yes', 1, null] } };

const source = Buffer.from('PMID- 12345678\nTI  - Homing of mesenchymal stem cells\n');
const html = Buffer.from('<p>Few of them reach the liver.</p>');

const article = (id: string, given: Partial<Article> = {}): Article => {
  const abstract = 'Stem cells are promising.\nFew reach the liver: naïve, 肝, 𝛼-SMA.';
  const plain = { abstract, sections: [], ...given };
  const { abstract: _none, ...withoutAbstract } = plain;
  const made = {
    title: `Article ${id}`,
    author: [],
    abstractCutOff: false,
    keyword: [],
    publicationTypes: [],
    otherIds: [],
    completeness: 'abstract',
    documents: given.completeness === 'stub' ? [] : [abstractDocument(plain).ref],
    provenance: [],
    added: TIME,
    modified: TIME,
    reading: { priority: 2 },
    tags: [],
    collections: [],
    related: [],
    ...(given.completeness === 'stub' ? withoutAbstract : plain),
    id: ArticleId.parse(id),
  };
  return { ...Article.parse(made), ...later };
};

/** With every member that an article can have. */
const fullArticle = (): Article => {
  const first = article('article-full');
  const sections = [
    { label: 'BACKGROUND', kind: 'background' as const, start: 0, end: 25 },
    { label: '', kind: 'other' as const, start: 26, end: 40 },
  ];
  const content = sha256(html);
  const full = { id: content, kind: 'full-text' as const, textHash: sha256('x'), textRules: 1, content };
  return article('article-full', {
    title: 'Homing of mesenchymal stem cells',
    vernacularTitle: '间充质干细胞的归巢',
    author: [
      { family: 'Liu', given: 'Yan', affiliation: ['Department of Hepatology', 'Beijing'] },
      { literal: 'The Study Group' },
    ],
    'container-title': 'Hepatology',
    issued: { 'date-parts': [[2024, 2, 29]] },
    volume: '12',
    issue: 'Suppl 1',
    page: '1-9',
    DOI: '10.1000/xyz',
    PMID: '12345678',
    PMCID: 'PMC123',
    ISSN: '0270-9139',
    URL: 'https://example.org/a',
    language: 'zh',
    sections,
    keyword: ['Liver', 'MSC'],
    publicationTypes: ['Review'],
    otherIds: [{ scheme: 'EP ID', value: '9' }],
    completeness: 'full-text',
    documents: [...first.documents, full],
    provenance: [{ format: 'medline', fileName: 'a.nbib', time: TIME, source: sha256(source) }],
    reading: {
      status: 'reading',
      priority: 1,
      order: 'a0',
      due: '2026-05-01',
      position: { documentId: 'abstract', block: 3, fraction: 0.25 },
      opened: TIME,
      finished: TIME,
    },
    tags: ['homing', '肝'],
    collections: [CollectionId.parse('collection-child')],
    related: [ArticleId.parse('article-stub')],
  });
};

const annotation = (id: string, colour: HighlightColour, note = ''): Annotation => {
  const { documents } = article('article-full');
  const quote = { type: 'TextQuoteSelector', exact: 'reach the liver', prefix: 'Few ', suffix: ': naïve' };
  const section = { type: 'FragmentSelector', value: 'BACKGROUND' };
  const made = {
    id: AnnotationId.parse(id),
    articleId: 'article-full',
    target: {
      documentId: 'abstract',
      textHash: documents[0]?.textHash,
      selector: {
        quote,
        position: { type: 'TextPositionSelector', start: 30, end: 45 },
        ...(colour === 'finding' ? { section } : {}),
      },
    },
    colour,
    note,
    tags: note === '' ? [] : ['to check'],
    created: TIME,
    modified: TIME,
  };
  return { ...Annotation.parse(made), ...later };
};

const put = (value: Article | Annotation | Collection): Write =>
  'title' in value
    ? { table: 'articles', id: value.id, value }
    : 'target' in value
      ? { table: 'annotations', id: value.id, value }
      : { table: 'collections', id: value.id, value };

const collection = (id: string, name: string, parent?: string): Collection => ({
  ...Collection.parse({ id, name, order: 'a0', ...(parent === undefined ? {} : { parent }) }),
  ...later,
});

const settings: Settings = {
  ...Settings.parse({
    language: 'zh-CN',
    theme: 'sepia',
    font: 'sans',
    fontSize: 20,
    lineHeight: 1.8,
    measure: 72,
  }),
  ...later,
};

const first: readonly Write[] = [
  put(fullArticle()),
  put(article('article-stub', { completeness: 'stub' })),
  put(article('article-unrecognised', { completeness: 'unrecognised', abstractCutOff: true })),
  ...(['inbox', 'to-read', 'read'] as const).map((status) =>
    put(article(`article-${status}`, { reading: { status, priority: 3 } })),
  ),
  put(article('article-trashed')),
  put(article('article-deleted')),
  ...(['finding', 'method', 'doubt', 'to-cite'] as const).map((colour) =>
    put(annotation(`annotation-${colour}`, colour)),
  ),
  put(annotation('annotation-deleted', 'doubt')),
  put(collection('collection-parent', 'Reviews')),
  put(collection('collection-child', 'Cirrhosis', 'collection-parent')),
  put(collection('collection-deleted', 'Old')),
  { table: 'settings', id: 'settings', value: settings },
];

const removals: readonly Write[] = [
  { ...put(article('article-trashed')), trash: true } as Write,
  { table: 'articles', id: ArticleId.parse('article-deleted'), value: null },
  { table: 'annotations', id: AnnotationId.parse('annotation-deleted'), value: null },
  { table: 'collections', id: CollectionId.parse('collection-deleted'), value: null },
];

/** By another machine, and only in the journal. */
const second: readonly Write[] = [
  put(annotation('annotation-method', 'method', 'Written on **another** machine: 肝 🩺')),
  put(annotation('annotation-journal', 'to-cite', 'only in the journal')),
];

const open = async (base: string, machine: string, checkpointDelay: number): Promise<OpenedLibrary> => {
  const result = await openLibrary({
    path: join(base, 'library'),
    userData: join(base, machine),
    create: false,
    mode: 'read-write',
    now,
    checkpointDelay,
  });
  if (!result.ok) throw new Error(`the library did not open: ${result.error.reason}`);
  return result.value;
};

/** Adds what a later version may have put around and beside the members that are known. */
const addLaterMembers = async (file: string): Promise<void> => {
  const read = unseal(await readFile(file));
  if (!read.ok) throw new Error(`${file} cannot be read`);
  const tables = Object.entries(read.value.payload as Record<string, unknown>).map(([name, rows]) => [
    name,
    ['articles', 'annotations', 'collections', 'settings'].includes(name)
      ? (rows as object[]).map((row) => ({ ...row, ...later }))
      : rows,
  ]);
  const payload = { ...Object.fromEntries(tables), ...later };
  await writeFile(file, seal({ ...read.value.envelope, extra: later }, JSON.stringify(payload)));
};

const make = async (target: string): Promise<void> => {
  const base = await mkdtemp(join(tmpdir(), 'hepatica-fixture-'));
  const write = (opened: OpenedLibrary, writes: readonly Write[]) =>
    opened.store.write({ label: 'history.import', capture: 'step', writes });
  const one = await open(base, 'machine-one', 60_000);
  await one.blobs.put('sources', 'nbib', source);
  await one.blobs.put('documents', 'html', html);
  await one.blobs.put('assets', 'png', Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  await write(one, first);
  await write(one, removals);
  await one.store.close();
  for (const id of ['article-full', 'article-trashed'])
    await addLaterMembers(join(base, 'library', fileOf('articles', id)));
  await addLaterMembers(join(base, 'library', fileOf('annotations', 'annotation-finding')));
  await addLaterMembers(join(base, 'library', 'library.json'));
  const two = await open(base, 'machine-two', 60_000);
  await write(two, second);
  const records = Object.fromEntries(
    (['articles', 'annotations', 'collections', 'settings'] as const).map((table) => [
      table,
      Object.fromEntries([...two.store.all(table)].map((each) => [each.id, each])),
    ]),
  );
  // As a crash leaves it: what came last is in the journal alone.
  await rm(target, { recursive: true, force: true });
  const filter = (path: string): boolean => !/^(lock|\.)/.test(basename(path));
  await cp(join(base, 'library'), join(target, 'library'), { recursive: true, filter });
  const { libraryId } = two.store;
  const expected = { schema: SCHEMA, libraryId, records };
  await writeFile(join(target, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
  await two.store.close();
  await rm(base, { recursive: true, force: true });
};

const target = process.argv[2];
if (target === undefined) throw new Error('where to?');
await make(target);
