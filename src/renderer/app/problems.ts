import { useCallback } from 'react';
import { problems } from '#shared/messages/problems';
import type { Translate } from '#shared/messages/translator';
import { wordCause } from '#shared/messages/word-cause';
import { type Problem, ProblemError } from '#shared/model/problem';
import { showToast } from '../ui/toasts';
import { useT } from './i18n';

const isWorded = (detail: string): detail is keyof typeof problems.en.details =>
  Object.hasOwn(problems.en.details, detail);

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
