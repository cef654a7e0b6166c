import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ReadingStatus } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import type { Settings } from '#shared/model/settings';
import type { Marking } from '../annotations/use-marking';
import { useHepatica } from '../app/hepatica';
import { useReportProblem } from '../app/problems';
import { useSettings } from '../app/state';
import { useCommandContext, useCommands } from '../commands/registry';
import { resized } from './appearance';
import type { Panels } from './panels';

export interface ArticleActions {
  setStatus(ids: readonly ArticleId[], status: ReadingStatus | undefined): void;
  restore(): void;
}

/** What can be done with the article that is open. */
export const useArticleActions = (id: ArticleId): ArticleActions => {
  const hepatica = useHepatica();
  const report = useReportProblem();
  return useMemo(
    () => ({
      setStatus: (ids, status) => {
        const input = { ids: [...ids], ...(status === undefined ? {} : { status }) };
        hepatica.readingList.setStatus(input).catch(report);
      },
      restore: () => {
        hepatica.library.restore({ ids: [id] }).catch(report);
      },
    }),
    [hepatica, report, id],
  );
};

interface Context {
  readonly id: ArticleId;
  readonly inTrash: boolean;
  readonly panels: Panels;
  readonly marking: Pick<Marking, 'mark' | 'note'>;
  readonly actions: ArticleActions;
  readonly find: () => void;
}

const useTextSize = (): ((by: number) => void) => {
  const hepatica = useHepatica();
  const report = useReportProblem();
  const queries = useQueryClient();
  const settings = useSettings();
  return useMemo(
    () => (by) => {
      // From what was asked for last, also while the answer is on its way: a key that is held comes faster.
      const queryKey = ['settings', 'get'];
      const asked = queries.getQueryData<Settings>(queryKey) ?? settings;
      const change = resized(asked, by);
      void queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, { ...asked, ...change });
      hepatica.settings.set(change).catch((error: unknown) => {
        void queries.invalidateQueries({ queryKey });
        report(error);
      });
    },
    [hepatica, queries, report, settings],
  );
};

/** The commands of an open article. */
export const useReaderCommands = (context: Context): void => {
  const { id, inTrash, panels, marking, actions, find } = context;
  const { mark, note } = marking;
  const resize = useTextSize();
  useCommandContext(
    useMemo(
      () => ({
        'article-open': true,
        'articles-selected': true,
        'in-trash': inTrash,
      }),
      [inTrash],
    ),
  );
  useCommands(
    useMemo(
      () => ({
        'find-in-article': find,
        'toggle-annotations': () => panels.toggle('annotations'),
        'toggle-contents': () => panels.toggle('contents'),
        'larger-text': () => resize(1),
        'smaller-text': () => resize(-1),
        'highlight-finding': () => mark('finding'),
        'highlight-method': () => mark('method'),
        'highlight-doubt': () => mark('doubt'),
        'highlight-to-cite': () => mark('to-cite'),
        'add-note': note,
        'mark-inbox': () => actions.setStatus([id], 'inbox'),
        'mark-to-read': () => actions.setStatus([id], 'to-read'),
        'mark-reading': () => actions.setStatus([id], 'reading'),
        'mark-read': () => actions.setStatus([id], 'read'),
        'mark-none': () => actions.setStatus([id], undefined),
        restore: actions.restore,
      }),
      [find, panels, resize, mark, note, actions, id],
    ),
  );
};
