import type { AnyStored } from './restore';
import type { Table, Write } from './types';

type State = { readonly value: unknown; readonly deletedAt?: string } | null | undefined;

/** Whether a record is in the Trash, from where it can be taken back. */
export const inTrash = (record: State): boolean => record?.deletedAt !== undefined && record.value !== null;

/** Whether there is a record, neither in the Trash nor deleted for good. */
export const isThere = (record: State): boolean =>
  (record?.value ?? null) !== null && record?.deletedAt === undefined;

/** What makes a record as it is in another copy of the library, and knows that copy's version. */
export const writeOf = (table: Table, record: AnyStored, trash = inTrash(record)): Write =>
  ({ table, id: record.id, value: record.value, trash, knows: record.version }) as Write;
