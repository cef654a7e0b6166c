import { annotations } from './annotations';
import { app } from './app';
import { backups } from './backups';
import { causes } from './causes';
import { check } from './check';
import { commands } from './commands';
import type { MessageTree } from './define';
import { desktop } from './desktop';
import { history } from './history';
import { importing } from './import';
import { library } from './library';
import { problems } from './problems';
import { quarantine } from './quarantine';
import { reader } from './reader';
import { readingList } from './reading-list';
import { search } from './search';
import { settings } from './settings';
import { status } from './status';

/** All messages, a feature to a line. */
const features = {
  annotations,
  app,
  backups,
  causes,
  check,
  commands,
  desktop,
  history,
  importing,
  library,
  readingList,
  problems,
  quarantine,
  reader,
  search,
  settings,
  status,
} as const;

type Features = typeof features;
export type Language = 'en' | 'zh-CN';
export const LANGUAGES: readonly Language[] = ['en', 'zh-CN'];

/** The messages of one language by feature, as i18next takes them. */
export const catalogueOf = (language: Language): Readonly<Record<string, MessageTree>> =>
  Object.fromEntries(Object.entries(features).map(([feature, messages]) => [feature, messages[language]]));

type Stem<K extends string> = K extends `${infer S}_one` | `${infer S}_other` ? S : K;
type Keys<M> = { [K in keyof M & string]: M[K] extends string ? Stem<K> : `${K}.${Keys<M[K]>}` }[keyof M &
  string];

/** `feature.message`; a plural by its stem, with the value `count`. */
export type MessageKey = {
  [F in keyof Features & string]: `${F}.${Keys<Features[F]['en']>}`;
}[keyof Features & string];

/** The language to speak: the reader's choice, else the system's, else English. */
export const languageFor = (choice: 'system' | Language, system: string): Language => {
  if (choice !== 'system') return choice;
  return /^zh\b/i.test(system) ? 'zh-CN' : 'en';
};
