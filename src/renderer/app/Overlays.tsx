import { lazy, Suspense, useEffect } from 'react';
import { useOverlay } from './overlays-store';

const CheckDialog = lazy(() => import('../check/CheckDialog'));
const BackupsDialog = lazy(() => import('../backups/BackupsDialog'));
const loadPalette = () => import('../commands/CommandPalette');
const CommandPalette = lazy(loadPalette);
const ShortcutHelp = lazy(() => import('../commands/ShortcutHelp'));
const QuarantineDialog = lazy(() => import('../quarantine/QuarantineDialog'));
const SettingsDialog = lazy(() => import('../settings/SettingsDialog'));

export const Overlays = () => {
  const overlay = useOverlay((state) => state.overlay);
  useEffect(() => {
    // Once the page is at rest: who knows the shortcut goes on typing at once.
    const idle = requestIdleCallback(() => {
      void loadPalette().catch(() => undefined); // asked for again when it is opened
    });
    return () => cancelIdleCallback(idle);
  }, []);
  return (
    <Suspense fallback={null}>
      {overlay === 'check' && <CheckDialog />}
      {overlay === 'backups' && <BackupsDialog />}
      {overlay === 'palette' && <CommandPalette />}
      {overlay === 'shortcuts' && <ShortcutHelp />}
      {overlay === 'quarantine' && <QuarantineDialog />}
      {overlay === 'settings' && <SettingsDialog />}
    </Suspense>
  );
};
