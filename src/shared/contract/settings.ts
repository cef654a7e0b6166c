import * as z from 'zod/mini';
import { Settings } from '../model/settings';
import { call, event } from '../rpc/contract';

export const settings = {
  /** What the reader chose. Answers with the defaults while no library is open. */
  get: call(z.object({}), Settings),
  /** Changes the settings that are given. */
  set: call(z.partial(Settings), Settings),
  didChange: event(Settings),
} as const;
