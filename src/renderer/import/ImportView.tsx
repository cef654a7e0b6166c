import { useCallback, useEffect, useRef, useState } from 'react';
import { useT } from '../app/i18n';
import { useProblemText } from '../app/problems';
import { isMac, runCommand } from '../commands/registry';
import { showShortcut } from '../commands/shortcuts';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { EmptyState } from '../ui/EmptyState';
import { IconButton } from '../ui/IconButton';
import { EntryView } from './EntryView';
import styles from './ImportView.module.css';
import {
  clearFailures,
  type Entry,
  idOf,
  isEdited,
  isValid,
  type Progress,
  show,
  useImport,
} from './import-store';
import { stopReading, useEntryActions } from './use-import';

const Reading = ({ reading }: { reading: Progress }) => {
  const t = useT();
  const words = t('importing.reading', { done: reading.done, count: reading.total });
  return (
    <div className={styles['reading']} role="status">
      <progress value={reading.done} max={reading.total} aria-label={words} />
      <span>{words}</span>
      <Button variant="quiet" onClick={stopReading}>
        {t('importing.stop')}
      </Button>
    </div>
  );
};

const Failures = () => {
  const t = useT();
  const wordProblem = useProblemText();
  const failures = useImport((state) => state.failures);
  if (failures.length === 0) return null;
  return (
    <section className={styles['failures']} role="alert">
      <h2>{t('importing.problems', { count: failures.length })}</h2>
      <ul>
        {failures.map(({ id, fileName, problem }) => (
          <li key={id}>
            <bdi>{fileName ?? t('importing.clipboard')}</bdi> {wordProblem(problem)}
          </li>
        ))}
      </ul>
      <Button onClick={clearFailures}>{t('importing.dismiss')}</Button>
    </section>
  );
};

const Empty = () => {
  const t = useT();
  return (
    <EmptyState icon="paste" title={t('importing.empty')}>
      <p>{t('importing.emptyHint')}</p>
      <div className={styles['buttons']}>
        <Button variant="primary" onClick={() => void runCommand('paste-article')}>
          {t('importing.paste')}
        </Button>
        <Button onClick={() => void runCommand('open-files')}>{t('importing.openFiles')}</Button>
      </div>
    </EmptyState>
  );
};

const Position = ({ current, count, entry }: { current: number; count: number; entry: Entry }) => {
  const t = useT();
  return (
    <nav className={styles['position']} aria-label={t('importing.title')}>
      <bdi className={styles['name']}>{entry.preview.fileName ?? t('importing.clipboard')}</bdi>
      {count > 1 && (
        <>
          <IconButton
            icon="back"
            label={t('importing.previous')}
            disabled={current === 0}
            onClick={() => show(current - 1)}
          />
          <span aria-live="polite">{t('importing.position', { number: current + 1, count })}</span>
          <IconButton
            icon="next"
            label={t('importing.next')}
            disabled={current === count - 1}
            onClick={() => show(current + 1)}
          />
        </>
      )}
    </nav>
  );
};

interface ActionsProps {
  readonly entry: Entry;
  readonly count: number;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

const Actions = ({ entry, count, onSave, onCancel }: ActionsProps) => {
  const t = useT();
  const saving = useImport((state) => state.saving);
  const isReading = useImport((state) => state.reading !== undefined);
  const { saveAll, leaveOut } = useEntryActions();
  if (saving !== undefined)
    return (
      <footer className={styles['foot']}>
        <span role="status">{t('importing.saving', { done: saving.done, count: saving.total })}</span>
      </footer>
    );
  return (
    <footer className={styles['foot']}>
      <Button onClick={onCancel} title={showShortcut('Escape', isMac())}>
        {t('importing.cancel')}
      </Button>
      {count > 1 && <Button onClick={() => leaveOut(entry)}>{t('importing.leaveOut')}</Button>}
      {count > 1 && (
        <Button disabled={isReading} onClick={saveAll}>
          {t('importing.saveAll', { count })}
        </Button>
      )}
      <Button variant="primary" disabled={!isValid(entry)} onClick={onSave}>
        {t('importing.save')} <kbd className={styles['key']}>{showShortcut('Mod+Enter', isMac())}</kbd>
      </Button>
    </footer>
  );
};

const Discard = ({ onDiscard, onClose }: { onDiscard: () => void; onClose: () => void }) => {
  const t = useT();
  return (
    <Dialog
      title={t('importing.discardTitle')}
      open
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onClick={onClose}>{t('importing.keepEditing')}</Button>
          <Button variant="danger" onClick={onDiscard}>
            {t('importing.discard')}
          </Button>
        </>
      }
    >
      <p>{t('importing.discardText')}</p>
    </Dialog>
  );
};

/** Esc cancels and Mod+Enter saves, wherever the focus is. */
const useKeys = (save: () => void, cancel: () => void): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isFree =
        !event.defaultPrevented && document.querySelector('dialog[open]:modal, :popover-open') === null;
      if (!isFree || event.isComposing) return;
      const isMod = isMac() ? event.metaKey : event.ctrlKey;
      if (event.key === 'Escape') cancel();
      else if (event.key === 'Enter' && isMod) save();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [save, cancel]);
};

/** The preview of what is brought in, before any of it is stored. */
const ImportView = () => {
  const t = useT();
  const { entries, current, reading, failures } = useImport();
  const [isAsking, setAsking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const { save, cancel } = useEntryActions();
  const entry = entries[current];
  const id = entry === undefined ? undefined : idOf(entry);
  const onSave = useCallback(() => {
    if (entry !== undefined && isValid(entry)) save(entry);
  }, [entry, save]);
  const onCancel = useCallback(
    () => (entries.some(isEdited) ? setAsking(true) : cancel()),
    [entries, cancel],
  );
  useKeys(onSave, onCancel);
  // Each text that comes on show is announced, and the next Tab goes to its fields.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when another text comes on show
  useEffect(() => heading.current?.focus(), [id]);
  return (
    <div className={styles['view']}>
      <header className={styles['head']}>
        <h1 ref={heading} tabIndex={-1}>
          {t('importing.title')}
        </h1>
        {entry !== undefined && <Position current={current} count={entries.length} entry={entry} />}
      </header>
      {reading !== undefined && <Reading reading={reading} />}
      <Failures />
      {entry !== undefined && <EntryView key={id} entry={entry} />}
      {entry === undefined && reading === undefined && failures.length === 0 && <Empty />}
      {entry !== undefined && (
        <Actions entry={entry} count={entries.length} onSave={onSave} onCancel={onCancel} />
      )}
      {isAsking && <Discard onDiscard={cancel} onClose={() => setAsking(false)} />}
    </div>
  );
};

export default ImportView;
