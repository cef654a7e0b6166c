import { useMemo } from 'react';
import type { ArticleId } from '#shared/model/ids';
import { useCommandContext, useCommands } from '../commands/registry';
import { useArticleActions } from './actions';
import { showDialog } from './dialog-store';

/** Lets the commands on articles act on these, for lists and for the reader. */
export const useArticleCommands = (ids: readonly ArticleId[], inTrash: boolean): void => {
  const actions = useArticleActions();
  const some = ids.length > 0;
  useCommandContext(useMemo(() => ({ 'articles-selected': some, 'in-trash': inTrash }), [some, inTrash]));
  useCommands(
    useMemo(() => {
      if (inTrash) return { restore: () => actions.restore(ids), trash: () => showDialog('purge', ids) };
      return {
        'mark-inbox': () => actions.setStatus(ids, 'inbox'),
        'mark-to-read': () => actions.setStatus(ids, 'to-read'),
        'mark-reading': () => actions.setStatus(ids, 'reading'),
        'mark-read': () => actions.setStatus(ids, 'read'),
        'mark-none': () => actions.setStatus(ids, undefined),
        'edit-tags': () => showDialog('tags', ids),
        'edit-collections': () => showDialog('collections', ids),
        'edit-article': () => showDialog('details', ids.slice(0, 1)),
        trash: () => actions.trash(ids),
      };
    }, [ids, inTrash, actions]),
  );
};
