import { useMemo } from 'react';
import type { HistoryOutcome } from '#shared/contract/app';
import type { MessageKey } from '#shared/messages/catalogue';
import type { Translate } from '#shared/messages/translator';
import type { Settings } from '#shared/model/settings';
import { useCommandContext, useCommands } from '../commands/registry';
import { showToast } from '../ui/toasts';
import { useServiceQuery } from './data';
import { useHepatica } from './hepatica';
import { useT } from './i18n';
import { goBack, navigate } from './navigation';
import { showOverlay } from './overlays-store';
import { useReportProblem } from './problems';
import { useCapabilities } from './state';

const wordUndo = (t: Translate, { label, conflicts }: HistoryOutcome): string => {
  // Labels come from the services, which take them from the same catalogue.
  const step = t(label as MessageKey);
  return conflicts === 0 ? t('app.undone', { step }) : t('app.undoneInPart', { step, count: conflicts });
};

/** Undo and redo, also for the button of a toast. */
export const useHistory = (): { undo(): void; redo(): void } => {
  const t = useT();
  const hepatica = useHepatica();
  const report = useReportProblem();
  return useMemo(() => {
    const redo = (): void =>
      void hepatica.app
        .redo({})
        .then(({ label }) => showToast({ message: t('app.redone', { step: t(label as MessageKey) }) }))
        .catch(report);
    const undo = (): void =>
      void hepatica.app
        .undo({})
        .then((outcome) =>
          showToast({ message: wordUndo(t, outcome), action: { label: t('app.redo'), run: redo } }),
        )
        .catch(report);
    return { undo, redo };
  }, [t, hepatica, report]);
};

const useHistoryContext = (): void => {
  const hepatica = useHepatica();
  const history = useServiceQuery(['app', 'history'], () => hepatica.app.history({})).data;
  const canUndo = history?.undo !== undefined;
  const canRedo = history?.redo !== undefined;
  useCommandContext(useMemo(() => ({ 'can-undo': canUndo, 'can-redo': canRedo }), [canUndo, canRedo]));
};

/** The commands that belong to no view. */
export const useAppCommands = (): void => {
  const hepatica = useHepatica();
  const report = useReportProblem();
  const { undo, redo } = useHistory();
  const canShowFolder = useCapabilities()?.canShowFolder === true;
  useHistoryContext();
  useCommands(
    useMemo(() => {
      const set = (change: Partial<Settings>): void => void hepatica.settings.set(change).catch(report);
      return {
        undo,
        redo,
        settings: () => showOverlay('settings'),
        'check-library': () => showOverlay('check'),
        quarantine: () => showOverlay('quarantine'),
        backups: () => showOverlay('backups'),
        'command-palette': () => showOverlay('palette'),
        'shortcut-help': () => showOverlay('shortcuts'),
        'go-library': () => navigate({ name: 'library', query: {} }),
        'go-reading-list': () => navigate({ name: 'reading-list', status: 'to-read' }),
        'go-trash': () => navigate({ name: 'trash' }),
        'go-back': goBack,
        'theme-light': () => set({ theme: 'light' }),
        'theme-sepia': () => set({ theme: 'sepia' }),
        'theme-dark': () => set({ theme: 'dark' }),
        'theme-system': () => set({ theme: 'system' }),
        ...(canShowFolder
          ? { 'show-library-folder': () => void hepatica.app.showFolder({}).catch(report) }
          : {}),
      };
    }, [hepatica, report, undo, redo, canShowFolder]),
  );
};
