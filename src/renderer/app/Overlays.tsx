import { lazy, Suspense } from 'react';
import { useOverlay } from './overlays-store';

const CheckDialog = lazy(() => import('../check/CheckDialog'));
const BackupsDialog = lazy(() => import('../backups/BackupsDialog'));
const CommandPalette = lazy(() => import('../commands/CommandPalette'));
const ShortcutHelp = lazy(() => import('../commands/ShortcutHelp'));
const QuarantineDialog = lazy(() => import('../quarantine/QuarantineDialog'));
const SettingsDialog = lazy(() => import('../settings/SettingsDialog'));

export const Overlays = () => {
  const overlay = useOverlay((state) => state.overlay);
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
