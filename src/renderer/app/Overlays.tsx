import { lazy, Suspense } from 'react';
import { useOverlay } from './overlays-store';

const CommandPalette = lazy(() => import('../commands/CommandPalette'));
const ShortcutHelp = lazy(() => import('../commands/ShortcutHelp'));
const SettingsDialog = lazy(() => import('../settings/SettingsDialog'));

export const Overlays = () => {
  const overlay = useOverlay((state) => state.overlay);
  return (
    <Suspense fallback={null}>
      {overlay === 'palette' && <CommandPalette />}
      {overlay === 'shortcuts' && <ShortcutHelp />}
      {overlay === 'settings' && <SettingsDialog />}
    </Suspense>
  );
};
