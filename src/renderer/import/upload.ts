import { type Problem, ProblemError, problem } from '#shared/model/problem';

/** Something to bring in: the clipboard's text, or a file. */
export interface Source {
  readonly kind: 'paste' | 'file';
  readonly body: Blob;
  readonly fileName?: string;
}

/** The services take no more in one upload. */
const MOST_BYTES = 50_000_000;

const named = ({ fileName }: Source): Pick<Problem, 'file'> =>
  fileName === undefined ? {} : { file: fileName };

const idIn = (answer: unknown): string | undefined =>
  typeof answer === 'object' && answer !== null && 'upload' in answer && typeof answer.upload === 'string'
    ? answer.upload
    : undefined;

/**
 * Hands a source to the services and answers with the id that a call then names. Throws `too-large`, `cancelled`,
 * `disconnected`, or `upload-unknown` for a file that cannot be read (it was moved, or is a folder).
 */
export const upload = async (source: Source, signal: AbortSignal): Promise<string> => {
  if (source.body.size > MOST_BYTES)
    throw problem('too-large', 'The file is larger than 50 MB.', named(source));
  let response: Response;
  try {
    // Read first: fetch fails in the same words for a file that is gone and for a host that is.
    const bytes = await source.body.arrayBuffer();
    response = await fetch('/upload', { method: 'PUT', headers: { 'X-Hepatica': '1' }, body: bytes, signal });
  } catch (error) {
    if (signal.aborted) throw problem('cancelled', 'The import was cancelled.');
    const unreadable = error instanceof DOMException;
    throw problem(unreadable ? 'upload-unknown' : 'disconnected', String(error), named(source));
  }
  if (response.status === 413) throw problem('too-large', 'The file is too large.', named(source));
  const id = response.ok ? idIn(await response.json()) : undefined;
  if (id === undefined)
    throw problem('disconnected', `The upload was answered with ${response.status}.`, named(source));
  return id;
};

/** The problem in what was thrown; a bug is thrown on. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof ProblemError) return error.problem;
  throw error;
};

/** The text of the clipboard as a source. */
export const sourceOfText = (text: string): Source => ({ kind: 'paste', body: new Blob([text]) });

export const sourceOfFile = (file: File): Source => ({ kind: 'file', body: file, fileName: file.name });
