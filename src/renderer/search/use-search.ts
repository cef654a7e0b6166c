import { useCallback, useEffect, useRef, useState } from 'react';
import type { SearchHit, SearchState } from '#shared/contract/search';
import { type Problem, ProblemError } from '#shared/model/problem';
import { useHepatica } from '../app/hepatica';

/**
 * More results than this nobody reads through while typing; better words are typed instead. Each one costs its
 * snippet and its place in the page with every key.
 */
const LIMIT = 25;

export type SearchAnswer =
  | {
      readonly kind: 'found';
      readonly text: string;
      readonly hits: readonly SearchHit[];
      readonly total: number;
      readonly state: SearchState;
    }
  | { readonly kind: 'failed'; readonly text: string; readonly problem: Problem };

const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError ? error.problem : { code: 'internal', message: String(error) };

/**
 * The answer to the text typed last. Each new text cancels the question before it, so that an answer that comes
 * late never takes the place of a newer one; the old answer stays until the new one is there.
 */
export const useSearch = (): {
  readonly answer: SearchAnswer | undefined;
  readonly ask: (text: string) => void;
} => {
  const hepatica = useHepatica();
  const [answer, setAnswer] = useState<SearchAnswer>();
  const asking = useRef<AbortController>(undefined);

  const ask = useCallback(
    (text: string): void => {
      asking.current?.abort();
      if (text.trim() === '') {
        setAnswer(undefined);
        return;
      }
      const controller = new AbortController();
      asking.current = controller;
      hepatica.search.query({ text, limit: LIMIT }, { signal: controller.signal }).then(
        (found) => {
          if (!controller.signal.aborted) setAnswer({ kind: 'found', text, ...found });
        },
        (error: unknown) => {
          if (!controller.signal.aborted) setAnswer({ kind: 'failed', text, problem: problemOf(error) });
        },
      );
    },
    [hepatica],
  );
  useEffect(() => () => asking.current?.abort(), []);

  // An answer from a half-filled index is asked for again as the index grows.
  const unfinished = answer?.kind === 'found' && !answer.state.ready ? answer.text : undefined;
  useEffect(() => {
    if (unfinished === undefined) return undefined;
    const subscription = hepatica.search.didChangeState(() => ask(unfinished));
    return () => subscription.dispose();
  }, [hepatica, ask, unfinished]);

  return { answer, ask };
};
