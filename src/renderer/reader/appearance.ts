import { useCallback, useEffect } from 'react';
import type { Settings } from '#shared/model/settings';
import { useSettings } from '../app/state';
import type { ReaderSession } from './session';

/** Sets the reader's typography on the frame, through the CSSOM. */
const applyTypography = (root: HTMLElement, settings: Settings): void => {
  root.dataset['font'] = settings.font;
  root.style.setProperty('--font-size', `${settings.fontSize}px`);
  root.style.setProperty('--line-height', String(settings.lineHeight));
  root.style.setProperty('--measure', String(settings.measure));
};

/** The page decides on the theme, also when it follows the system; the frame takes it over as it changes. */
const applyTheme = (root: HTMLElement): void => {
  const theme = document.documentElement.dataset['theme'];
  if (theme === undefined) delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
};

/** Keeps the frame looking as the settings say; what it answers dresses a frame that is not shown yet. */
export const useAppearance = (session: ReaderSession | undefined): ((session: ReaderSession) => void) => {
  const settings = useSettings();
  const root = session?.reading.document.documentElement;
  useEffect(() => {
    if (root !== undefined) applyTypography(root, settings);
  }, [root, settings]);
  useEffect(() => {
    if (root === undefined) return;
    applyTheme(root);
    const observer = new MutationObserver(() => applyTheme(root));
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, [root]);
  return useCallback(
    ({ reading }) => {
      applyTypography(reading.document.documentElement, settings);
      applyTheme(reading.document.documentElement);
    },
    [settings],
  );
};

const SIZES = { least: 12, most: 32 };

/** Larger and smaller text, a pixel at a time. */
export const resized = (settings: Settings, by: number): Partial<Settings> => ({
  fontSize: Math.max(SIZES.least, Math.min(settings.fontSize + by, SIZES.most)),
});
