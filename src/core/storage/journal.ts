import { join } from 'node:path';
import * as z from 'zod/mini';
import { removeIfThere } from './atomic';
import { SCHEMA, sha256 } from './envelope';
import { type FileHandlePort, type FileSystem, namesIn, syncFolder, writeAll } from './fs-port';
import type { Change } from './types';

/** One transaction as a line of the journal: the atomic unit across all files. */
export interface JournalRecord {
  readonly schema: number;
  readonly seq: number;
  readonly time: string;
  readonly writer: string;
  readonly label: string;
  readonly changes: readonly Change[];
}

const Frame = z.looseObject({
  schema: z.int().check(z.minimum(1)),
  seq: z.int().check(z.minimum(1)),
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

const checksum = (json: string): string => sha256(json).slice(0, CHECKSUM_LENGTH);

export const journalLine = (record: JournalRecord): string => {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
};

export interface JournalDamage {
  readonly name: string;
  readonly line: number;
  readonly reason: string;
}

export interface JournalContent {
  /** In the order of their numbers, each once. */
  readonly records: readonly JournalRecord[];
  readonly segments: readonly string[];
  readonly damage: readonly JournalDamage[];
  /** The highest schema that a line names. */
  readonly schema: number;
}

/** `undefined`: the line is not as it was written. */
const parseLine = (line: string): JournalRecord | undefined => {
  const json = line.slice(CHECKSUM_LENGTH + 1);
  if (line.slice(0, CHECKSUM_LENGTH + 1) !== `${checksum(json)} `) return undefined;
  const value: unknown = JSON.parse(json);
  const frame = Frame.safeParse(value);
  return frame.success ? (value as JournalRecord) : undefined;
};

/**
 * Reads all segments. A last line without its line end was torn by a crash before it was acknowledged, and is
 * dropped; any other line that does not match its checksum is damage.
 */
export const readJournal = async (fs: FileSystem, folder: string): Promise<JournalContent> => {
  const segments = (await namesIn(fs, folder)).filter((name) => SEGMENT.test(name));
  const records = new Map<number, JournalRecord>();
  const damage: JournalDamage[] = [];
  let schema = 0;
  for (const name of segments) {
    const text = (await fs.readFile(join(folder, name))).toString('utf8');
    const lines = text.split('\n');
    lines.pop(); // what follows the last line end: nothing, or a torn line
    lines.forEach((line, index) => {
      const record = parseLine(line);
      if (record === undefined)
        damage.push({ name, line: index + 1, reason: 'the line does not match its checksum' });
      else {
        schema = Math.max(schema, record.schema);
        records.set(record.seq, record);
      }
    });
  }
  const ordered = [...records.values()].sort((a, b) => a.seq - b.seq);
  return { records: ordered, segments, damage, schema };
};

/** Appends to segments, and drops those that the shards have caught up with. */
export class Journal {
  readonly #fs: FileSystem;
  readonly #folder: string;
  readonly #guard: () => Promise<void>;
  readonly #closed: string[];
  #turn: Promise<void> = Promise.resolve();
  #open: { readonly name: string; readonly handle: FileHandlePort } | undefined;

  constructor(fs: FileSystem, folder: string, found: readonly string[], guard: () => Promise<void>) {
    this.#fs = fs;
    this.#folder = folder;
    this.#guard = guard;
    this.#closed = [...found];
  }

  /**
   * Appends and syncs, then calls `durable`, before anything else happens to the journal. When it rejects, nothing
   * of this counts as written: the segment is given up, so that half a line in it is a torn tail, and the next
   * append starts another.
   */
  append(records: readonly JournalRecord[], durable: () => void): Promise<void> {
    return this.#inTurn(async () => {
      await this.#guard();
      try {
        this.#open ??= await this.#start(records[0]?.seq ?? 0);
        await writeAll(this.#open.handle, Buffer.from(records.map(journalLine).join('')));
        await this.#open.handle.datasync();
      } catch (error) {
        await this.#end();
        throw error;
      }
      durable();
    });
  }

  /** Ends the segment; answers with all that are ended, for `drop` when the shards hold what is in them. */
  rotate(): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      await this.#end();
      return [...this.#closed];
    });
  }

  async drop(names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.#guard();
      await removeIfThere(this.#fs, join(this.#folder, name));
      this.#closed.splice(this.#closed.indexOf(name), 1);
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

  async #end(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    this.#closed.push(open.name);
    await open.handle.close();
  }

  async #start(seq: number): Promise<{ name: string; handle: FileHandlePort }> {
    await this.#fs.mkdir(this.#folder);
    const unique = `${process.pid.toString(36)}${Date.now().toString(36)}`;
    const name = `${String(seq).padStart(12, '0')}-${unique}.log`;
    const handle = await this.#fs.open(join(this.#folder, name), 'ax', 0o600);
    await syncFolder(this.#fs, this.#folder);
    return { name, handle };
  }
}

export const isNewerJournal = (content: JournalContent): boolean => content.schema > SCHEMA;
