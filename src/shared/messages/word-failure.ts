import type { LibraryFailure } from '../contract/app';
import type { Translate, Values } from './translator';
import { wordCause } from './word-cause';

/** What the messages `status.<reason>Why` and `status.lockedElsewhere` name. `language`: BCP 47, for the time. */
export const failureValues = (t: Translate, language: string, failure: LibraryFailure): Values => {
  const { path, file = '', cause, owner, schema = 0, known = 0 } = failure;
  return {
    path,
    file,
    cause: cause === undefined ? '' : wordCause(t, cause),
    schema,
    known,
    pid: owner?.pid ?? 0,
    host: owner?.host ?? '',
    since: owner === undefined ? '' : new Date(owner.since).toLocaleString(language),
  };
};

/** Why a library could not be opened as asked, in the reader's language. */
export const wordFailure = (t: Translate, language: string, failure: LibraryFailure): string =>
  t(`status.${failure.reason}Why`, failureValues(t, language, failure));
