import * as z from 'zod/mini';
import { Priority, ReadingStatus } from '../model/article';
import { ArticleId, Day } from '../model/ids';
import { call } from '../rpc/contract';
import { Nothing } from './common';
import { ArticleRow } from './library';

const ids = z.array(ArticleId);

export const readingList = {
  /** The articles of one status in the reader's own order, those without a place last, by date added. */
  list: call(z.object({ status: ReadingStatus }), z.object({ ids, rows: z.array(ArticleRow) })),
  /** Puts articles on the list, moves them along it, or (without a status) takes them off. Undoable. */
  setStatus: call(z.object({ ids, status: z.optional(ReadingStatus) }), Nothing),
  setPriority: call(z.object({ ids, priority: Priority }), Nothing),
  /** Sets or clears the day by which the reader wants to have read it. */
  setDue: call(z.object({ ids, due: z.optional(Day) }), Nothing),
  /** Moves one article before another of the same status, or to the end; one record changes. Undoable. */
  move: call(z.object({ id: ArticleId, before: z.optional(ArticleId) }), Nothing),
} as const;
