import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand/react';
import { AnnotationId } from '#shared/model/ids';
import { SelectionToolbar } from '../annotations/SelectionToolbar';
import type { Marking } from '../annotations/use-marking';
import { useT } from '../app/i18n';
import { handleKey, useCommandContext } from '../commands/registry';
import type { Panels } from './panels';
import styles from './ReaderView.module.css';
import type { ReaderSession } from './session';

interface Props {
  readonly session: ReaderSession;
  readonly marking: Marking;
  readonly panels: Panels;
  readonly writable: boolean;
}

/** A click on marks over each other takes the shortest, and the next one at the next click. */
const nextOf = (ids: readonly string[], active: string | undefined): AnnotationId | undefined => {
  const next = ids[(ids.indexOf(active ?? '') + 1) % Math.max(1, ids.length)];
  return next === undefined ? undefined : AnnotationId.parse(next);
};

/** What lies over the text: the tools for what is selected, and how the keyboard selects. */
export const OverText = ({ session, marking, panels, writable }: Props) => {
  const t = useT();
  const over = useRef<HTMLDivElement>(null);
  const { selection, dragging, caretOn, moves } = useStore(session.state);
  const isSelected = selection !== undefined;
  useCommandContext(useMemo(() => ({ 'text-selected': isSelected }), [isSelected]));
  useEffect(() => {
    session.use({
      key: handleKey,
      marksClicked: (ids) => {
        const id = nextOf(ids, marking.active);
        marking.activate(id);
        if (id !== undefined && panels.wide) panels.open('annotations');
      },
      leaveToToolbar: () => {
        const first = over.current?.querySelector<HTMLButtonElement>('[role="toolbar"] button');
        first?.focus();
        return first !== null && first !== undefined;
      },
    });
  });
  return (
    <div ref={over}>
      {selection !== undefined && !dragging && (
        <SelectionToolbar
          {...{ session, selection, moves, writable }}
          onMark={(colour) => {
            marking.mark(colour);
            session.focus();
          }}
          onNote={() => {
            marking.note();
            session.focus();
          }}
          onCopy={marking.copy}
        />
      )}
      {caretOn && (
        <p className={styles['caret']} role="status">
          {t('reader.caretOn')}
        </p>
      )}
    </div>
  );
};
