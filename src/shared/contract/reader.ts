import * as z from 'zod/mini';
import { Article, DocumentRef, ReadingPosition } from '../model/article';
import { ArticleId } from '../model/ids';
import { call } from '../rpc/contract';
import { Nothing } from './common';
import { ArticleRow } from './library';

export const reader = {
  /**
   * Everything the reading view needs of an article but its text, which is fetched from
   * `textUrl` (relative to the app). Marks it as opened: one that is to read moves to reading.
   */
  open: call(
    z.object({ id: ArticleId }),
    z.object({
      article: Article,
      document: DocumentRef,
      textUrl: z.string(),
      related: z.array(ArticleRow),
      inTrash: z.boolean(),
    }),
  ),
  /** Remembers the place. Not undoable. */
  setPosition: call(z.object({ id: ArticleId, position: ReadingPosition }), Nothing),
} as const;
