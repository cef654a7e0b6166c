import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Cause } from '#shared/model/cause';
import { ensureFolder, removeIfThere } from './atomic';
import { sha256 } from './envelope';
import {
  type FileHandlePort,
  type FileSystem,
  isUnreadable,
  namesIn,
  readIfThere,
  syncFolder,
  writeAll,
} from './fs-port';
import { CURRENT } from './migrations/current';
import { type Format, migrate } from './migrations/format';
import { causeOf } from './not-saved';
import type { Capture, Change, Table } from './types';

/** One transaction as a line of the journal: the atomic unit across all files. */
export interface JournalRecord {
  readonly schema: number;
  readonly seq: number;
  readonly time: string;
  readonly writer: string;
  readonly label: string;
  readonly capture: Capture;
  readonly changes: readonly Change[];
}

const Versioned = z.looseObject({ schema: z.int().check(z.minimum(1)) });

const Frame = z.looseObject({
  seq: z.int().check(z.minimum(1)),
  writer: z.string(),
  changes: z.array(
    z.object({
      table: z.enum(['articles', 'annotations', 'collections', 'settings']),
      id: z.string(),
      after: z.looseObject({ id: z.string() }),
    }),
  ),
});

const SEGMENT = /^(\d{12})-[0-9a-z]+\.log$/;
const CHECKSUM_LENGTH = 32;
/** What a crash leaves of a line: its beginning. */
const TORN = /^([0-9a-f]{0,32}|[0-9a-f]{32} (\{[^\0]*)?)$/;

const checksum = (json: string): string => sha256(json).slice(0, CHECKSUM_LENGTH);

export const journalLine = (record: JournalRecord): string => {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
};

export interface JournalDamage {
  readonly name: string;
  readonly line: number;
}

export interface JournalContent {
  /** In the order of their numbers, each once. */
  readonly records: readonly JournalRecord[];
  readonly segments: readonly string[];
  readonly damage: readonly JournalDamage[];
  /** Segments that cannot be read at all, and why; not among `segments`. */
  readonly unreadable: readonly { readonly name: string; readonly reason: Cause }[];
  /** The highest schema that a line names, 0 where there is none. */
  readonly schema: number;
  /** The lowest. */
  readonly oldest: number;
}

type Line = { readonly schema: number; readonly record: JournalRecord | undefined };

/** Brings both images of each change up to date; `undefined` where one cannot be. */
const migrated = (format: Format, schema: number, record: JournalRecord): JournalRecord | undefined => {
  if (schema === format.schema) return record;
  const image = (table: Table, before: unknown) => migrate(format, schema, table, before);
  const images = record.changes.map((change) => ({
    change,
    before: image(change.table, change.before),
    after: image(change.table, change.after),
  }));
  const changes = images.flatMap(({ change, before, after }) =>
    before.ok && after.ok ? [{ ...change, before: before.value, after: after.value } as Change] : [],
  );
  return changes.length === images.length ? { ...record, schema: format.schema, changes } : undefined;
};

/** `undefined`: the line is not as it was written. The schema is known also where the record is not. */
const parseLine = (line: string, format: Format): Line | undefined => {
  const json = line.slice(CHECKSUM_LENGTH + 1);
  if (line.slice(0, CHECKSUM_LENGTH + 1) !== `${checksum(json)} `) return undefined;
  const value: unknown = JSON.parse(json);
  const versioned = Versioned.safeParse(value);
  if (!versioned.success) return undefined;
  const { schema } = versioned.data;
  if (schema > format.schema) return { schema, record: undefined };
  if (!Frame.safeParse(value).success) return undefined;
  const record = migrated(format, schema, value as JournalRecord);
  return record === undefined ? undefined : { schema, record };
};

const readSegment = async (fs: FileSystem, path: string): Promise<Buffer | Cause | undefined> => {
  try {
    return await readIfThere(fs, path);
  } catch (error) {
    if (isUnreadable(error)) return causeOf(error);
    throw error;
  }
};

/**
 * Reads all segments. A last line without its line end was torn by a crash before it was acknowledged, and is
 * dropped; any other line that does not match its checksum is damage.
 */
export const readJournal = async (
  fs: FileSystem,
  folder: string,
  format: Format = CURRENT,
): Promise<JournalContent> => {
  const segments: string[] = [];
  const unreadable: { name: string; reason: Cause }[] = [];
  const records = new Map<string, JournalRecord>();
  const damage: JournalDamage[] = [];
  let schema = 0;
  let oldest = format.schema;
  for (const name of (await namesIn(fs, folder)).filter((each) => SEGMENT.test(each))) {
    // One that has gone meanwhile was dropped by its writer: what was in it is in the shards.
    const read = await readSegment(fs, join(folder, name));
    if (typeof read === 'string') unreadable.push({ name, reason: read });
    else segments.push(name);
    const lines = Buffer.isBuffer(read) ? read.toString('utf8').split('\n') : [];
    for (const [index, line] of lines.entries()) {
      const last = index === lines.length - 1;
      const parsed = parseLine(line, format);
      if (parsed === undefined && last && TORN.test(line)) continue;
      if (parsed === undefined) damage.push({ name, line: index + 1 });
      else {
        const { record } = parsed;
        schema = Math.max(schema, parsed.schema);
        oldest = Math.min(oldest, parsed.schema);
        // A retry may have written a transaction twice.
        if (record !== undefined) records.set(`${record.seq} ${record.writer}`, record);
      }
    }
  }
  const ordered = [...records.values()].sort((a, b) => a.seq - b.seq);
  return { records: ordered, segments, damage, unreadable, schema, oldest };
};

export const isNewerJournal = (content: JournalContent, format: Format = CURRENT): boolean =>
  content.schema > format.schema;

interface Segment {
  readonly name: string;
  readonly handle: FileHandlePort;
  /** Bytes that are whole lines on disk. */
  length: number;
}

/** Appends to segments, and drops those that the shards have caught up with. */
export class Journal {
  readonly #fs: FileSystem;
  readonly #folder: string;
  readonly #guard: () => Promise<void>;
  readonly #ended: Set<string>;
  #turn: Promise<void> = Promise.resolve();
  #open: Segment | undefined;
  #started = 0;

  constructor(fs: FileSystem, folder: string, found: readonly string[], guard: () => Promise<void>) {
    this.#fs = fs;
    this.#folder = folder;
    this.#guard = guard;
    this.#ended = new Set(found);
  }

  /** Nothing that the shards would have to hold before it is dropped. */
  get isEmpty(): boolean {
    return this.#open === undefined && this.#ended.size === 0;
  }

  /**
   * Appends and syncs, then calls `durable`, before anything else happens to the journal. When it rejects, nothing
   * of this counts as written, and no half line is left where another would be appended to it.
   */
  append(records: readonly JournalRecord[], durable: () => void): Promise<void> {
    return this.#inTurn(async () => {
      await this.#guard();
      const bytes = Buffer.from(records.map(journalLine).join(''));
      this.#open ??= await this.#start(records[0]?.seq ?? 0);
      const segment = this.#open;
      try {
        await writeAll(segment.handle, bytes);
      } catch (error) {
        await this.#takeBack(segment);
        throw error;
      }
      try {
        await segment.handle.datasync();
      } catch (error) {
        // After a failed sync the system may think that the pages are clean: this file cannot be trusted again.
        await this.#end();
        throw error;
      }
      segment.length += bytes.length;
      durable();
    });
  }

  /** Ends the segment; answers with all that are ended, for `drop` when the shards hold what is in them. */
  rotate(): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      await this.#end();
      return [...this.#ended];
    });
  }

  async drop(names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.#guard();
      await removeIfThere(this.#fs, join(this.#folder, name));
      this.#ended.delete(name);
    }
  }

  /** Appends and rotations never overlap. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.then(
      () => undefined,
      () => undefined, // whoever asked for that work has been told; the next in turn starts afresh
    );
    return result;
  }

  /** Where the half line cannot be cut off, the segment ends with it, as after a crash. */
  async #takeBack(segment: Segment): Promise<void> {
    try {
      await segment.handle.truncate(segment.length);
    } catch {
      await this.#end();
    }
  }

  async #end(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    this.#ended.add(open.name);
    await open.handle.close();
  }

  async #start(seq: number): Promise<Segment> {
    await ensureFolder(this.#fs, this.#folder);
    const unique = `${process.pid.toString(36)}${Date.now().toString(36)}${(this.#started++).toString(36)}`;
    const name = `${String(seq).padStart(12, '0')}-${unique}.log`;
    const path = join(this.#folder, name);
    const handle = await this.#fs.open(path, 'ax', 0o600);
    try {
      await syncFolder(this.#fs, this.#folder);
    } catch (error) {
      await handle.close();
      await removeIfThere(this.#fs, path);
      throw error;
    }
    return { name, handle, length: 0 };
  }
}
