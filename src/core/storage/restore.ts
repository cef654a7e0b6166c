import * as z from 'zod/mini';
import { err, ok, type Result } from '#shared/lib/result';
import { Annotation } from '#shared/model/annotation';
import { Article } from '#shared/model/article';
import { Collection } from '#shared/model/collection';
import { defaultSettings, Settings } from '#shared/model/settings';
import type { Stored, Table } from './types';

/** A record of any table, where the code does not care which. */
export type AnyStored = { [T in Table]: Stored<T> }[Table];

const Frame = z.object({
  id: z.string().check(z.minLength(1)),
  version: z.record(z.string(), z.int()),
  deletedAt: z.optional(z.string()),
  value: z.nullable(z.looseObject({})),
});

const schemas = { articles: Article, annotations: Annotation, collections: Collection, settings: Settings };

/** Members that may be filled in without inventing anything: an empty list says no more than a missing one. */
const defaults: Record<Table, Readonly<Record<string, unknown>>> = {
  articles: {
    author: [],
    sections: [],
    abstractCutOff: false,
    keyword: [],
    publicationTypes: [],
    otherIds: [],
    documents: [],
    provenance: [],
    tags: [],
    collections: [],
    related: [],
    reading: { priority: 2 },
  },
  annotations: { note: '', tags: [] },
  collections: {},
  settings: { ...defaultSettings },
};

const reasonOf = (error: z.core.$ZodError): string =>
  error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'record'}: ${issue.message}`)
    .join('; ');

/** Far more than any record of ours, and far less than what makes `JSON.stringify` run out of stack. */
const MOST_NESTED = 100;

const isTooDeep = (value: unknown, left: number = MOST_NESTED): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((each) => isTooDeep(each, left - 1));
};

/**
 * Everything loaded passes here. Answers with the record as it lay on disk, unknown members and all; one that
 * lacks a list gets an empty one; anything else that does not fit is refused with the reason.
 */
export const restore = (table: Table, raw: unknown): Result<AnyStored, string> => {
  if (isTooDeep(raw)) return err('it is nested too deep to be written again');
  const frame = Frame.safeParse(raw);
  if (!frame.success) return err(reasonOf(frame.error));
  const stored = raw as { id: string; value: Record<string, unknown> | null; deletedAt?: string };
  if (stored.value === null)
    return stored.deletedAt === undefined ? err('it is empty and not deleted') : ok(raw as AnyStored);
  if (table !== 'settings' && stored.value['id'] !== stored.id)
    return err('its id is not that of its content');
  const first = schemas[table].safeParse(stored.value);
  if (first.success) return ok(raw as AnyStored);
  const repaired = { ...defaults[table], ...stored.value };
  const second = schemas[table].safeParse(repaired);
  return second.success
    ? ok(Object.assign({}, raw as AnyStored, { value: repaired }))
    : err(reasonOf(second.error));
};
