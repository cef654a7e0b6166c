import type { BackupList as Listed } from '#shared/contract/backups';
import { wordCause } from '#shared/messages/word-cause';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { useReportProblem } from '../app/problems';
import { useSettings } from '../app/state';
import list from '../ui/DialogList.module.css';
import { EmptyState } from '../ui/EmptyState';
import { BackupList } from './BackupList';
import styles from './Backups.module.css';

interface BackupsViewProps {
  readonly listed: Listed;
  readonly isWritable: boolean;
  readonly canRestore: boolean;
  readonly onRestore: Parameters<typeof BackupList>[0]['onRestore'];
}

const SecondCopy = ({ listed }: { listed: Listed }) => {
  const t = useT();
  const hepatica = useHepatica();
  const report = useReportProblem();
  const { secondCopy = true } = useSettings();
  const size = Math.ceil(listed.bytesOutside / 1e6);
  return (
    <label className={styles['second']}>
      <input
        type="checkbox"
        checked={secondCopy}
        onChange={({ target }) => void hepatica.settings.set({ secondCopy: target.checked }).catch(report)}
      />
      <span className={list['what']}>
        <span>{t('backups.secondCopy')}</span>
        <span className={list['soft']}>{t('backups.secondCopyWhere', { path: listed.outside, size })}</span>
      </span>
    </label>
  );
};

/** All backups, and how it stands with the daily one. */
export const BackupsView = ({ listed, isWritable, canRestore, onRestore }: BackupsViewProps) => {
  const t = useT();
  const { backups, unreadable, state } = listed;
  const [cause = ''] = state.causes;
  return (
    <>
      <p className={styles['soft']}>{t('backups.hint')}</p>
      {state.state === 'suspect' && <p className={styles['warning']}>{t('backups.stateSuspect')}</p>}
      {state.state === 'failed' && (
        <p className={styles['warning']}>{t('backups.stateFailed', { cause: wordCause(t, cause) })}</p>
      )}
      {unreadable > 0 && (
        <p className={styles['warning']}>{t('backups.unreadable', { count: unreadable })}</p>
      )}
      {isWritable && <SecondCopy listed={listed} />}
      {backups.length === 0 ? (
        <EmptyState icon="check" title={t('backups.empty')}>
          <p>{t('backups.emptyHint')}</p>
        </EmptyState>
      ) : (
        <BackupList backups={backups} canRestore={canRestore} onRestore={onRestore} />
      )}
    </>
  );
};
