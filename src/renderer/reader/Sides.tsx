import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand/react';
import { AnnotationsPanel } from '../annotations/AnnotationsPanel';
import type { Marking } from '../annotations/use-marking';
import { ContentsList } from './ContentsList';
import type { PanelName, Panels } from './panels';
import styles from './ReaderView.module.css';
import type { ReaderSession } from './session';

/** Escape closes a panel that lies over the text, and gives the keyboard back to it. */
const closing =
  (panel: PanelName, panels: Panels, session: ReaderSession | undefined) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || panels.wide) return;
    event.stopPropagation();
    panels.close(panel);
    session?.focus();
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
    <div
      className={styles['side']}
      data-side="start"
      role="presentation"
      onKeyDown={closing('contents', panels, session)}
    >
      <ContentsList
        headings={session.reading.headings}
        block={block}
        onGo={go}
        onClose={() => panels.close('contents')}
      />
    </div>
  );
};

interface AnnotationsProps {
  readonly session: ReaderSession | undefined;
  readonly marking: Marking;
  readonly panels: Panels;
  readonly writable: boolean;
}

export const AnnotationsSide = ({ session, marking, panels, writable }: AnnotationsProps) => {
  if (!panels.annotations) return null;
  const { placing, active, editing, edits, go, edit } = marking;
  return (
    <div
      className={styles['side']}
      data-side="end"
      role="presentation"
      onKeyDown={closing('annotations', panels, session)}
    >
      <AnnotationsPanel
        {...{ placing, active, editing, edits, writable }}
        onGo={go}
        onEdit={edit}
        onClose={() => panels.close('annotations')}
      />
    </div>
  );
};
