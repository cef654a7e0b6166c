import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import type { HighlightColour } from '#shared/model/annotation';
import type { TextRange } from '#shared/text/blocks';
import { useT } from '../app/i18n';
import type { ReaderSession } from '../reader/session';
import { Icon } from '../ui/Icon';
import { colours } from './colours';
import styles from './SelectionToolbar.module.css';
import { Swatch } from './Swatch';

interface Props {
  readonly session: ReaderSession;
  readonly selection: TextRange;
  /** Grows whenever the text moved under the page. */
  readonly moves: number;
  readonly writable: boolean;
  readonly onMark: (colour: HighlightColour) => void;
  readonly onNote: () => void;
  readonly onCopy: () => void;
}

/** Space between the selection and the toolbar, in CSS pixels. */
const GAP = 8;

/** Above the selection, or below it where there is no room above; never outside the frame. */
const placeToolbar = (toolbar: HTMLElement, session: ReaderSession, selection: TextRange): void => {
  const rect = session.reading.rangeOf(selection)?.getBoundingClientRect();
  const { innerWidth, innerHeight } = session.reading.window;
  toolbar.hidden = rect === undefined || rect.bottom < 0 || rect.top > innerHeight;
  if (rect === undefined || toolbar.hidden) return;
  // Only what is shown has a size.
  const { offsetWidth: width, offsetHeight: height } = toolbar;
  const above = rect.top - height - GAP;
  const below = rect.bottom + GAP;
  const fits = (top: number): boolean => top >= GAP && top + height <= innerHeight - GAP;
  const top = fits(above)
    ? above
    : fits(below)
      ? below
      : Math.max(GAP, Math.min(above, innerHeight - height - GAP));
  const left = Math.max(GAP, Math.min(rect.left + (rect.width - width) / 2, innerWidth - width - GAP));
  toolbar.style.translate = `${Math.round(left)}px ${Math.round(top)}px`;
};

/** One stop for Tab; the arrow keys move within. */
const moveFocus = (event: KeyboardEvent<HTMLElement>, leave: () => void): void => {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
  const at = buttons.findIndex((button) => button.matches(':focus'));
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') leave();
  else if (to === undefined) return;
  else buttons.at(to % buttons.length)?.focus();
  event.preventDefault();
  event.stopPropagation();
};

/** What can be done with the selected passage, beside it. Keys 1 to 4 and N do the same without it. */
export const SelectionToolbar = (props: Props) => {
  const { session, selection, moves, writable, onMark, onNote, onCopy } = props;
  const t = useT();
  const toolbar = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `moves` is not read, but says that the place is old
  useLayoutEffect(() => {
    if (toolbar.current !== null) placeToolbar(toolbar.current, session, selection);
  }, [session, selection, moves]);
  return (
    <div
      ref={toolbar}
      className={styles['toolbar']}
      role="toolbar"
      aria-label={t('annotations.toolbar')}
      onKeyDown={(event) => moveFocus(event, () => session.focus())}
      // The mouse must not take the focus, and with it the selection, from the text.
      onMouseDown={(event) => event.preventDefault()}
    >
      {writable &&
        colours.map((colour, index) => (
          <Tool
            key={colour}
            first={index === 0}
            label={t(`annotations.colours.${colour}`)}
            shortcut={String(index + 1)}
            onClick={() => onMark(colour)}
          >
            <Swatch colour={colour} />
          </Tool>
        ))}
      {writable && (
        <Tool label={t('annotations.addNote')} shortcut="N" onClick={onNote}>
          <Icon name="note" />
        </Tool>
      )}
      <Tool first={!writable} label={t('annotations.copyQuote')} onClick={onCopy}>
        <Icon name="copy" />
      </Tool>
    </div>
  );
};

interface ToolProps {
  readonly label: string;
  readonly shortcut?: string;
  readonly first?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

const Tool = ({ label, shortcut, first = false, onClick, children }: ToolProps) => (
  <button
    type="button"
    tabIndex={first ? 0 : -1}
    aria-label={label}
    aria-keyshortcuts={shortcut}
    onClick={onClick}
  >
    {children}
    <span className={styles['label']} aria-hidden="true">
      {label} {shortcut !== undefined && <kbd>{shortcut}</kbd>}
    </span>
  </button>
);
