import { createReadStream, createWriteStream } from 'node:fs';
import fsp from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { err, ok, type Result } from '#shared/lib/result';
import type { Translate } from '#shared/messages/translator';
import type { Annotation } from '#shared/model/annotation';
import type { Article } from '#shared/model/article';
import type { AbortSignalLike } from '#shared/rpc/contract';
import { isContent } from '../check/check-contents';
import { causeOf, type FoundFile, filesOf } from '../check/files';
import { type FoundRecords, HIDES_RECORDS, readRecords } from '../check/read-records';
import { checkCancelled } from '../lib/cancel';
import { NO_LINKS, temporaryName } from '../storage/atomic';
import { errorCode, nodeFileSystem, syncFolder } from '../storage/fs-port';
import { isShard } from '../storage/shard-set';
import type { Table, ValueOf } from '../storage/types';
import { cslOf } from './csl';
import { noteFileName, notesOf } from './notes';
import { readingListHead, readingListLine } from './reading-list';
import { CONTEXT, webAnnotationOf } from './web-annotation';

export interface ExportOptions {
  /** The library folder. */
  readonly path: string;
  /** The file to make; one that exists is not replaced. */
  readonly file: string;
  /** Words what stands in README.txt. */
  readonly t: Translate;
  readonly signal?: AbortSignalLike;
  readonly now?: () => Date;
}

export interface ExportReport {
  /** Absolute. */
  readonly file: string;
  readonly articles: number;
  readonly annotations: number;
  readonly collections: number;
  /** Texts, sources and images. */
  readonly contents: number;
  /** What could not be read, as paths inside the library, and why. */
  readonly left: readonly { readonly file: string; readonly cause: string }[];
}

export type ExportFailure =
  | { readonly reason: 'exists' }
  | { readonly reason: 'no-library' }
  | { readonly reason: 'failed'; readonly cause: string };

type Left = ExportReport['left'][number];

/** The values of a table, those in the Trash too, without what was deleted for good. */
function* valuesOf<T extends Table>(
  records: FoundRecords,
  table: T,
): Generator<{ value: ValueOf<T>; deletedAt: string | undefined }> {
  for (const { record } of records[table].values())
    if (record.value !== null) yield { value: record.value, deletedAt: record.deletedAt };
}

const countOf = (records: FoundRecords, table: Table): number => [...valuesOf(records, table)].length;

const PIECE = 1 << 16;

/** Texts in pieces of about 64 kB: a stream takes about as long for a line as for as much. */
function* inPieces(texts: Iterable<string>): Generator<Buffer> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece);
}

