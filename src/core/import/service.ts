import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { nothing } from '#shared/contract/common';
import type { Services } from '#shared/contract/hepatica';
import type { DuplicateMatch, ImportPreview, ImportSource } from '#shared/contract/import';
import { randomId } from '#shared/lib/ids';
import type { Bibliographic } from '#shared/model/article';
import type { Draft } from '#shared/model/draft';
import { type Problem, ProblemError, problem } from '#shared/model/problem';
import type { AbortSignalLike } from '#shared/rpc/contract';
import type { UploadStore } from '../content/uploads';
import type { Log } from '../lib/log';
import { type AnnotationCount, articleRow, getArticle } from '../library/rows';
import type { BlobStore, Capture, DocumentStore } from '../storage/types';
import { DuplicateIndex } from './duplicates';
import type { ReadSource, ReadSources } from './read-source';
import type { SourceReader } from './read-thread';
import { type Saved, saveDraft } from './save';
import { shorten, sizeOf } from './shorten';

export interface ImportOptions {
  readonly store: DocumentStore;
  readonly blobs: BlobStore;
  readonly uploads: UploadStore;
  readonly reader: SourceReader;
  readonly annotationCount: AnnotationCount;
  readonly log: Log;
}

export interface Importing {
  readonly service: Services['importing'];
  /** Imports every text in a folder through the same service; for a library that was just made. Not undoable. */
  seed(folder: string): Promise<void>;
  /** Drops all previews and ends the thread. */
  dispose(): Promise<void>;
}

/** A source that was read and waits for the reader's word. */
interface Held {
  readonly draft: Draft;
  readonly path: string;
  readonly fileName?: string;
  /** Whether the preview showed an article that is there already, and so what to do with it. */
  readonly offered: boolean;
}

type Preview = Awaited<ReturnType<Services['importing']['preview']>>[number];

/** One answer must fit in one message of 1 MB with room to spare. */
const ANSWER = 900_000;

/** Previews that wait at one time: more than a page lets wait. */
const MOST_HELD = 5000;

const never: AbortSignalLike = { aborted: false, addEventListener: () => {}, removeEventListener: () => {} };

/** The import service: reads uploads into previews, and stores previews. */
export const createImporting = (options: ImportOptions): Importing => new Importer(options);

class Importer implements Importing {
  readonly #options: ImportOptions;
  readonly #duplicates: DuplicateIndex;
  readonly #held = new Map<string, Held>();
  #saving: Promise<unknown> = Promise.resolve();
  readonly service: Services['importing'];

  constructor(options: ImportOptions) {
    this.#options = options;
    this.#duplicates = new DuplicateIndex(options.store);
    this.service = {
      preview: ({ sources }, report, { signal }) => this.#preview(sources, report, signal),
      save: ({ previewId, fields, duplicate }) => this.#save(previewId, fields, duplicate, 'step'),
      discard: async ({ previewIds }) => {
        await Promise.all(previewIds.map((id) => this.#drop(id)));
        return nothing;
      },
    };
  }

  async seed(folder: string): Promise<void> {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
    for (const fileName of names) {
      const upload = await this.#options.uploads.accept([await readFile(join(folder, fileName))]);
      for (const answer of await this.#preview([{ upload, kind: 'file', fileName }], () => {}, never)) {
        if (!answer.ok) throw new ProblemError(answer.problem);
        await this.#save(answer.preview.previewId, answer.preview.draft.fields, 'keep', 'never');
      }
    }
  }

  async dispose(): Promise<void> {
    await this.#saving;
    this.#duplicates.dispose();
    this.#options.reader.dispose();
    await Promise.all([...this.#held.keys()].map((id) => this.#drop(id)));
  }

  async #preview(
    sources: readonly ImportSource[],
    report: (progress: { done: number; total: number }) => void,
    signal: AbortSignalLike,
  ): Promise<Preview[]> {
    const answers: Preview[] = [];
    let room = ANSWER;
    for (const [at, source] of sources.entries()) {
      if (signal.aborted) break;
      const share = Math.floor(room / (sources.length - at));
      const own = await this.#previewOne(source, share, signal);
      room -= sizeOf(own);
      answers.push(...own);
      report({ done: at + 1, total: sources.length });
    }
    if (!signal.aborted) return answers;
    // The caller is gone: nobody will save or discard what was read for it.
    await this.#dropAll(answers);
    throw problem('cancelled', 'The import was cancelled.');
  }

  /** What one source holds: a preview of each of its records, or why there is none. */
  async #previewOne(source: ImportSource, room: number, signal: AbortSignalLike): Promise<Preview[]> {
    const upload = await this.#options.uploads.take(source.upload);
    if (!upload) {
      const message = `${nameOf(source)} has not arrived, or was imported already.`;
      return [refuse(source, 'upload-unknown', message)];
    }
    const job = { path: upload.path, ...fileNameOf(source) };
    try {
      const result = await this.#options.reader.read(job, signal);
      if (!result.ok) return [{ ok: false, ...fileNameOf(source), problem: result.error }];
      const answers: Preview[] = [];
      try {
        await this.#hold(result.value, source, upload.path, room, answers);
        return answers;
      } catch (error) {
        // Nobody will hear of what is held already.
        await this.#dropAll(answers);
        throw error;
      }
    } catch (error) {
      if (signal.aborted) return [{ ok: false, ...fileNameOf(source), problem: CANCELLED }];
      // One source that our own code fails on must not take the others with it.
      this.#options.log.error('a source could not be read', { error });
      return [refuse(source, 'internal', `${nameOf(source)} could not be read.`)];
    } finally {
      if (![...this.#held.values()].some((held) => held.path === upload.path))
        await rm(upload.path, { force: true });
    }
  }

  /** Holds the records that `room` bytes can show, and answers for each. The others become an upload of their own. */
  async #hold(
    read: ReadSources,
    source: ImportSource,
    path: string,
    room: number,
    answers: Preview[],
  ): Promise<void> {
    let last: Extract<Preview, { ok: true }> | undefined;
    let left = room;
    for (const [at, record] of read.records.entries()) {
      const whole = this.#describe(record, source);
      if (last !== undefined && sizeOf(whole) > left) {
        const texts = read.records.slice(at).map(({ text = '' }) => text);
        last.rest = await this.#upload([...texts, read.rest].join(''));
        return;
      }
      const preview = shorten(whole, left);
      if (preview === undefined) {
        answers.push(refuse(source, 'too-many', tooMany(source)));
        continue;
      }
      const own = record.text === undefined ? path : await this.#keep(record.text);
      this.#held.set(preview.previewId, {
        draft: record.draft,
        path: own,
        offered: preview.duplicate !== undefined,
        ...fileNameOf(source),
      });
      await this.#dropOldest();
      last = { ok: true, preview };
      answers.push(last);
      left -= sizeOf(last);
    }
    if (read.rest !== '' && last !== undefined) last.rest = await this.#upload(read.rest);
  }

  #upload(text: string): Promise<string> {
    return this.#options.uploads.accept([Buffer.from(text, 'utf8')]);
  }

