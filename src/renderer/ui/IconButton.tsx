import type { ComponentPropsWithRef } from 'react';
import { Icon, type IconName } from './Icon';
import styles from './IconButton.module.css';

interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children' | 'aria-label' | 'title'> {
  readonly icon: IconName;
  /** Its name for screen readers, and its tooltip. */
  readonly label: string;
  /** For a button that stays in or out. */
  readonly pressed?: boolean;
}

export const IconButton = ({ icon, label, pressed, className, ...rest }: IconButtonProps) => (
  <button
    type="button"
    {...rest}
    aria-label={label}
    aria-pressed={pressed}
    title={label}
    className={[styles['button'], className].filter(Boolean).join(' ')}
  >
    <Icon name={icon} />
  </button>
);
