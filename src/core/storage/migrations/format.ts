import { err, ok, type Result } from '#shared/lib/result';
import type { Table } from '../types';

/** A record, or its value, as it lies in a file: unknown members and all. */
export type Raw = Readonly<Record<string, unknown>>;

/** Brings the records of one schema to the next. */
export interface Migration {
  readonly from: number;
  /**
   * Answers with the record as schema `from + 1` has it. Pure, and by itself: it is applied wherever a record of the
   * old schema is met, in a shard, in a line of the journal or in another copy. Members it does not know stay.
   */
  readonly record: (table: Table, record: Raw) => Raw;
}

/** What this version writes, and how it reads what older ones wrote. */
export interface Format {
  readonly schema: number;
  readonly migrations: readonly Migration[];
}

/** A format that reads all schemas from 1 on. The steps are to be given in order, without a gap. */
export const formatOf = (migrations: readonly Migration[]): Format => {
  const gap = migrations.findIndex(({ from }, index) => from !== index + 1);
  if (gap !== -1) throw new Error(`there is no migration from schema ${gap + 1}`);
  return { schema: migrations.length + 1, migrations };
};

const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Brings a record up to date. What is no record is left for `restore` to refuse. */
export const migrate = (
  { migrations }: Format,
  schema: number,
  table: Table,
  record: unknown,
): Result<unknown, string> => {
  if (!isRaw(record)) return ok(record);
  try {
    const steps = migrations.slice(schema - 1);
    return ok(steps.reduce<Raw>((current, step) => step.record(table, current), record));
  } catch (error) {
    // A record that no version wrote: it is listed as damage with the rest, not the end of the start.
    return err(`it cannot be brought to schema ${migrations.length + 1}: ${String(error)}`);
  }
};
