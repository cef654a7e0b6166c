import { join } from 'node:path';
import type { Finding, FindingCode, Severity } from '#shared/contract/check';
import { nodeFileSystem, readIfThere } from '../storage/fs-port';
import { type JournalRecord, readJournal } from '../storage/journal';
import { mergeRecords } from '../storage/merge-records';
import { type AnyStored, restore } from '../storage/restore';
import { readShard } from '../storage/shard';
import { fileOf, isShard, LIBRARY_FILE, tablesOf } from '../storage/shard-set';
import type { Stored, Table } from '../storage/types';
import { causeOf, type FoundFile } from './files';

/** A record and the file that it was read from. */
export interface FoundRecord<T extends Table = Table> {
  readonly record: Stored<T>;
  readonly file: string;
}
export type FoundRecords = { readonly [T in Table]: Map<string, FoundRecord<T>> };

/** All that can be read of a library, and what is wrong with its files of records. */
export interface ReadRecords {
  readonly records: FoundRecords;
  readonly findings: readonly Finding[];
  /** Bytes read. */
  readonly bytes: number;
}

const SEVERITY: Readonly<Record<FindingCode, Severity>> = {
  'no-library': 'error',
  'unreadable-file': 'error',
  'damaged-file': 'error',
  'newer-file': 'error',
  'missing-file': 'error',
  'journal-line': 'error',
  'bad-record': 'error',
  'misplaced-record': 'warning',
  'duplicate-record': 'warning',
  'lost-article': 'warning',
  'lost-text': 'warning',
  'lost-collection': 'warning',
  'lost-parent': 'warning',
  'circular-parents': 'warning',
  'missing-content': 'error',
  'changed-content': 'error',
  'unnamed-content': 'note',
  'damaged-backup': 'error',
  'conflict-copy': 'warning',
  quarantined: 'note',
  leftover: 'note',
  'unknown-file': 'note',
};
/** What a repair puts right. What it cannot, opening the library, a backup or the reader has to. */
const REPAIRABLE: ReadonlySet<FindingCode> = new Set([
  'misplaced-record',
  'duplicate-record',
  'lost-collection',
  'lost-parent',
  'circular-parents',
  'changed-content',
  'unnamed-content',
]);

/** With these, some records are not known, nor what they name. */
export const HIDES_RECORDS: ReadonlySet<FindingCode> = new Set([
  'unreadable-file',
  'damaged-file',
  'newer-file',
  'missing-file',
  'journal-line',
  'bad-record',
]);

export const finding = (
  code: FindingCode,
  file: string,
  rest: { readonly entry?: string; readonly detail?: string } = {},
): Finding => ({ code, severity: SEVERITY[code], file, repairable: REPAIRABLE.has(code), ...rest });

const TABLES: readonly Table[] = ['articles', 'annotations', 'collections', 'settings'];

