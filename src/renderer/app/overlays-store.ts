import { create } from 'zustand';

/** The one dialog of the app itself that is open. */
export type Overlay = 'backups' | 'check' | 'palette' | 'shortcuts' | 'settings' | 'quarantine';

export const useOverlay = create<{ readonly overlay: Overlay | undefined }>()(() => ({ overlay: undefined }));

export const showOverlay = (overlay: Overlay): void => useOverlay.setState({ overlay });
export const closeOverlay = (): void => useOverlay.setState({ overlay: undefined });
