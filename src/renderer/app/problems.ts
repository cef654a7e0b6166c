import { useCallback } from 'react';
import type { LibraryFailure } from '#shared/contract/app';
import { problems } from '#shared/messages/problems';
import type { Translate, Values } from '#shared/messages/translator';
import { wordCause } from '#shared/messages/word-cause';
import { type Problem, ProblemError } from '#shared/model/problem';
import { showToast } from '../ui/toasts';
import { useT } from './i18n';

const isWorded = (detail: string): detail is keyof typeof problems.en.details =>
  Object.hasOwn(problems.en.details, detail);

/** What the messages `status.<reason>Why` name. */
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

/** A problem in the reader's language, naming the file where there is one. */
export const wordProblem = (t: Translate, { code, message, file, detail = message }: Problem): string =>
  t(`problems.${code}`, {
    file: file ?? t('problems.clipboard'),
    detail: isWorded(detail)
      ? t(`problems.details.${detail}`)
      : code === 'not-saved'
        ? wordCause(t, detail)
        : detail,
  });

export const useProblemText = (): ((problem: Problem) => string) => {
  const t = useT();
  return useCallback((problem: Problem) => wordProblem(t, problem), [t]);
};

/** Tells the reader that something failed; what is no expected failure is a bug, and is reported as one too. */
export const useReportProblem = (): ((error: unknown) => void) => {
  const text = useProblemText();
  return useCallback(
    (error: unknown) => {
      if (error instanceof ProblemError) {
        if (error.problem.code !== 'cancelled') showToast({ message: text(error.problem), kind: 'problem' });
        return;
      }
      showToast({ message: text({ code: 'internal', message: String(error) }), kind: 'problem' });
      reportError(error);
    },
    [text],
  );
};
