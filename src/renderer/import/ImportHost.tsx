import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { problem } from '#shared/model/problem';
import { useT } from '../app/i18n';
import { navigate, useView } from '../app/navigation';
import { useReportProblem } from '../app/problems';
import { useCommands } from '../commands/registry';
import { Button } from '../ui/Button';
import { showToast } from '../ui/toasts';
import styles from './ImportHost.module.css';
import { addFailure, useImport } from './import-store';
import { PasteDialog } from './PasteDialog';
import { type Source, sourceOfFile, sourceOfText } from './upload';
import { useAddSources } from './use-import';

const TEXT_FIELDS = 'input, textarea, select, [contenteditable=true]';

const isBusy = (target: EventTarget | null): boolean =>
  (target instanceof Element && target.closest(TEXT_FIELDS) !== null) ||
  document.querySelector('dialog[open]:modal') !== null;

/** Mod+V outside a text field. The clipboard event carries the text without asking for a permission. */
const usePaste = (add: (sources: readonly Source[]) => void): void => {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      if (event.clipboardData === null || isBusy(event.target)) return;
      event.preventDefault();
      const files = [...event.clipboardData.files];
      const text = event.clipboardData.getData('text/plain');
      add(files.length > 0 && text === '' ? files.map(sourceOfFile) : [sourceOfText(text)]);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [add]);
};

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** The files that are dropped, and the names of folders among them. Read at once: the list is gone after the event. */
const droppedIn = (data: DataTransfer): { files: File[]; folders: string[] } => {
  const folders = [...data.items].flatMap((item) => {
    const entry = item.webkitGetAsEntry();
    return entry?.isDirectory === true ? [entry.name] : [];
  });
  return { files: [...data.files].filter((file) => !folders.includes(file.name)), folders };
};

/** Files dropped anywhere on the window; answers whether some are held over it. */
const useDrop = (onDrop: (files: File[], folders: string[]) => void): boolean => {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      const { files, folders } = droppedIn(event.dataTransfer);
      onDrop(files, folders);
    };
    const listeners = { dragenter: over, dragover: over, dragleave: leave, drop } as const;
    const entries = Object.entries(listeners) as [keyof typeof listeners, (event: DragEvent) => void][];
    for (const [type, listener] of entries) window.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of entries) window.removeEventListener(type, listener);
    };
  }, [onDrop]);
  return isOver;
};

/** Says that something waits to be saved while another view is on show. */
const Waiting = () => {
  const t = useT();
  const isAway = useView().name !== 'import';
  const count = useImport((state) => state.entries.length);
  if (!isAway || count === 0) return null;
  return (
    <div className={styles['waiting']} role="status">
      <span>{t('importing.waiting', { count })}</span>
      <Button variant="quiet" onClick={() => navigate({ name: 'import' })}>
        {t('importing.review')}
      </Button>
    </div>
  );
};

/** Takes sources in, or says that nothing can be added to a library that is open for reading. */
const useAdd = (writable: boolean): ((sources: readonly Source[]) => void) => {
  const t = useT();
  const add = useAddSources();
  return useCallback(
    (sources) => {
      if (writable) add(sources);
      else showToast({ message: t('importing.readOnly'), kind: 'problem' });
    },
    [writable, add, t],
  );
};

interface Props {
  /** Where not, each way in says why nothing comes of it. */
  readonly writable: boolean;
}

/** The ways in: paste, files, drag and drop. */
const ImportHost = ({ writable }: Props) => {
  const t = useT();
  const report = useReportProblem();
  const add = useAdd(writable);
  const input = useRef<HTMLInputElement>(null);
  const [isAsking, setAsking] = useState(false);
  const paste = useCallback(async (): Promise<void> => {
    let text: string;
    try {
      text = await navigator.clipboard.readText();
    } catch (error) {
      // Not allowed, or not asked for in time: the reader can paste it by hand.
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      setAsking(true);
      return;
    }
    if (text.trim() === '') throw problem('empty-input', 'There is no text on the clipboard.');
    add([sourceOfText(text)]);
  }, [add]);
  const onDrop = useCallback(
    (files: File[], folders: string[]): void => {
      const detail = t('importing.folder');
      if (!writable) {
        add([]);
        return;
      }
      for (const folder of folders) addFailure({ code: 'conflict', message: detail, detail }, folder);
      if (files.length > 0) add(files.map(sourceOfFile));
      else if (folders.length > 0) navigate({ name: 'import' });
    },
    [writable, add, t],
  );
  usePaste(add);
  const isOver = useDrop(onDrop);
  useCommands(
    useMemo(
      () => ({
        'paste-article': () => void paste().catch(report),
        'open-files': () => input.current?.click(),
      }),
      [paste, report],
    ),
  );
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".txt,.text,.nbib,text/*"
        aria-label={t('importing.openFiles')}
        onChange={({ target }) => {
          add([...(target.files ?? [])].map(sourceOfFile));
          // The same file may be chosen again.
          target.value = '';
        }}
      />
      {isOver && <div className={styles['drop']}>{t('importing.drop')}</div>}
      <Waiting />
      {isAsking && (
        <PasteDialog
          onClose={() => setAsking(false)}
          onRead={(text) => {
            setAsking(false);
            add([sourceOfText(text)]);
          }}
        />
      )}
    </>
  );
};

export default ImportHost;