class Reading {
  readonly records: FoundRecords = {
    articles: new Map(),
    annotations: new Map(),
    collections: new Map(),
    settings: new Map(),
  };
  readonly findings: Finding[] = [];
  bytes = 0;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** `undefined` where it cannot be read or has gone meanwhile. */
  async bytesOf({ file, cause }: FoundFile): Promise<Buffer | undefined> {
    if (cause !== undefined) {
      this.findings.push(finding('unreadable-file', file, { detail: cause }));
      return undefined;
    }
    try {
      const bytes = await readIfThere(nodeFileSystem, join(this.#folder, file));
      this.bytes += bytes?.length ?? 0;
      return bytes;
    } catch (error) {
      this.findings.push(finding('unreadable-file', file, { detail: causeOf(error) }));
      return undefined;
    }
  }

  /** Answers with the members of the file that are not records, or whether it is there at all. */
  async readShardFile(found: FoundFile): Promise<Record<string, unknown> | 'bad' | 'missing'> {
    const { file } = found;
    const before = this.findings.length;
    const bytes = await this.bytesOf(found);
    if (bytes === undefined) return this.findings.length > before ? 'bad' : 'missing';
    let read: ReturnType<typeof readShard>;
    try {
      read = readShard(bytes, tablesOf(file));
    } catch (error) {
      // More than a string can hold, or than the machine has memory for.
      this.findings.push(finding('unreadable-file', file, { detail: causeOf(error) }));
      return 'bad';
    }
    if (!read.ok) {
      const { error } = read;
      this.findings.push(
        error.kind === 'newer'
          ? finding('newer-file', file, { detail: String(error.schema) })
          : finding('damaged-file', file, { detail: error.reason }),
      );
      return 'bad';
    }
    const { data, rejected } = read.value;
    for (const { id, reason } of rejected)
      this.findings.push(finding('bad-record', file, { entry: id, detail: reason }));
    for (const table of TABLES)
      for (const record of data.tables[table]?.values() ?? []) this.take(table, record, file);
    return data.members;
  }

  take(table: Table, record: AnyStored, file: string): void {
    const { id } = record;
    const right = fileOf(table, id);
    const other = this.records[table].get(id);
    if (file !== right) this.findings.push(finding('misplaced-record', file, { entry: id, detail: right }));
    if (other !== undefined)
      this.findings.push(finding('duplicate-record', file, { entry: id, detail: other.file }));
    this.#merge(table, record, file);
  }

  /** What the journal holds and the files do not; as at the start, versions tell. */
  replay({ changes }: JournalRecord): void {
    for (const { table, id, after } of changes) {
      const restored = restore(table, after);
      if (!restored.ok) {
        this.findings.push(finding('bad-record', 'journal', { entry: id, detail: restored.error }));
        continue;
      }
      this.#merge(table, restored.value, fileOf(table, id));
    }
  }

  /** `file`: where it lies, should it be the first of its id. */
  #merge(table: Table, record: AnyStored, file: string): void {
    const other = this.records[table].get(record.id);
    const merged = mergeRecords(table, other?.record as AnyStored | undefined, record);
    if (merged === undefined) return;
    this.#put(table, merged.record, other?.file ?? file);
    const { second } = merged;
    if (second !== undefined) this.#put('annotations', second, fileOf('annotations', second.id));
  }

  #put(table: Table, record: AnyStored, file: string): void {
    (this.records[table] as Map<string, FoundRecord>).set(record.id, {
      record: record as Stored<Table>,
      file,
    });
  }

  async readJournal(files: readonly FoundFile[]): Promise<readonly JournalRecord[]> {
    const segments = files.filter(({ file }) => /^journal\/[^/]+\.log$/.test(file));
    const bytes = new Map<string, Buffer>();
    for (const segment of segments) {
      const read = await this.bytesOf(segment);
      if (read !== undefined) bytes.set(join(this.#folder, segment.file), read);
    }
    const folder = join(this.#folder, 'journal');
    const content = await readJournal(
      {
        ...nodeFileSystem,
        readdir: async () => segments.map(({ file }) => file.slice('journal/'.length)),
        readFile: async (path) => bytes.get(path) ?? Buffer.alloc(0),
      },
      folder,
    );
    for (const { name, line } of content.damage)
      this.findings.push(finding('journal-line', `journal/${name}`, { entry: String(line) }));
    if (content.records.length === 0 && content.schema > 1)
      this.findings.push(finding('newer-file', 'journal', { detail: String(content.schema) }));
    return content.records;
  }
}

/**
 * Reads every record that can be read, also from a library that does not open: one file in the way of the others
 * is what a check is for. Nothing is written, and no lock is needed; the journal is read first, as at the start,
 * since a writer drops from it what it has put into the files.
 */
export const readRecords = async (
  folder: string,
  files: readonly FoundFile[],
  onRead: () => Promise<void> | void = () => {},
): Promise<ReadRecords> => {
  const reading = new Reading(folder);
  const journal = await reading.readJournal(files);
  const shards = files.filter(({ file }) => isShard(file));
  const there = new Set(shards.map(({ file }) => file));
  for (const shard of shards) {
    const members = await reading.readShardFile(shard);
    const listed = shard.file === LIBRARY_FILE && typeof members === 'object' ? members['files'] : undefined;
    for (const file of Array.isArray(listed) ? listed : []) {
      if (typeof file !== 'string' || !isShard(file) || there.has(file)) continue;
      // A writer may have made it since the folder was listed.
      const read = await reading.readShardFile({ file, size: 0, modified: new Date(0) });
      if (read === 'missing') reading.findings.push(finding('missing-file', file));
    }
    await onRead();
  }
  if (!there.has(LIBRARY_FILE)) reading.findings.push(finding('missing-file', LIBRARY_FILE));
  for (const record of journal) reading.replay(record);
  return reading;
};
