import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { BACK_ID, FRONT_ID, frameSource } from './frame-source';
import styles from './ReadingFrame.module.css';
import { ReadingDocument } from './reading-document';
import { ReaderSession } from './session';

interface Props {
  readonly html: string;
  readonly title: string;
  /** Shown in the frame before and after the text, and scrolled with it. */
  readonly front: ReactNode;
  readonly back: ReactNode;
  /** The text stands, with front and back, and is not shown yet: the place to scroll to it. */
  readonly onReady: (session: ReaderSession) => void;
  readonly onGone: () => void;
}

/**
 * The text of an article in a frame without scripts but of the page's origin, so that the page can select and
 * paint in it. Give it another `key` for another text.
 */
export function ReadingFrame({ html, title, front, back, onReady, onGone }: Props) {
  const [session, setSession] = useState<ReaderSession>();
  const [shown, setShown] = useState(false);
  const source = useMemo(() => frameSource(html), [html]);
  const frame = useRef<HTMLIFrameElement>(null);
  const told = useRef({ onReady, onGone });
  useEffect(() => {
    told.current = { onReady, onGone };
  });

  useLayoutEffect(() => {
    if (session === undefined) return;
    told.current.onReady(session);
    setShown(true);
    return () => {
      session.dispose();
      told.current.onGone();
    };
  }, [session]);

  const load = (): void => {
    const document = frame.current?.contentDocument;
    if (!document?.getElementById(FRONT_ID)) return;
    document.title = title;
    flushSync(() => setSession(new ReaderSession(new ReadingDocument(document))));
  };
  const place = (id: string) => session?.reading.document.getElementById(id) ?? null;
  const [frontPlace, backPlace] = [place(FRONT_ID), place(BACK_ID)];
  return (
    <>
      <iframe
        ref={frame}
        className={styles['frame']}
        data-shown={shown}
        title={title}
        sandbox="allow-same-origin"
        srcDoc={source}
        onLoad={load}
      />
      {frontPlace && createPortal(front, frontPlace)}
      {backPlace && createPortal(back, backPlace)}
    </>
  );
}
