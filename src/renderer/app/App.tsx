import { useMemo } from 'react';
import { languageFor } from '#shared/messages/catalogue';
import { WordsContext, wordsIn } from './i18n';
import { LibraryStatusScreen } from './LibraryStatusScreen';
import { Shell } from './Shell';
import { useLibraryStatus, useSettings } from './state';
import { useTheme } from './theme';

/** The whole page: the library, or why there is none to show. */
export const App = () => {
  const settings = useSettings();
  const status = useLibraryStatus();
  useTheme(settings.theme);
  const language = languageFor(settings.language, navigator.language);
  const words = useMemo(() => {
    document.documentElement.lang = language;
    return wordsIn(language);
  }, [language]);
  const isOpen = status?.state === 'ready' || status?.state === 'read-only';
  return (
    <WordsContext value={words}>
      {status !== undefined && isOpen ? <Shell status={status} /> : <LibraryStatusScreen status={status} />}
    </WordsContext>
  );
};
