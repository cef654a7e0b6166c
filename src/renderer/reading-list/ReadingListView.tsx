import { type KeyboardEvent, useRef } from 'react';
import { ReadingStatus } from '#shared/model/article';
import { useT } from '../app/i18n';
import { navigate, useView } from '../app/navigation';
import { useOverview } from '../library/use-overview';
import { EmptyState } from '../ui/EmptyState';
import { ReadingItems } from './ReadingItems';
import styles from './ReadingListView.module.css';
import { useReadingList } from './use-reading-list';

const STATUSES = ReadingStatus.options;

const Tabs = ({ current }: { current: ReadingStatus }) => {
  const t = useT();
  const counts = useOverview()?.byStatus;
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || event.altKey) return;
    event.preventDefault();
    const next = (STATUSES.indexOf(current) + step + STATUSES.length) % STATUSES.length;
    const status = STATUSES[next];
    if (status === undefined) return;
    navigate({ name: 'reading-list', status });
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={t('readingList.tabs')}
      className={styles['tabs']}
      onKeyDown={onKeyDown}
    >
      {STATUSES.map((status) => (
        <button
          key={status}
          type="button"
          role="tab"
          id={`tab-${status}`}
          aria-controls="reading-list"
          aria-selected={status === current}
          tabIndex={status === current ? 0 : -1}
          onClick={() => navigate({ name: 'reading-list', status })}
        >
          {t(`library.status.${status}`)}
          <span className={styles['count']}>{counts?.[status] ?? ''}</span>
        </button>
      ))}
    </div>
  );
};

/** What to read, in the reader's own order. */
export default function ReadingListView() {
  const t = useT();
  const view = useView();
  const status = view.name === 'reading-list' ? view.status : 'to-read';
  const list = useReadingList(status);
  return (
    <div className={styles['view']}>
      <header className={styles['head']}>
        <h1>{t('readingList.title')}</h1>
        <Tabs current={status} />
      </header>
      <div id="reading-list" role="tabpanel" aria-labelledby={`tab-${status}`} className={styles['panel']}>
        {list?.ids.length === 0 && (
          <EmptyState icon="list" title={t(`readingList.empty.${status}`)}>
            <p>{t(`readingList.emptyHint.${status}`)}</p>
          </EmptyState>
        )}
        {list !== undefined && list.ids.length > 0 && (
          <ReadingItems key={status} list={list} status={status} />
        )}
      </div>
    </div>
  );
}
