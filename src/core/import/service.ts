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
import type { ReadSource } from './read-source';
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

/** Previews that wait at one time: twice what one call can bring. */
const MOST_HELD = 1000;

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
      const [answer] = await this.#preview([{ upload, kind: 'file', fileName }], () => {}, never);
      if (!answer?.ok) throw answer === undefined ? new Error('no answer') : new ProblemError(answer.problem);
      await this.#save(answer.preview.previewId, answer.preview.draft.fields, 'keep', 'never');
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
    for (const source of sources) {
      if (signal.aborted) break;
      const answer = await this.#previewOne(
        source,
        Math.floor(room / (sources.length - answers.length)),
        signal,
      );
      room -= sizeOf(answer);
      answers.push(answer);
      report({ done: answers.length, total: sources.length });
    }
    if (!signal.aborted) return answers;
    // The caller is gone: nobody will save or discard what was read for it.
    await Promise.all(
      answers.map((answer) => (answer.ok ? this.#drop(answer.preview.previewId) : undefined)),
    );
    throw problem('cancelled', 'The import was cancelled.');
  }

  async #previewOne(source: ImportSource, room: number, signal: AbortSignalLike): Promise<Preview> {
    const name = source.fileName === undefined ? {} : { fileName: source.fileName };
    const refuse = (reason: Problem): Preview => ({ ok: false, ...name, problem: reason });
    const upload = await this.#options.uploads.take(source.upload);
    if (!upload) {
      const message = `${source.fileName ?? 'The pasted text'} has not arrived, or was imported already.`;
      return refuse({
        code: 'upload-unknown',
        message,
        ...(source.fileName !== undefined && { file: source.fileName }),
      });
    }
    let kept = false;
    try {
      const result = await this.#options.reader.read({ path: upload.path, ...name }, signal);
      if (!result.ok) return refuse(result.error);
      const preview = this.#describe(result.value, source);
      const short = shorten(preview, room);
      if (short === undefined) return refuse(tooMany(source));
      this.#held.set(preview.previewId, {
        draft: result.value.draft,
        path: upload.path,
        offered: preview.duplicate !== undefined,
        ...name,
      });
      kept = true;
      await this.#dropOldest();
      return { ok: true, preview: short };
    } catch (error) {
      if (signal.aborted) return refuse({ code: 'cancelled', message: 'The import was cancelled.' });
      // One source that our own code fails on must not take the others with it.
      this.#options.log.error('a source could not be read', { error });
      const message = `${source.fileName ?? 'The pasted text'} could not be read.`;
      return refuse({
        code: 'internal',
        message,
        ...(source.fileName !== undefined && { file: source.fileName }),
      });
    } finally {
      if (!kept) await rm(upload.path, { force: true });
    }
  }

  #describe(read: ReadSource, source: ImportSource): ImportPreview {
    const duplicate = this.#match(read.draft.fields);
    return {
      previewId: randomId(),
      ...(source.fileName !== undefined && { fileName: source.fileName }),
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

  async #drop(previewId: string): Promise<void> {
    const held = this.#held.get(previewId);
    this.#held.delete(previewId);
    if (held) await rm(held.path, { force: true });
  }
}

const tooMany = (source: ImportSource): Problem => ({
  code: 'too-many',
  message: `Too many files were brought in at once to show ${source.fileName ?? 'this text'}; bring it in again.`,
  ...(source.fileName !== undefined && { file: source.fileName }),
});
