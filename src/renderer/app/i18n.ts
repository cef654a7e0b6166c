import { createContext, useContext } from 'react';
import type { Language } from '#shared/messages/catalogue';
import { createTranslator, type Translate } from '#shared/messages/translator';

export interface Words {
  readonly language: Language;
  readonly t: Translate;
}

export const wordsIn = (language: Language): Words => ({ language, t: createTranslator(language) });

export const WordsContext = createContext<Words | undefined>(undefined);

const useWords = (): Words => {
  const words = useContext(WordsContext);
  if (words === undefined) throw new Error('there is no language above this component');
  return words;
};

/** `t('reader.contents')`: a message in the reader's language. */
export const useT = (): Translate => useWords().t;

/** BCP 47, for dates and numbers. */
export const useLanguage = (): Language => useWords().language;
