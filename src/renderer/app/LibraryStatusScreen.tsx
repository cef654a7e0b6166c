import { useState } from 'react';
import type { LibraryFailure, LibraryStatus } from '#shared/contract/app';
import { failureValues, wordFailure } from '#shared/messages/word-failure';
import { RestoreFromBackup } from '../backups/RestoreFromBackup';
import { CheckFolder } from '../check/CheckFolder';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { useHepatica } from './hepatica';
import { useLanguage, useT } from './i18n';
import styles from './LibraryStatusScreen.module.css';
import { useReportProblem } from './problems';

type Way = 'read-write' | 'read-only' | 'take-over' | 'create';

/** What can be done about it, the safest first. */
const waysFor = ({ reason, owner }: LibraryFailure): readonly Way[] => {
  switch (reason) {
    case 'missing':
    case 'empty-but-known':
      return ['read-write', 'create'];
    case 'locked':
      return owner?.sameMachine === false
        ? ['read-write', 'read-only', 'take-over']
        : ['read-write', 'read-only'];
    case 'not-writable':
      return ['read-write', 'read-only'];
    default:
      return ['read-write'];
  }
};

const LABELS = {
  'read-write': 'status.tryAgain',
  'read-only': 'status.openReadOnly',
  'take-over': 'status.takeOver',
  create: 'status.createHere',
} as const;

interface FailureProps {
  readonly failure: LibraryFailure;
  /** When it was last tried in vain: without it, a second failure would look as if nothing had been done. */
  readonly tried: Date | undefined;
  readonly onTried: () => void;
}

const Failure = ({ failure, tried, onTried }: FailureProps) => {
  const t = useT();
  const language = useLanguage();
  const hepatica = useHepatica();
  const report = useReportProblem();
  const { reason, owner } = failure;
  return (
    <div className={styles['card']} role="alert">
      <Icon name="warning" />
      <h1>{t(`status.${reason}`)}</h1>
      <p>{wordFailure(t, language, failure)}</p>
      {reason === 'locked' && owner?.sameMachine === false && (
        <p>{t('status.lockedElsewhere', failureValues(t, language, failure))}</p>
      )}
      <p className={styles['kept']}>{t('status.nothingChanged')}</p>
      <div className={styles['ways']}>
        {waysFor(failure).map((way, index) => (
          <Button
            key={way}
            variant={index === 0 ? 'primary' : 'plain'}
            onClick={() => void hepatica.app.open({ as: way }).then(onTried, report)}
          >
            {t(LABELS[way])}
          </Button>
        ))}
        {(reason === 'unreadable' || reason === 'newer') && <CheckFolder />}
        {reason !== 'locked' && reason !== 'newer' && <RestoreFromBackup />}
      </div>
      <p role="status">
        {tried !== undefined && t('status.tried', { time: tried.toLocaleTimeString(language) })}
      </p>
    </div>
  );
};

/** Shown instead of the library while it opens, and when it could not be opened. */
export const LibraryStatusScreen = ({ status }: { status: LibraryStatus | undefined }) => {
  const t = useT();
  const [tried, setTried] = useState<Date>();
  return (
    <main className={styles['screen']}>
      {status?.failure === undefined ? (
        <p aria-live="polite">{t('app.loading')}</p>
      ) : (
        <Failure failure={status.failure} tried={tried} onTried={() => setTried(new Date())} />
      )}
    </main>
  );
};
