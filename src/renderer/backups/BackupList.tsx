import type { Backup } from '#shared/contract/backups';
import { useLanguage, useT } from '../app/i18n';
import { Button } from '../ui/Button';
import list from '../ui/DialogList.module.css';
import styles from './Backups.module.css';

interface BackupListProps {
  readonly backups: readonly Backup[];
  readonly canRestore: boolean;
  readonly onRestore: (backup: Backup) => void;
}

const Row = ({ backup, canRestore, onRestore }: Omit<BackupListProps, 'backups'> & { backup: Backup }) => {
  const t = useT();
  const language = useLanguage();
  const { reason, counts, suspect, places, leftOut } = backup;
  const time = new Date(backup.time).toLocaleString(language);
  const [place = 'library'] = places;
  return (
    <li>
      <div className={list['what']}>
        <span>
          <strong>{time}</strong> · {t(`backups.reasons.${reason}`)}
        </span>
        <span className={list['soft']}>
          {t('backups.holds', counts)}
          {counts.inTrash > 0 && ` · ${t('backups.inTrash', { count: counts.inTrash })}`}
        </span>
        <span className={list['soft']}>{t(`backups.places.${places.length > 1 ? 'both' : place}`)}</span>
        {leftOut.files > 0 && (
          <span className={list['soft']}>{t('backups.leftOut', { count: leftOut.files })}</span>
        )}
        {suspect.length > 0 && <span className={styles['warning']}>{t('backups.suspect')}</span>}
      </div>
      {canRestore && (
        <Button aria-label={t('backups.restoreOf', { time })} onClick={() => onRestore(backup)}>
          {t('backups.restore')}
        </Button>
      )}
    </li>
  );
};

/** What each backup holds and where it lies, the latest first. */
export const BackupList = ({ backups, ...rest }: BackupListProps) => (
  <ul className={list['list']}>
    {backups.map((backup) => (
      <Row key={backup.name} backup={backup} {...rest} />
    ))}
  </ul>
);
