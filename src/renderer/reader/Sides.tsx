import { type ReactNode, useEffect, useRef } from 'react';
import { useStore } from 'zustand/react';
import { AnnotationsPanel } from '../annotations/AnnotationsPanel';
import type { Marking } from '../annotations/use-marking';
import { ContentsList } from './ContentsList';
import type { PanelName, Panels } from './panels';
import styles from './ReaderView.module.css';
import type { ReaderSession } from './session';

interface SideProps {
  readonly panel: PanelName;
  readonly panels: Panels;
  readonly session: ReaderSession | undefined;
  readonly children: ReactNode;
}

/** A panel beside the text or, where there is no room, over it: then Escape closes it and goes back to the text. */
const Side = ({ panel, panels, session, children }: SideProps) => {
  const side = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = side.current;
    if (element === null || panels.wide) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      panels.close(panel);
      session?.focus();
    };
    element.addEventListener('keydown', onKey);
    return () => element.removeEventListener('keydown', onKey);
  }, [panel, panels, session]);
  return (
    <div ref={side} className={styles['side']} data-side={panel === 'contents' ? 'start' : 'end'}>
      {children}
    </div>
  );
};

interface ContentsProps {
  readonly session: ReaderSession;
  readonly panels: Panels;
}

export const ContentsSide = ({ session, panels }: ContentsProps) => {
  const block = useStore(session.state, (state) => state.block);
  if (!panels.contents) return null;
  const go = (to: number): void => {
    session.showBlock(to);
    if (!panels.wide) panels.close('contents');
  };
  return (
    <Side panel="contents" panels={panels} session={session}>
      <ContentsList
        headings={session.reading.headings}
        block={block}
        onGo={go}
        onClose={() => panels.close('contents')}
      />
    </Side>
  );
};

interface AnnotationsProps {
  readonly session: ReaderSession | undefined;
  readonly marking: Marking;
  readonly panels: Panels;
  readonly writable: boolean;
  readonly onRestore: (() => void) | undefined;
}

export const AnnotationsSide = ({ session, marking, panels, writable, onRestore }: AnnotationsProps) => {
  if (!panels.annotations) return null;
  const { placing, active, editing, edits, go, edit } = marking;
  return (
    <Side panel="annotations" panels={panels} session={session}>
      <AnnotationsPanel
        {...{ placing, active, editing, edits, writable, onRestore }}
        onGo={go}
        onEdit={edit}
        onClose={() => panels.close('annotations')}
      />
    </Side>
  );
};
