import { useEffect, useState } from 'react';
import type { CheckProgress, CheckReport } from '#shared/contract/check';
import { wordFinding } from '#shared/messages/word-finding';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { closeOverlay } from '../app/overlays-store';
import { useReportProblem } from '../app/problems';
import { useLibraryStatus } from '../app/state';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { showToast } from '../ui/toasts';
import styles from './CheckDialog.module.css';

/** A check that is under way, was cancelled, or has ended. */
interface Check {
  readonly progress?: CheckProgress;
  readonly report?: CheckReport;
  readonly isCancelled?: boolean;
}

/** Checks as soon as it is there, and again as often as it is asked; a dialog that closes ends the check. */
const useCheck = () => {
  const hepatica = useHepatica();
  const reportProblem = useReportProblem();
  const [run, setRun] = useState(() => new AbortController());
  const [check, setCheck] = useState<Check>({});
  useEffect(() => {
    const { signal } = run;
    const set = (next: Check): void => {
      if (!signal.aborted) setCheck(next);
    };
    setCheck({});
    hepatica.check
      .run({}, { signal, onProgress: (progress) => set({ progress }) })
      .then((report) => set({ report }))
      .catch((error: unknown) => {
        if (signal.aborted) return;
        setCheck({ isCancelled: true });
        reportProblem(error);
      });
    return () => run.abort();
  }, [hepatica, reportProblem, run]);
  return {
    check,
    start: () => setRun(new AbortController()),
    cancel: () => {
      run.abort();
      setCheck({ isCancelled: true });
    },
  };
};

const Findings = ({ report }: { report: CheckReport }) => {
  const t = useT();
  const { findings, more } = report;
  if (findings.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list that scrolls has to be reached by the keyboard
    <section className={styles['findings']} aria-label={t('check.found')} tabIndex={0}>
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.code} ${finding.file} ${finding.entry ?? ''} ${finding.detail ?? ''}`}>
            <strong data-severity={finding.severity}>{t(`check.severity.${finding.severity}`)}</strong>{' '}
            {wordFinding(t, finding)}
          </li>
        ))}
      </ul>
      {more > 0 && <p>{t('check.more', { count: more })}</p>}
    </section>
  );
};

const Summary = ({ report }: { report: CheckReport }) => {
  const t = useT();
  const { outcome, findings, more, counts } = report;
  const { files, articles, annotations, collections } = counts;
  const problems = findings.filter(({ severity }) => severity !== 'note').length + more;
  return (
    <>
      <p className={styles['outcome']}>
        {outcome === 'findings' ? t('check.problems', { count: problems }) : t(`check.${outcome}`)}
      </p>
      {outcome !== 'not-checked' && (
        <p className={styles['counts']}>{t('check.read', { files, articles, annotations, collections })}</p>
      )}
    </>
  );
};

/** Says whether the library is whole, and offers to put right what can be. */
export default function CheckDialog({ onClose = closeOverlay }: { readonly onClose?: () => void }) {
  const t = useT();
  const hepatica = useHepatica();
  const reportProblem = useReportProblem();
  const canWrite = useLibraryStatus()?.state === 'ready';
  const { check, start, cancel } = useCheck();
  const { progress, report, isCancelled = false } = check;
  const isRunning = report === undefined && !isCancelled;
  const repairable = report?.findings.filter((each) => each.repairable).length ?? 0;
  const repair = (): void => {
    // The library closes meanwhile, and this dialog with it; it comes back with the library, and checks again.
    hepatica.check
      .repair({})
      .then((counts) => showToast({ message: t('check.repaired', counts) }))
      .catch(reportProblem);
  };
  const footer = isRunning ? (
    <Button onClick={cancel}>{t('check.cancel')}</Button>
  ) : (
    <>
      <Button onClick={start}>{t('check.again')}</Button>
      {repairable > 0 && canWrite && (
        <Button variant="primary" onClick={repair}>
          {t('check.repair')}
        </Button>
      )}
    </>
  );
  return (
    <Dialog title={t('check.title')} open onClose={onClose} size="large" footer={footer}>
      {isRunning && (
        <progress
          className={styles['progress']}
          aria-label={t('check.running')}
          {...(progress === undefined ? {} : { max: progress.total, value: progress.done })}
        />
      )}
      <div role="status">
        {isCancelled && <p>{t('check.cancelled')}</p>}
        {report !== undefined && <Summary report={report} />}
      </div>
      {report !== undefined && <Findings report={report} />}
      {repairable > 0 && canWrite && (
        <p className={styles['repair']}>
          {t('check.repairable', { count: repairable })} {t('check.repairWhat')}
        </p>
      )}
    </Dialog>
  );
}
