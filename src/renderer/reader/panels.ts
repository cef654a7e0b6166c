import { useMemo, useSyncExternalStore } from 'react';
import { create } from 'zustand';

export type PanelName = 'contents' | 'annotations';

export interface Panels {
  readonly contents: boolean;
  readonly annotations: boolean;
  /** Both have a place beside the text; where they have not, they lie over it and one at a time is open. */
  readonly wide: boolean;
  toggle(panel: PanelName): void;
  open(panel: PanelName): void;
  close(panel: PanelName): void;
}

const WIDE = '(min-width: 1100px)';
/** Below this, two panels beside the text would make its lines shorter than 60 characters. */
const ROOMY = '(min-width: 1440px)';

/** What the reader chose for panels beside the text, and what lies over the text now. Kept while the page lives. */
const useChoice = create<{ beside: Record<PanelName, boolean>; over: PanelName | undefined }>()(() => ({
  beside: { contents: matchMedia(ROOMY).matches, annotations: true },
  over: undefined,
}));

const watchWidth = (listener: () => void): (() => void) => {
  const query = matchMedia(WIDE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

const set = (panel: PanelName, open: boolean): void => {
  if (matchMedia(WIDE).matches)
    useChoice.setState(({ beside }) => ({ beside: { ...beside, [panel]: open } }));
  else useChoice.setState({ over: open ? panel : undefined });
};

/** Also for what is no component: a note is written in its panel, wherever it was asked for. */
export const openPanel = (panel: PanelName): void => set(panel, true);

/** Which panels of the reader are open. */
export const usePanels = (): Panels => {
  const wide = useSyncExternalStore(watchWidth, () => matchMedia(WIDE).matches);
  const { beside, over } = useChoice();
  return useMemo(() => {
    const isOpen = (panel: PanelName): boolean => (wide ? beside[panel] : over === panel);
    return {
      wide,
      contents: isOpen('contents'),
      annotations: isOpen('annotations'),
      toggle: (panel) => set(panel, !isOpen(panel)),
      open: openPanel,
      close: (panel) => set(panel, false),
    };
  }, [wide, beside, over]);
};
