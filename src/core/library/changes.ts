import type { Article } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import { problem } from '#shared/model/problem';
import type { DocumentStore, Transaction, Write } from '../storage/types';
import { getArticle } from './rows';

const LONGEST_NAME = 100;

/** The name of a tag or collection as it is kept: on one line, without spaces around. Throws `bad-request`. */
export const cleanName = (name: string, what: 'tag' | 'collection'): string => {
  const clean = name.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (clean === '') throw problem('bad-request', `A ${what} needs a name.`, { detail: `${what}-empty` });
  if (clean.length > LONGEST_NAME)
    throw problem('bad-request', `The name of a ${what} may have at most ${LONGEST_NAME} characters.`, {
      detail: `${what}-too-long`,
    });
  return clean;
};

/** Writes to make one or more articles what `change` makes of them; articles it leaves alone are not written. */
export const articleWrites = (
  store: DocumentStore,
  ids: Iterable<ArticleId>,
  change: (article: Article) => Article,
): Write[] => {
  const modified = new Date().toISOString();
  return [...new Set(ids)].flatMap((id) => {
    const { value } = getArticle(store, id);
    const changed = change(value);
    return changed === value ? [] : [{ table: 'articles' as const, id, value: { ...changed, modified } }];
  });
};

/** One transaction, unless there is nothing to write: an empty step would make undo seem to do nothing. */
export const commit = async (
  store: DocumentStore,
  label: string,
  writes: readonly Write[],
  capture: Transaction['capture'] = 'step',
): Promise<void> => {
  if (writes.length > 0) await store.write({ label, capture, writes });
};
