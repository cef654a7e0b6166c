import { lazy, Suspense, useEffect, useLayoutEffect, useMemo } from 'react';
import type { LibraryStatus } from '#shared/contract/app';
import { useUnsavedNotes } from '../annotations/unsaved-notes';
import { handleKey, runCommandNamed, useCommandContext } from '../commands/registry';
import { LibraryView } from '../library/LibraryView';
import { Sidebar } from '../library/Sidebar';
import { Toasts } from '../ui/Toasts';
import { Banners } from './Banners';
import { ErrorBoundary } from './ErrorBoundary';
import { useHepatica } from './hepatica';
import { useT } from './i18n';
import { useView, type View } from './navigation';
import { Overlays } from './Overlays';
import styles from './Shell.module.css';
import { TopBar } from './TopBar';
import { useAppCommands } from './use-app-commands';

// The list is what the app starts with; the rest comes when it is asked for.
const ReaderView = lazy(() => import('../reader/ReaderView'));
const ReadingListView = lazy(() => import('../reading-list/ReadingListView'));
const ImportView = lazy(() => import('../import/ImportView'));
const ImportHost = lazy(() => import('../import/ImportHost'));

const MainView = ({ view }: { view: View }) => {
  switch (view.name) {
    case 'library':
    case 'trash':
      return <LibraryView />;
    case 'reading-list':
      return <ReadingListView />;
    case 'article':
      return <ReaderView key={view.id} />;
    case 'import':
      return <ImportView />;
  }
};

/** Keys, the application menu, and the question before unsaved work is closed. */
const useWindow = (status: LibraryStatus): void => {
  const hepatica = useHepatica();
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented && handleKey(event)) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    const listening = hepatica.app.didChooseCommand(({ command }) => void runCommandNamed(command));
    return () => {
      window.removeEventListener('keydown', onKey);
      listening.dispose();
    };
  }, [hepatica]);
  const unsaved = useUnsavedNotes((notes) => notes.size > 0) || status.save.state === 'not-saved';
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
};

/** The page around an open library. */
export const Shell = ({ status }: { status: LibraryStatus }) => {
  const t = useT();
  const view = useView();
  const writable = status.state === 'ready';
  useWindow(status);
  useAppCommands();
  useCommandContext(useMemo(() => ({ 'library-open': true, writable }), [writable]));
  return (
    <div className={styles['shell']}>
      <TopBar status={status} />
      <div className={styles['banners']}>
        <Banners status={status} />
      </div>
      <div className={styles['columns']}>
        <Sidebar />
        <main className={styles['main']} aria-label={t('app.main')}>
          <ErrorBoundary key={view.name}>
            <Suspense fallback={null}>
              <MainView view={view} />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <Suspense fallback={null}>
        <ImportHost writable={writable} />
      </Suspense>
      <Overlays />
      <Toasts />
    </div>
  );
};
