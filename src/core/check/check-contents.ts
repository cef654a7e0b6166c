import { join } from 'node:path';
import type { Finding } from '#shared/contract/check';
import type { AbortSignalLike } from '#shared/rpc/contract';
import { errorCode } from '../storage/fs-port';
import { causeOf, type FoundFile, hashOf } from './files';
import { type FoundRecords, finding } from './read-records';

const CONTENT = /^(documents|sources|assets)\/([0-9a-f]{64})\.[0-9a-z]{1,8}$/;

export const isContent = (file: string): boolean => CONTENT.test(file);

/** A content is stored before the record that names it; one so new may belong to an import under way. */
const NEW_MS = 10 * 60_000;

interface Named {
  readonly kind: 'documents' | 'sources';
  readonly hash: string;
  /** The record that names it, and the file that this lies in. */
  readonly entry: string;
  readonly file: string;
}

const namedBy = ({ articles }: FoundRecords): Named[] =>
  [...articles].flatMap(([entry, { record, file }]) => {
    if (record.value === null) return [];
    const { documents, provenance } = record.value;
    const texts = documents.flatMap(({ content }) => (content === undefined ? [] : [content]));
    return [
      ...texts.map((hash) => ({ kind: 'documents' as const, hash, entry, file })),
      ...provenance.map(({ source }) => ({ kind: 'sources' as const, hash: source, entry, file })),
    ];
  });

export interface ContentOptions {
  readonly folder: string;
  readonly files: readonly FoundFile[];
  readonly records: FoundRecords;
  /** Records that could not be read may name contents: then none is said to be named by nobody. */
  readonly isComplete: boolean;
  /** Hashes that backups rely on. */
  readonly kept: ReadonlySet<string>;
  readonly now: Date;
  readonly signal?: AbortSignalLike;
  readonly onRead: (bytes: number) => void;
}

/** Compares every text, source and image with its name, and what is there with what the articles name. */
export const checkContents = async (options: ContentOptions): Promise<Finding[]> => {
  const { folder, files, records, isComplete, kept, now, signal, onRead } = options;
  const findings: Finding[] = [];
  const named = namedBy(records);
  const wanted = new Set(named.map(({ kind, hash }) => `${kind}/${hash}`));
  const there = new Set<string>();
  for (const { file, cause, size, modified } of files) {
    const [, kind = '', hash = ''] = CONTENT.exec(file) ?? [];
    if (hash === '') continue;
    let problem = cause;
    let isRight = false;
    if (problem === undefined) {
      try {
        isRight = (await hashOf(join(folder, file), signal)) === hash;
      } catch (error) {
        if (errorCode(error) === '') throw error;
        problem = causeOf(error);
      }
    }
    onRead(size);
    there.add(`${kind}/${hash}`);
    if (problem !== undefined) findings.push(finding('unreadable-file', file, { detail: problem }));
    else if (!isRight) findings.push(finding('changed-content', file));
    // Nothing names images yet, so that nothing can be said of those that a later version put there.
    else if (isComplete && kind !== 'assets' && !wanted.has(`${kind}/${hash}`) && !kept.has(hash)) {
      if (now.getTime() - modified.getTime() > NEW_MS) findings.push(finding('unnamed-content', file));
    }
  }
  for (const { kind, hash, entry, file } of named)
    if (!there.has(`${kind}/${hash}`))
      findings.push(finding('missing-content', file, { entry, detail: `${kind}/${hash}` }));
  return findings;
};
