import { useMemo } from 'react';
import type { ReadingStatus } from '#shared/model/article';
import type { ArticleId, CollectionId } from '#shared/model/ids';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { useReportProblem } from '../app/problems';
import { useHistory } from '../app/use-app-commands';
import { showToast } from '../ui/toasts';

/** What can be done to several articles at once. Each is one step of the history. */
export const useArticleActions = () => {
  const t = useT();
  const hepatica = useHepatica();
  const report = useReportProblem();
  const { undo } = useHistory();
  return useMemo(() => {
    const undoAction = { label: t('app.undo'), run: undo };
    const say = (message: string) => (): void => showToast({ message, action: undoAction });
    return {
      setStatus: (ids: readonly ArticleId[], status: ReadingStatus | undefined): void =>
        void hepatica.readingList
          .setStatus(status === undefined ? { ids: [...ids] } : { ids: [...ids], status })
          .catch(report),
      trash: (ids: readonly ArticleId[]): void =>
        void hepatica.library
          .trash({ ids: [...ids] })
          .then(say(t('library.trashed', { count: ids.length })))
          .catch(report),
      restore: (ids: readonly ArticleId[]): void =>
        void hepatica.library
          .restore({ ids: [...ids] })
          .then(say(t('library.restored', { count: ids.length })))
          .catch(report),
      purge: (ids: readonly ArticleId[]): void =>
        void hepatica.library.purge({ ids: [...ids] }).catch(report),
      /** Whether it came about; where not, that was said. */
      collect: (ids: readonly ArticleId[], collection: CollectionId, member: boolean): Promise<boolean> =>
        hepatica.library.collect({ ids: [...ids], collection, member }).then(
          () => true,
          (error: unknown) => {
            report(error);
            return false;
          },
        ),
      tag: (ids: readonly ArticleId[], add: readonly string[], remove: readonly string[]): void =>
        void hepatica.library.tag({ ids: [...ids], add: [...add], remove: [...remove] }).catch(report),
    };
  }, [t, hepatica, report, undo]);
};

export type ArticleActions = ReturnType<typeof useArticleActions>;
