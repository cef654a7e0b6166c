import type { Clients, Implementations } from '../rpc/contract';
import { annotations } from './annotations';
import { app } from './app';
import { backups } from './backups';
import { check } from './check';
import { importing } from './import';
import { library } from './library';
import { quarantine } from './quarantine';
import { reader } from './reader';
import { readingList } from './reading-list';
import { search } from './search';
import { settings } from './settings';

/** Everything that the page and the services can say to each other. */
export const hepatica = {
  app,
  library,
  reader,
  annotations,
  readingList,
  search,
  importing,
  settings,
  quarantine,
  check,
  backups,
} as const;

export type Services = Implementations<typeof hepatica>;
export type Hepatica = Clients<typeof hepatica>;
