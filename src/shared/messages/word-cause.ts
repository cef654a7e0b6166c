import { partsOf } from '../model/cause';
import type { Translate } from './translator';

/** Why a file could not be read or written, in the reader's language. */
export const wordCause = (t: Translate, cause: string): string => {
  const { code, detail } = partsOf(cause);
  return t(`causes.${code}`, { detail });
};
