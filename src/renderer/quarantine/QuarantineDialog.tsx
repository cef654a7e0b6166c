import { useState } from 'react';
import type { KeptFile, SecondLook } from '#shared/contract/quarantine';
import { useServiceQuery } from '../app/data';
import { useHepatica } from '../app/hepatica';
import { useLanguage, useT } from '../app/i18n';
import { closeOverlay } from '../app/overlays-store';
import { useReportProblem } from '../app/problems';
import { runCommand, useRunnableCommands } from '../commands/registry';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import list from '../ui/DialogList.module.css';
import { EmptyState } from '../ui/EmptyState';
import styles from './QuarantineDialog.module.css';

const Kept = ({ kept }: { kept: KeptFile }) => {
  const t = useT();
  const language = useLanguage();
  const hepatica = useHepatica();
  const report = useReportProblem();
  const [look, setLook] = useState<SecondLook>();
  const { name, file, time } = kept;
  const action = (label: string): string => t('quarantine.of', { action: label, file });
  return (
    <li>
      <div className={list['what']}>
        <span>{file}</span>
        {time !== undefined && (
          <span className={list['soft']}>
            {t('quarantine.putAside', { time: new Date(time).toLocaleString(language) })}
          </span>
        )}
        <span role="status">
          {look !== undefined && t(`quarantine.states.${look.state}`, { count: look.records })}
        </span>
      </div>
      <Button
        aria-label={action(t('quarantine.lookAgain'))}
        onClick={() => void hepatica.quarantine.lookAgain({ name }).then(setLook, report)}
      >
        {t('quarantine.lookAgain')}
      </Button>
      <a
        className={styles['save']}
        href={`/quarantine/${encodeURIComponent(name)}`}
        download={name}
        aria-label={action(t('quarantine.save'))}
      >
        {t('quarantine.save')}
      </a>
    </li>
  );
};

/** What was put away from the library, what it was, and what can still be done with it. */
export default function QuarantineDialog() {
  const t = useT();
  const hepatica = useHepatica();
  const kept = useServiceQuery(['quarantine', 'list'], () => hepatica.quarantine.list({})).data;
  const canShowFolder = useRunnableCommands().some(({ id }) => id === 'show-library-folder');
  const footer = canShowFolder && (
    <Button onClick={() => runCommand('show-library-folder')}>{t('quarantine.showFolder')}</Button>
  );
  return (
    <Dialog
      title={t('quarantine.title')}
      open
      onClose={closeOverlay}
      size="large"
      footer={footer || undefined}
    >
      {kept?.length === 0 ? (
        <EmptyState icon="check" title={t('quarantine.empty')}>
          <p>{t('quarantine.emptyHint')}</p>
        </EmptyState>
      ) : (
        <>
          <p className={styles['hint']}>{t('quarantine.hint')}</p>
          <ul className={list['list']}>
            {kept?.map((each) => (
              <Kept key={each.name} kept={each} />
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
