import type { ArticleRow } from '#shared/contract/library';
import { useT } from '../app/i18n';
import { Icon } from '../ui/Icon';
import styles from './ArticleSummary.module.css';
import { languageOfText, wordAuthors, wordSource } from './words';

const Badges = ({ row }: { row: ArticleRow }) => {
  const t = useT();
  const kind = row.completeness;
  return (
    <>
      {row.status !== undefined && (
        <span className={styles['status']} data-status={row.status}>
          {t(`library.status.${row.status}`)}
        </span>
      )}
      {row.priority !== 2 && (
        <span className={styles['badge']} data-priority={row.priority}>
          {t('readingList.priority')}: {t(`library.priority.${row.priority}`)}
        </span>
      )}
      {(kind === 'stub' || kind === 'unrecognised') && (
        <span className={styles['badge']}>{t(`library.${kind}`)}</span>
      )}
      {row.annotations > 0 && (
        <span className={styles['count']}>
          <Icon name="annotate" />
          {t('library.annotations', { count: row.annotations })}
        </span>
      )}
      {row.progress > 0 && row.status === 'reading' && (
        <span className={styles['count']}>
          {t('library.progress', { percent: Math.round(row.progress * 100) })}
        </span>
      )}
      {row.tags.map((tag) => (
        <span key={tag} className={styles['tag']}>
          {tag}
        </span>
      ))}
    </>
  );
};

/** What a list says of an article: title, who and where, and how it stands. */
export const ArticleSummary = ({ row }: { row: ArticleRow }) => {
  const t = useT();
  const title = row.title === '' ? t('library.untitled') : row.title;
  const by = [wordAuthors(t, row.author), wordSource(row)].filter((part) => part !== '').join(' · ');
  return (
    <div className={styles['summary']}>
      <div className={styles['title']} lang={languageOfText(title)} dir="auto" title={title}>
        {title}
      </div>
      <div className={styles['by']} dir="auto">
        {by}
      </div>
      <div className={styles['badges']}>
        <Badges row={row} />
      </div>
    </div>
  );
};
