import type { LibraryStatus } from '#shared/contract/app';
import { wordCause } from '#shared/messages/word-cause';
import { failureValues, wordFailure } from '#shared/messages/word-failure';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import styles from './Banners.module.css';
import { useConnectionState, useHepatica } from './hepatica';
import { useLanguage, useT } from './i18n';
import { MergedCopies } from './MergedCopies';
import { showOverlay } from './overlays-store';
import { useReportProblem } from './problems';

const Damage = ({ damage }: Pick<LibraryStatus, 'damage'>) => {
  const t = useT();
  return (
    <div className={styles['banner']} role="alert">
      <Icon name="warning" />
      <details>
        <summary>{t('app.damageTitle', { count: damage.length })}</summary>
        <ul>
          {damage.map(({ file, reason: cause, keptAs = '' }) => (
            <li key={file + cause}>
              {t(keptAs === '' ? 'app.damageGone' : 'app.damageKept', {
                file,
                reason: wordCause(t, cause),
                keptAs,
              })}
            </li>
          ))}
        </ul>
        <Button variant="quiet" onClick={() => showOverlay('quarantine')}>
          {t('commands.quarantine')}
        </Button>
      </details>
    </div>
  );
};

/** `failure`: why it could not be opened for writing, when that was tried. */
const ReadOnly = ({ readOnlyReason: reason, failure }: LibraryStatus) => {
  const t = useT();
  const language = useLanguage();
  const hepatica = useHepatica();
  const report = useReportProblem();
  const open = (as: 'read-write' | 'take-over') => void hepatica.app.open({ as }).catch(report);
  const isElsewhere = failure?.owner?.sameMachine === false;
  return (
    <div className={styles['banner']} role="status">
      <Icon name="warning" />
      <span>
        {t(reason === 'lock-lost' ? 'app.readOnlyLost' : 'app.readOnlyAsked')}
        {failure !== undefined && ` ${wordFailure(t, language, failure)}`}
        {isElsewhere && ` ${t('status.lockedElsewhere', failureValues(t, language, failure))}`}
      </span>
      <Button variant="quiet" onClick={() => open('read-write')}>
        {t('app.openForWriting')}
      </Button>
      {isElsewhere && (
        <Button variant="quiet" onClick={() => open('take-over')}>
          {t('status.takeOver')}
        </Button>
      )}
    </div>
  );
};

/** What the reader has to know about the library as a whole. */
export const Banners = ({ status }: { status: LibraryStatus }) => {
  const t = useT();
  const connection = useConnectionState();
  return (
    <>
      {(connection === 'lost' || connection === 'closed') && (
        <div className={styles['banner']} role="alert">
          <Icon name="warning" />
          <span>{t(connection === 'lost' ? 'app.connectionLost' : 'app.connectionRefused')}</span>
        </div>
      )}
      {status.save.state === 'not-saved' && (
        <div className={styles['banner']} role="alert">
          <Icon name="warning" />
          <span>{t('app.notSavedBecause', { cause: wordCause(t, status.save.cause ?? '') })}</span>
        </div>
      )}
      {status.state === 'read-only' && <ReadOnly {...status} />}
      <MergedCopies merged={status.merged} />
      {status.damage.length > 0 && <Damage damage={status.damage} />}
    </>
  );
};
