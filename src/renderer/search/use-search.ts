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
  /** The text whose answer came from an index that was still filling. */
  const unfinished = useRef<string>(undefined);

  const ask = useCallback(
    (text: string): void => {
      asking.current?.abort();
      asking.current = undefined;
      unfinished.current = undefined;
      if (text.trim() === '') {
        setAnswer(undefined);
        return;
      }
      const controller = new AbortController();
      asking.current = controller;
      const settle = (next: SearchAnswer): void => {
        if (controller.signal.aborted) return;
        asking.current = undefined;
        unfinished.current = next.kind === 'found' && !next.state.ready ? text : undefined;
        setAnswer(next);
      };
      hepatica.search.query({ text, limit: LIMIT }, { signal: controller.signal }).then(
        (found) => settle({ kind: 'found', text, ...found }),
        (error: unknown) => settle({ kind: 'failed', text, problem: problemOf(error) }),
      );
    },
    [hepatica],
  );
  useEffect(() => () => asking.current?.abort(), []);

  // An answer from a half-filled index is asked for again as the index grows, but never at the cost of a question
  // that is under way: on a slow machine none would ever be answered.
  useEffect(() => {
    const subscription = hepatica.search.didChangeState(() => {
      if (asking.current === undefined && unfinished.current !== undefined) ask(unfinished.current);
    });
    return () => subscription.dispose();
  }, [hepatica, ask]);

  return { answer, ask };
};
