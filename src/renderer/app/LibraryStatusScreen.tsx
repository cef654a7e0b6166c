import type { LibraryFailure, LibraryStatus } from '#shared/contract/app';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { useHepatica } from './hepatica';
import { useLanguage, useT } from './i18n';
import styles from './LibraryStatusScreen.module.css';
import { useReportProblem, wordCause } from './problems';

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

const Failure = ({ failure }: { failure: LibraryFailure }) => {
  const t = useT();
  const language = useLanguage();
  const hepatica = useHepatica();
  const report = useReportProblem();
  const { reason, path, file, cause, owner, schema = 0, known = 0 } = failure;
  const since = owner === undefined ? '' : new Date(owner.since).toLocaleString(language);
  const values = {
    path,
    file: file ?? '',
    cause: cause === undefined ? '' : wordCause(t, cause),
    schema,
    known,
    pid: owner?.pid ?? 0,
    host: owner?.host ?? '',
    since,
  };
  return (
    <div className={styles['card']} role="alert">
      <Icon name="warning" />
      <h1>{t(`status.${reason}`)}</h1>
      <p>{t(`status.${reason}Why`, values)}</p>
      {reason === 'locked' && owner?.sameMachine === false && <p>{t('status.lockedElsewhere', values)}</p>}
      <p className={styles['kept']}>{t('status.nothingChanged')}</p>
      <div className={styles['ways']}>
        {waysFor(failure).map((way, index) => (
          <Button
            key={way}
            variant={index === 0 ? 'primary' : 'plain'}
            onClick={() => void hepatica.app.open({ as: way }).catch(report)}
          >
            {t(LABELS[way])}
          </Button>
        ))}
      </div>
    </div>
  );
};

/** Shown instead of the library while it opens, and when it could not be opened. */
export const LibraryStatusScreen = ({ status }: { status: LibraryStatus | undefined }) => {
  const t = useT();
  return (
    <main className={styles['screen']}>
      {status?.failure === undefined ? (
        <p aria-live="polite">{t('app.loading')}</p>
      ) : (
        <Failure failure={status.failure} />
      )}
    </main>
  );
};
