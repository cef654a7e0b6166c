import { createInstance, type i18n } from 'i18next';
import { catalogueOf, type Language, type MessageKey } from './catalogue';

export type Values = Readonly<Record<string, string | number>>;
/** Words a message in the chosen language. React and the menus escape what they show; nothing is escaped here. */
export type Translate = (key: MessageKey, values?: Values) => string;

/** i18next with one language's messages, for the page and for the application menu. */
export const createTranslator = (language: Language): Translate => {
  const instance: i18n = createInstance();
  void instance.init({
    lng: language,
    resources: { [language]: { translation: catalogueOf(language) } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return (key, values = {}) => instance.t(key, values);
};
