import type { Finding, FindingCode } from '../contract/check';
import type { Translate } from './translator';
import { wordCause } from './word-cause';

/** Those whose detail is a cause and not a name. */
const WITH_CAUSE: ReadonlySet<FindingCode> = new Set(['unreadable-file', 'damaged-file', 'damaged-backup']);

/** What a check found, in the reader's language: what is wrong, what was kept, what to do. */
export const wordFinding = (t: Translate, { code, file, entry = '', detail = '' }: Finding): string =>
  t(`check.findings.${code}`, {
    file,
    entry,
    detail: WITH_CAUSE.has(code) ? wordCause(t, detail) : detail,
  }).trim();
