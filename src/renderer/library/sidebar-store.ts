import { create } from 'zustand';

/** Beside the list there is room for it; over the list it would be in the way. */
const WIDE = '(width >= 900px)';

export const useSidebar = create<{ readonly open: boolean }>()(() => ({ open: matchMedia(WIDE).matches }));

export const toggleSidebar = (): void => useSidebar.setState(({ open }) => ({ open: !open }));

/** After something was chosen from it, where it lies over the list. */
export const closeIfOverlay = (): void => {
  if (!matchMedia(WIDE).matches) useSidebar.setState({ open: false });
};
