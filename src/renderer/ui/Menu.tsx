import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { Icon } from './Icon';
import styles from './Menu.module.css';

export interface MenuItem {
  readonly label: string;
  readonly onSelect: () => void;
  /** For one of several, or one that is on or off. */
  readonly checked?: boolean;
  readonly shortcut?: string;
  readonly disabled?: boolean;
}

interface MenuProps {
  /** The name of the button for screen readers. */
  readonly label: string;
  /** What the button shows. */
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  readonly variant?: 'plain' | 'quiet' | 'primary';
  /** Which edge of the button the list keeps to. */
  readonly align?: 'start' | 'end';
}

const STEPS: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  const items = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
  const index = items.findIndex((item) => item.matches(':focus'));
  const step = STEPS[event.key];
  if (step === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  items[step(index, items.length)]?.focus();
};

const stateOf = (item: MenuItem, isChoice: boolean) =>
  isChoice ? { role: 'menuitemradio', 'aria-checked': item.checked ?? false } : { role: 'menuitem' };

/** A button that opens a list of actions: the platform's popover, with the keys of a menu. */
export const Menu = ({ label, trigger, items, variant = 'plain', align = 'start' }: MenuProps) => {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const isChoice = items.some((item) => item.checked !== undefined);
  return (
    <div className={styles['anchor']}>
      <button
        type="button"
        className={styles['trigger']}
        data-variant={variant}
        aria-label={label}
        aria-haspopup="menu"
        title={label}
        popoverTarget={id}
      >
        {trigger}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        className={styles['menu']}
        data-align={align}
        onKeyDown={moveFocus}
        onToggle={(event) => {
          if (event.newState === 'open')
            list.current?.querySelector<HTMLButtonElement>('button:not(:disabled)')?.focus();
        }}
      >
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            {...stateOf(item, isChoice)}
            disabled={item.disabled}
            className={styles['item']}
            onClick={() => {
              list.current?.hidePopover();
              item.onSelect();
            }}
          >
            <span className={styles['check']}>{item.checked === true && <Icon name="check" />}</span>
            <span>{item.label}</span>
            {item.shortcut !== undefined && <kbd>{item.shortcut}</kbd>}
          </button>
        ))}
      </div>
    </div>
  );
};
