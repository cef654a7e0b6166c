import type { Backup, BackupChanges } from '#shared/contract/backups';
import { useLanguage, useT } from '../app/i18n';
import styles from './Backups.module.css';

interface BackupPreviewProps {
  readonly backup: Backup;
  /** Absent where the library is not open: nothing is known of it then. */
  readonly changes: BackupChanges | undefined;
}

const KINDS = ['articles', 'annotations', 'collections'] as const;
const CHANGES = ['added', 'changed', 'removed'] as const;

/** Whether restoring would change anything that the reader sees. */
export const changesAnything = (changes: BackupChanges): boolean =>
  KINDS.some((kind) => CHANGES.some((change) => changes[kind][change] > 0));

/** What restoring would change, before it is done. */
export const BackupPreview = ({ backup, changes }: BackupPreviewProps) => {
  const t = useT();
  const time = new Date(backup.time).toLocaleString(useLanguage());
  return (
    <section aria-labelledby="backup-preview">
      <h3 id="backup-preview">{t('backups.previewTitle', { time })}</h3>
      {changes === undefined && <p>{t('backups.holds', backup.counts)}</p>}
      {changes !== undefined && !changesAnything(changes) && <p>{t('backups.nothingChanges')}</p>}
      {changes !== undefined && changesAnything(changes) && (
        <table className={styles['changes']}>
          <thead>
            <tr>
              <th scope="col">{t('backups.kind')}</th>
              {CHANGES.map((change) => (
                <th key={change} scope="col">
                  {t(`backups.${change}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {KINDS.map((kind) => (
              <tr key={kind}>
                <th scope="row">{t(`backups.${kind}`)}</th>
                {CHANGES.map((change) => (
                  <td key={change}>{changes[kind][change]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles['soft']}>{t(changes === undefined ? 'backups.keptClosed' : 'backups.kept')}</p>
    </section>
  );
};
