import { useEffect, useSyncExternalStore } from 'react';
import type { Settings } from '#shared/model/settings';

const dark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

const subscribe = (changed: () => void): (() => void) => {
  const query = dark();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
};

/** The theme to show: the reader's choice, or the system's, also when that changes while the app runs. */
export const useShownTheme = (choice: Settings['theme']): 'light' | 'sepia' | 'dark' => {
  const systemIsDark = useSyncExternalStore(subscribe, () => dark().matches);
  if (choice !== 'system') return choice;
  return systemIsDark ? 'dark' : 'light';
};

/** Puts the theme on the page's root, where the tokens look for it. */
export const useTheme = (choice: Settings['theme']): void => {
  const theme = useShownTheme(choice);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
};
