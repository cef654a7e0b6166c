import { useState } from 'react';
import type { Backup, BackupChanges } from '#shared/contract/backups';
import { useServiceQuery } from '../app/data';
import { useHepatica } from '../app/hepatica';
import { useLanguage, useT } from '../app/i18n';
import { closeOverlay } from '../app/overlays-store';
import { useLibraryStatus } from '../app/state';
import { useHistory } from '../app/use-app-commands';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { showToast } from '../ui/toasts';
import { BackupPreview, changesAnything } from './BackupPreview';
import styles from './Backups.module.css';
import { BackupsView } from './BackupsView';
import { useBackupWork } from './use-backup-work';

interface Chosen {
  readonly backup: Backup;
  readonly changes?: BackupChanges;
}

/** What the reader can do with backups, and what is under way. */
const useBackups = (onClose: () => void, isOpen: boolean) => {
  const t = useT();
  const language = useLanguage();
  const hepatica = useHepatica();
  const { undo } = useHistory();
  const { running, run } = useBackupWork();
  const [chosen, setChosen] = useState<Chosen>();
  return {
    running,
    chosen,
    back: () => setChosen(undefined),
    take: () =>
      run(
        'taking',
        (options) => hepatica.backups.take({}, options),
        () => showToast({ message: t('backups.taken') }),
      ),
    choose: (backup: Backup) => {
      if (!isOpen) return setChosen({ backup });
      return void run(
        'reading',
        (options) => hepatica.backups.preview({ name: backup.name }, options),
        (changes) => setChosen({ backup, changes }),
      );
    },
    restore: ({ backup }: Chosen) =>
      run(
        'restoring',
        (options) => hepatica.backups.restore({ name: backup.name }, options),
        ({ missingContents: count }) => {
          const time = new Date(backup.time).toLocaleString(language);
          const missing = count === 0 ? '' : ` ${t('backups.missing', { count })}`;
          const action = { action: { label: t('app.undo'), run: undo } };
          showToast({ message: t('backups.restored', { time }) + missing, ...(isOpen ? action : {}) });
          onClose();
        },
      ),
  };
};

/** Backups of the library. `onClose` is given where the library is not open. */
export default function BackupsDialog({ onClose = closeOverlay }: { readonly onClose?: () => void }) {
  const t = useT();
  const hepatica = useHepatica();
  const state = useLibraryStatus()?.state;
  const isOpen = state === 'ready' || state === 'read-only';
  const listed = useServiceQuery(['backups', 'list'], () => hepatica.backups.list({})).data;
  const { running, chosen, back, take, choose, restore } = useBackups(onClose, isOpen);
  const canRestore = state !== 'read-only' && running === undefined;
  const { changes } = chosen ?? {};
  const footer = running ? (
    <Button onClick={running.cancel}>{t('backups.cancel')}</Button>
  ) : chosen === undefined ? (
    state === 'ready' && <Button onClick={() => void take()}>{t('backups.take')}</Button>
  ) : (
    <>
      <Button onClick={back}>{t('backups.back')}</Button>
      {(changes === undefined || changesAnything(changes)) && (
        <Button variant="primary" onClick={() => void restore(chosen)}>
          {t('backups.restoreNow')}
        </Button>
      )}
    </>
  );
  return (
    <Dialog title={t('backups.title')} open onClose={onClose} size="large" footer={footer || undefined}>
      <p role="status" className={styles['progress']}>
        {running && t(`backups.${running.work}`, running.progress ?? { done: 0, total: '…' })}
      </p>
      {running?.progress && <progress value={running.progress.done} max={running.progress.total} />}
      {chosen !== undefined && <BackupPreview backup={chosen.backup} changes={changes} />}
      {chosen === undefined && listed !== undefined && (
        <BackupsView
          listed={listed}
          isWritable={state === 'ready'}
          canRestore={canRestore}
          onRestore={choose}
        />
      )}
    </Dialog>
  );
}