  /** A file with the text of one record: the source of the article that it becomes. */
  async #keep(text: string): Promise<string> {
    const kept = await this.#options.uploads.take(await this.#upload(text));
    if (!kept) throw new Error('an upload was taken by somebody else');
    return kept.path;
  }

  #describe(read: ReadSource, source: ImportSource): ImportPreview {
    const duplicate = this.#match(read.draft.fields);
    return {
      previewId: randomId(),
      ...fileNameOf(source),
      draft: { ...read.draft, lines: read.draft.lines.slice(0, read.sourceLines.length) },
      sourceLines: read.sourceLines,
      hiddenLines: read.hiddenLines,
      encoding: read.encoding,
      encodingDoubts: [...read.encodingDoubts],
      ...(duplicate !== undefined && { duplicate }),
    };
  }

  #match(fields: Bibliographic): DuplicateMatch | undefined {
    const { store, annotationCount } = this.#options;
    const found = this.#duplicates.find(fields);
    if (!found) return undefined;
    const row = articleRow(getArticle(store, found.id), annotationCount(found.id));
    return { row, by: found.by, stub: found.stub };
  }

  /** Saves run one after another: two of the same article at once would each find no other. */
  #save(
    previewId: string,
    fields: Bibliographic,
    choice: 'keep' | 'update-missing' | 'keep-both',
    capture: Capture,
  ): Promise<Saved> {
    const saved = this.#saving.then(() => this.#saveOne(previewId, fields, choice, capture));
    this.#saving = saved.catch(() => undefined);
    return saved;
  }

  async #saveOne(
    previewId: string,
    fields: Bibliographic,
    choice: 'keep' | 'update-missing' | 'keep-both',
    capture: Capture,
  ): Promise<Saved> {
    const held = this.#held.get(previewId);
    if (!held)
      throw problem('not-found', 'This preview was saved or discarded already.', { entry: previewId });
    const { store, blobs } = this.#options;
    const { draft, path, fileName } = held;
    const saved = await saveDraft(
      {
        draft,
        fields,
        // A corrected title may make it like another that the preview did not ask about: then nothing is left out.
        choice: held.offered || isDeepStrictEqual(fields, draft.fields) ? choice : 'keep-both',
        capture,
        bytes: () => readFile(path),
        ...(fileName !== undefined && { fileName }),
      },
      { store, blobs, duplicates: this.#duplicates },
    );
    await this.#drop(previewId);
    return saved;
  }

  /** A page that was closed discards nothing; what it left makes room in the end. */
  async #dropOldest(): Promise<void> {
    const [oldest] = this.#held.keys();
    if (oldest !== undefined && this.#held.size > MOST_HELD) await this.#drop(oldest);
  }

  async #dropAll(answers: readonly Preview[]): Promise<void> {
    await Promise.all(
      answers.map((answer) => (answer.ok ? this.#drop(answer.preview.previewId) : undefined)),
    );
  }

  async #drop(previewId: string): Promise<void> {
    const held = this.#held.get(previewId);
    this.#held.delete(previewId);
    if (held) await rm(held.path, { force: true });
  }
}

const CANCELLED: Problem = { code: 'cancelled', message: 'The import was cancelled.' };

const nameOf = (source: ImportSource): string => source.fileName ?? 'The pasted text';

const fileNameOf = ({ fileName }: ImportSource): { fileName?: string } =>
  fileName === undefined ? {} : { fileName };

const refuse = (source: ImportSource, code: Problem['code'], message: string): Preview => ({
  ok: false,
  ...fileNameOf(source),
  problem: { code, message, ...(source.fileName !== undefined && { file: source.fileName }) },
});

const tooMany = (source: ImportSource): string =>
  `Too many files were brought in at once to show ${source.fileName ?? 'this text'}; bring it in again.`;
