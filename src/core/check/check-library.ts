import { resolve } from 'node:path';
import type { CheckProgress, CheckReport, Finding, Severity } from '#shared/contract/check';
import type { AbortSignalLike } from '#shared/rpc/contract';
import { checkCancelled } from '../lib/cancel';
import { TEMPORARY } from '../storage/atomic';
import { findConflictCopies } from '../storage/conflict-copies';
import { errorCode, nodeFileSystem } from '../storage/fs-port';
import { isShard } from '../storage/shard-set';
import { checkBackups } from './check-backups';
import { checkContents, isContent } from './check-contents';
import { checkRecords } from './check-records';
import { causeOf, type FoundFile, filesOf } from './files';
import { type FoundRecords, finding, HIDES_RECORDS, readRecords } from './read-records';

export interface CheckOptions {
  /** The library folder. */
  readonly path: string;
  readonly signal?: AbortSignalLike;
  readonly onProgress?: (progress: CheckProgress) => void;
  readonly now?: () => Date;
  /** How many findings are listed; the worst come first. */
  readonly most?: number;
}

const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

const baseName = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

/** What lies about: nothing that is lost, and nothing that is missing. */
const checkPlaces = async (folder: string, files: readonly FoundFile[]): Promise<Finding[]> => {
  const copies = new Map(
    (await findConflictCopies(nodeFileSystem, folder)).map(({ file, of }) => [file, of]),
  );
  return files.flatMap(({ file }) => {
    const of = copies.get(file);
    if (of !== undefined) return [finding('conflict-copy', file, { detail: of })];
    if (TEMPORARY.test(baseName(file))) return [finding('leftover', file)];
    if (file.startsWith('quarantine/')) return [finding('quarantined', file)];
    const isKnown = isShard(file) || isContent(file) || /^(journal|backups|inbox)\//.test(file);
    return isKnown ? [] : [finding('unknown-file', file)];
  });
};

const countOf = (records: FoundRecords, table: 'articles' | 'annotations' | 'collections'): number =>
  [...records[table].values()].filter(({ record }) => record.value !== null).length;

const reportOf = (
  path: string,
  findings: readonly Finding[],
  most: number,
  counts: CheckReport['counts'],
): CheckReport => {
  const sorted = ORDER.flatMap((severity) => findings.filter((each) => each.severity === severity));
  const isUnknown = findings.some(({ code }) => code === 'no-library' || code === 'newer-file');
  const isFine = findings.every(({ severity }) => severity === 'note');
  return {
    path,
    outcome: isUnknown ? 'not-checked' : isFine ? 'fine' : 'findings',
    findings: sorted.slice(0, most),
    more: Math.max(0, sorted.length - most),
    counts,
  };
};

const NOTHING = { files: 0, bytes: 0, articles: 0, annotations: 0, collections: 0 };

/**
 * Looks at every file of a library and says what is wrong. Takes no lock and writes nothing, so that it works on a
 * library that is open elsewhere, cannot be written to, or does not open. Contents are hashed in pieces. Rejects
 * with the problem `cancelled`.
 */
export const checkLibrary = async (options: CheckOptions): Promise<CheckReport> => {
  const { signal, onProgress = () => {}, now = () => new Date(), most = 1000 } = options;
  const path = resolve(options.path);
  let files: FoundFile[];
  try {
    checkCancelled(signal);
    files = await filesOf(path, signal);
  } catch (error) {
    checkCancelled(signal);
    const rest = errorCode(error) === 'ENOENT' ? {} : { detail: causeOf(error) };
    return reportOf(path, [finding('no-library', '', rest)], most, NOTHING);
  }
  if (!files.some(({ file }) => isShard(file) || file.startsWith('journal/')))
    return reportOf(path, [finding('no-library', '')], most, NOTHING);

  let [done, bytes] = [0, 0];
  const total = files.filter(({ file }) => isShard(file) || isContent(file)).length;
  const step = (): void => {
    checkCancelled(signal);
    onProgress({ done: ++done, total });
  };
  const read = await readRecords(path, files, step);
  const isComplete = !read.findings.some(({ code }) => HIDES_RECORDS.has(code));
  const backups = await checkBackups(path, files, signal);
  const contents = await checkContents({
    folder: path,
    files,
    records: read.records,
    isComplete,
    kept: backups.kept,
    now: now(),
    ...(signal === undefined ? {} : { signal }),
    onRead: (size) => {
      bytes += size;
      step();
    },
  });
  const findings = [
    ...read.findings,
    ...checkRecords(read.records),
    ...contents,
    ...backups.findings,
    ...(await checkPlaces(path, files)),
  ];
  return reportOf(path, findings, most, {
    files: files.length,
    bytes: read.bytes + bytes,
    articles: countOf(read.records, 'articles'),
    annotations: countOf(read.records, 'annotations'),
    collections: countOf(read.records, 'collections'),
  });
};
