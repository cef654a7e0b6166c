import { isDeepStrictEqual } from 'node:util';
import { AnnotationId } from '#shared/model/ids';
import { sha256 } from './envelope';
import type { AnyStored } from './restore';
import type { Stored, Table } from './types';

/** How often each writer has changed a record. */
export type VersionVector = Readonly<Record<string, number>>;

/**
 * How `a` stands to `b`. `concurrent`: each holds changes that the other does not know.
 * (Parker et al., Detection of mutual inconsistency in distributed systems, IEEE TSE 1983.)
 */
export const compareVersions = (
  a: VersionVector,
  b: VersionVector,
): 'same' | 'newer' | 'older' | 'concurrent' => {
  const writers = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const ahead = writers.some((writer) => (a[writer] ?? 0) > (b[writer] ?? 0));
  const behind = writers.some((writer) => (a[writer] ?? 0) < (b[writer] ?? 0));
  if (ahead && behind) return 'concurrent';
  if (ahead) return 'newer';
  return behind ? 'older' : 'same';
};

/** The smallest version that knows all that both know. */
export const joinVersions = (a: VersionVector, b: VersionVector): VersionVector => {
  const writers = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(writers.map((writer) => [writer, Math.max(a[writer] ?? 0, b[writer] ?? 0)]));
};

export interface Merged {
  /** The record that takes the place of ours. Its version knows both, and no change of its own. */
  readonly record: AnyStored;
  /** The other note of an annotation that was written in both copies, as an annotation of its own. */
  readonly second?: Stored<'annotations'>;
  /** Members of which one value was given up. */
  readonly givenUp: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Lists to which both copies may have added. All else is one thing, of which one value stays. */
const UNITED = new Set(['tags', 'collections', 'documents', 'provenance', 'related']);
/** Members that follow from the others, or of which the later value is the right one. */
const UNREMARKABLE = new Set(['modified', 'position', 'opened', 'finished']);

const changesIn = (version: VersionVector): number =>
  Object.values(version).reduce((sum, count) => sum + count, 0);

/**
 * Which copy's value stays where only one can: that of the record that was changed more often, since clocks of two
 * machines need not agree; then by time; then by its text, so that both machines decide alike.
 */
const precedes = (a: AnyStored, b: AnyStored): boolean => {
  const modified = ({ value }: AnyStored): string => {
    const time = (value as Fields | null)?.['modified'];
    return typeof time === 'string' ? time : '';
  };
  const ranks = [
    changesIn(a.version) - changesIn(b.version),
    modified(a).localeCompare(modified(b)),
    JSON.stringify(a.value) < JSON.stringify(b.value) ? -1 : 1,
  ];
  return (ranks.find((rank) => rank !== 0) ?? 0) > 0;
};

const united = (first: readonly unknown[], second: readonly unknown[]): unknown[] => [
  ...first,
  ...second.filter((each) => !first.some((other) => isDeepStrictEqual(other, each))),
];

/** Member by member, those of `first` before those of `second`. */
const unite = (first: Fields, second: Fields, givenUp: string[]): Fields => {
  const result: Record<string, unknown> = { ...second, ...first };
  for (const [key, value] of Object.entries(first)) {
    const other = second[key];
    if (other === undefined || isDeepStrictEqual(value, other)) continue;
    if (UNITED.has(key) && Array.isArray(value) && Array.isArray(other)) result[key] = united(value, other);
    else if (key === 'reading') result[key] = unite(value as Fields, other as Fields, givenUp);
    else if (value === '') result[key] = other;
    else if (other !== '' && !UNREMARKABLE.has(key)) givenUp.push(key);
  }
  return result;
};

/** The loser's note beside the winner's, under an id that both machines arrive at. */
const secondNote = (table: Table, winner: AnyStored, loser: AnyStored): Stored<'annotations'> | undefined => {
  if (table !== 'annotations') return undefined;
  const [kept, other] = [winner, loser] as Stored<'annotations'>[];
  if (kept?.value == null || other?.value == null) return undefined;
  const notes = [kept.value.note.trim(), other.value.note.trim()];
  if (notes.includes('') || notes[0] === notes[1]) return undefined;
  const id = AnnotationId.parse(sha256(JSON.stringify([other.id, other.value.note])).slice(0, 16));
  return { id, version: other.version, value: { ...other.value, id } };
};

/**
 * Two versions of one record as one, where each has changes that the other does not know. A change wins over a
 * deletion; lists are united; two notes of one annotation are both kept. Both machines come to the same content,
 * whichever is asked. `undefined` where ours already holds all that theirs has; without ours, theirs is taken as it is.
 */
export const mergeRecords = (
  table: Table,
  ours: AnyStored | undefined,
  theirs: AnyStored,
): Merged | undefined => {
  if (ours === undefined) return { record: theirs, givenUp: [] };
  const order = compareVersions(theirs.version, ours.version);
  if (order === 'same' || order === 'older') return undefined;
  if (order === 'newer') return { record: theirs, givenUp: [] };
  const version = joinVersions(ours.version, theirs.version);
  const as = (record: object): AnyStored => ({ ...record, version }) as AnyStored;
  if (theirs.value === null) return { record: as(ours), givenUp: [] };
  if (ours.value === null) return { record: as(theirs), givenUp: [] };
  const [winner, loser] = precedes(ours, theirs) ? [ours, theirs] : [theirs, ours];
  const second = secondNote(table, winner, loser);
  const differing: string[] = [];
  const value = unite(winner.value as Fields, loser.value as Fields, differing);
  const givenUp = differing.filter((key) => key !== 'note' || second === undefined);
  const { deletedAt: _trashed, ...live } = { ...loser, ...winner };
  const isTrashed = ours.deletedAt !== undefined && theirs.deletedAt !== undefined;
  const record = as({ ...(isTrashed ? { ...loser, ...winner } : live), value });
  return { record, givenUp, ...(second === undefined ? {} : { second }) };
};
