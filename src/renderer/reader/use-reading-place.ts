import { useCallback, useEffect, useRef } from 'react';
import type { ReadingPosition } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import { useHepatica } from '../app/hepatica';
import { useReportProblem } from '../app/problems';
import type { ReaderSession } from './session';

/** The place is saved when scrolling pauses for this long, in milliseconds, and when the article is left. */
const PAUSE = 500;

/** Remembers the place in the text as it is read. Nothing is written before something was scrolled. */
export const useReadingPlace = (
  session: ReaderSession | undefined,
  articleId: ArticleId,
  documentId: string,
  writable: boolean,
): void => {
  const hepatica = useHepatica();
  const report = useReportProblem();
  const pending = useRef<{ position: ReadingPosition; timer: ReturnType<typeof setTimeout> }>(undefined);
  const save = useCallback(() => {
    if (pending.current === undefined) return;
    clearTimeout(pending.current.timer);
    const { position } = pending.current;
    pending.current = undefined;
    hepatica.reader.setPosition({ id: articleId, position }).catch(report);
  }, [hepatica, articleId, report]);
  useEffect(() => {
    if (session === undefined || !writable) return;
    const unsubscribe = session.state.subscribe((now, before) => {
      if (now.moves === before.moves) return;
      clearTimeout(pending.current?.timer);
      const position = { documentId, block: now.block, fraction: now.fraction };
      pending.current = { position, timer: setTimeout(save, PAUSE) };
    });
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      unsubscribe();
      save();
    };
  }, [session, documentId, writable, save]);
};