/** A list as JSON, an item to a line, so that it need not be in memory as one text. */
function* jsonList(head: string, items: Iterable<unknown>, tail: string): Generator<string> {
  yield head;
  let isFirst = true;
  for (const item of items) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(item)}`;
    isFirst = false;
  }
  yield `\n${tail}\n`;
}

function* articlesJson(records: FoundRecords) {
  for (const { value, deletedAt } of valuesOf(records, 'articles')) yield cslOf(value, deletedAt);
}

function* annotationsJson(records: FoundRecords) {
  for (const { value, deletedAt } of valuesOf(records, 'annotations'))
    yield webAnnotationOf(value, deletedAt);
}

function* collectionsJson(records: FoundRecords) {
  for (const { value } of valuesOf(records, 'collections')) yield value;
}

function* readingList(records: FoundRecords): Generator<string> {
  yield readingListHead;
  for (const { value, deletedAt } of valuesOf(records, 'articles'))
    if (value.reading.status !== undefined && deletedAt === undefined) yield readingListLine(value);
}

/** Articles with what was marked in them, without what is in the Trash. */
const markedArticles = (records: FoundRecords): { article: Article; annotations: Annotation[] }[] => {
  const byArticle = new Map<string, Annotation[]>();
  for (const { value, deletedAt } of valuesOf(records, 'annotations')) {
    if (deletedAt !== undefined) continue;
    const list = byArticle.get(value.articleId);
    if (list === undefined) byArticle.set(value.articleId, [value]);
    else list.push(value);
  }
  return [...byArticle].flatMap(([id, annotations]) => {
    const article = records.articles.get(id)?.record.value ?? undefined;
    return article === undefined ? [] : [{ article, annotations }];
  });
};

/** The name in the archive of a file whose own name is anybody's. */
const safeName = (folder: string, file: string, index: number): string =>
  `${folder}/${String(index + 1).padStart(4, '0')}-${file.replaceAll(/[^0-9A-Za-z._-]/g, '_').slice(-80)}`;

/** Puts everything into an archive, one entry after the other as it is written. */
class Archive {
  readonly zip = new ZipFile();
  readonly left: Left[];
  readonly #options: ExportOptions;
  readonly #now: Date;

  constructor(options: ExportOptions, left: readonly Left[]) {
    this.#options = options;
    this.#now = options.now?.() ?? new Date();
    this.left = [...left];
  }

  add(name: string, pieces: () => Iterable<Buffer> | AsyncIterable<Buffer>, modified = this.#now): void {
    this.zip.addReadStreamLazy(name, { mtime: modified, mode: 0o100644 }, (give) => {
      const stream = Readable.from(pieces(), { objectMode: false });
      // yazl listens to the streams of `addReadStream` only.
      stream.on('error', (error) => this.zip.emit('error', error));
      give(null, stream);
    });
  }

  /** As much of a file as can be read: one bad sector must not cost all the others. */
  addFile(name: string, { file, modified }: FoundFile): void {
    this.add(name, () => this.#read(file), modified);
  }

  async *#read(file: string): AsyncGenerator<Buffer> {
    const { path, signal } = this.#options;
    try {
      for await (const piece of createReadStream(join(resolve(path), file))) {
        checkCancelled(signal);
        yield piece as Buffer;
      }
    } catch (error) {
      if (errorCode(error) === '') throw error;
      this.left.push({ file, cause: causeOf(error) });
    }
  }

  /** Last, so that it can say what was left out. */
  *readme(): Generator<Buffer> {
    const { t } = this.#options;
    const left = this.left.map(({ file, cause }) => `- ${file}: ${cause}`).join('\n');
    yield Buffer.from(`${t('check.readme')}\n`);
    if (left !== '') yield Buffer.from(`\n${t('check.readmeLeft')}\n${left}\n`);
  }
}

const fill = (archive: Archive, records: FoundRecords, files: readonly FoundFile[]): void => {
  archive.add('articles.json', () => inPieces(jsonList('[', articlesJson(records), ']')));
  const head = `{"@context":${JSON.stringify(CONTEXT)},"id":"hepatica:annotations","type":"AnnotationPage","items":[`;
  archive.add('annotations.jsonld', () => inPieces(jsonList(head, annotationsJson(records), ']}')));
  archive.add('collections.json', () => inPieces(jsonList('[', collectionsJson(records), ']')));
  archive.add('reading-list.csv', () => inPieces(readingList(records)));
  const settings = records.settings.get('settings')?.record.value ?? {};
  archive.add('settings.json', () => [Buffer.from(`${JSON.stringify(settings, null, 2)}\n`)]);
  for (const { article, annotations } of markedArticles(records))
    archive.add(`notes/${noteFileName(article)}`, () => [Buffer.from(notesOf(article, annotations))]);
  const plain = files.filter(({ cause }) => cause === undefined);
  for (const each of plain) if (isContent(each.file)) archive.addFile(each.file, each);
  // Damaged files as they are: somebody may yet read them.
  const damaged = new Set(archive.left.map(({ file }) => file));
  for (const [index, each] of plain.entries())
    if (damaged.has(each.file)) archive.addFile(safeName('unreadable', each.file, index), each);
    else if (each.file.startsWith('quarantine/'))
      archive.addFile(safeName('quarantine', each.file.slice('quarantine/'.length), index), each);
  archive.add('README.txt', () => archive.readme());
  archive.zip.end();
};

/** Writes the archive beside its place and gives it its name when it is whole and on disk. */
const writeArchive = async (zip: ZipFile, file: string): Promise<void> => {
  const temporary = temporaryName(file);
  try {
    // `flush` syncs before it closes.
    const output = createWriteStream(temporary, { flags: 'wx', flush: true });
    zip.on('error', (error: Error) => output.destroy(error));
    await pipeline(zip.outputStream, output);
    // A link fails where a rename would replace what somebody put there meanwhile.
    await fsp.link(temporary, file).catch((error: unknown) => {
      if (NO_LINKS.has(errorCode(error))) return fsp.rename(temporary, file);
      throw error;
    });
    await syncFolder(nodeFileSystem, dirname(file));
  } finally {
    await fsp.rm(temporary, { force: true });
  }
};

const lstatOrNone = (file: string): Promise<unknown> => fsp.lstat(file).catch(() => undefined);

/**
 * Writes everything in open formats into a new zip file: CSL-JSON, W3C annotations, Markdown, CSV, and the contents
 * as they are. Takes no lock and writes nothing into the library, so that it works on one that is open elsewhere,
 * cannot be written to, or is too damaged to open; what cannot be read is left out and named. Contents pass through
 * in pieces. Rejects with the problem `cancelled`.
 */
export const exportLibrary = async (options: ExportOptions): Promise<Result<ExportReport, ExportFailure>> => {
  const [path, file] = [resolve(options.path), resolve(options.file)];
  if ((await lstatOrNone(file)) !== undefined) return err({ reason: 'exists' });
  const files = await filesOf(path, options.signal).catch((error: unknown) => {
    if (errorCode(error) === '') throw error;
    return [];
  });
  if (!files.some((each) => isShard(each.file))) return err({ reason: 'no-library' });
  const { records, findings } = await readRecords(path, files);
  const left = findings
    .filter(({ code }) => HIDES_RECORDS.has(code))
    .map(({ file: each, entry, detail }) => ({
      file: each,
      cause: [entry, detail].filter(Boolean).join(': '),
    }));
  const archive = new Archive(options, left);
  fill(archive, records, files);
  try {
    await writeArchive(archive.zip, file);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return err({ reason: 'exists' });
    if (errorCode(error) === '') throw error;
    return err({ reason: 'failed', cause: causeOf(error) });
  }
  return ok({
    file,
    articles: countOf(records, 'articles'),
    annotations: countOf(records, 'annotations'),
    collections: countOf(records, 'collections'),
    contents: files.filter((each) => each.cause === undefined && isContent(each.file)).length,
    left: archive.left,
  });
};
