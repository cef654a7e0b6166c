import type { ComponentPropsWithRef } from 'react';
import styles from './Button.module.css';

interface ButtonProps extends ComponentPropsWithRef<'button'> {
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger';
}

/** A push button; `primary` is the one thing a screen asks for. */
export const Button = ({ variant = 'plain', className, ...rest }: ButtonProps) => (
  <button
    type="button"
    {...rest}
    data-variant={variant}
    className={[styles['button'], className].filter(Boolean).join(' ')}
  />
);
