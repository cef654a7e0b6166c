import type { PointerEvent } from 'react';
import type { ArticleRow } from '#shared/contract/library';
import type { Translate } from '#shared/messages/translator';
import { Priority, ReadingStatus } from '#shared/model/article';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { navigate } from '../app/navigation';
import { useReportProblem } from '../app/problems';
import { ArticleSummary } from '../library/ArticleSummary';
import { useArticleActions } from '../library/actions';
import { IconButton } from '../ui/IconButton';
import { dayOf, daysUntil } from './due';
import styles from './ReadingItem.module.css';

const wordDue = (t: Translate, due: string): string => {
  const days = daysUntil(due, dayOf(new Date()));
  if (days === 0) return t('readingList.dueToday');
  if (days === 1) return t('readingList.dueTomorrow');
  return days < 0 ? t('readingList.overdue', { count: -days }) : t('readingList.dueIn', { count: days });
};

const StatusSelect = ({ row }: { row: ArticleRow }) => {
  const t = useT();
  const actions = useArticleActions();
  return (
    <select
      aria-label={t('readingList.status')}
      value={row.status ?? ''}
      onChange={(event) => actions.setStatus([row.id], ReadingStatus.safeParse(event.target.value).data)}
    >
      {ReadingStatus.options.map((status) => (
        <option key={status} value={status}>
          {t(`library.status.${status}`)}
        </option>
      ))}
      <option value="">{t('readingList.takeOff')}</option>
    </select>
  );
};

const PrioritySelect = ({ row }: { row: ArticleRow }) => {
  const t = useT();
  const hepatica = useHepatica();
  const report = useReportProblem();
  return (
    <select
      aria-label={t('readingList.priority')}
      value={row.priority}
      onChange={(event) => {
        const priority = Priority.safeParse(Number(event.target.value));
        if (priority.success)
          void hepatica.readingList.setPriority({ ids: [row.id], priority: priority.data }).catch(report);
      }}
    >
      {([1, 2, 3] as const).map((priority) => (
        <option key={priority} value={priority}>
          {t(`library.priority.${priority}`)}
        </option>
      ))}
    </select>
  );
};

const DueDate = ({ row }: { row: ArticleRow }) => {
  const t = useT();
  const hepatica = useHepatica();
  const report = useReportProblem();
  const { id, due } = row;
  return (
    <span className={styles['due']} data-overdue={due !== undefined && daysUntil(due, dayOf(new Date())) < 0}>
      <input
        type="date"
        aria-label={t('readingList.due')}
        value={due ?? ''}
        onChange={(event) => {
          const day = event.target.value;
          void hepatica.readingList
            .setDue(day === '' ? { ids: [id] } : { ids: [id], due: day })
            .catch(report);
        }}
      />
      {due !== undefined && <span>{wordDue(t, due)}</span>}
    </span>
  );
};

interface ReadingItemProps {
  readonly row: ArticleRow;
  /** On the handle by which the row is dragged. */
  readonly onPointerDown: (event: PointerEvent) => void;
}

/** One article on the reading list, with what can be set for it there. */
export const ReadingItem = ({ row, onPointerDown }: ReadingItemProps) => {
  const t = useT();
  return (
    <div className={styles['row']}>
      <IconButton
        icon="drag"
        className={styles['handle'] ?? ''}
        label={t('readingList.moveHandle', { title: row.title })}
        onPointerDown={onPointerDown}
      />
      <button
        type="button"
        className={styles['open']}
        onClick={() => navigate({ name: 'article', id: row.id })}
      >
        <ArticleSummary row={row} />
      </button>
      <span className={styles['tools']}>
        <DueDate row={row} />
        <PrioritySelect row={row} />
        <StatusSelect row={row} />
      </span>
    </div>
  );
};
