import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useT } from '../app/i18n';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton';

interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the one that does it last. */
  readonly footer?: ReactNode;
  readonly size?: 'small' | 'medium' | 'large';
}

/** A modal dialog: the platform's own, which keeps the focus in, closes on Esc and gives the focus back. */
export const Dialog = ({ title, open, onClose, children, footer, size = 'medium' }: DialogProps) => {
  const t = useT();
  const titleId = useId();
  const ref = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  // Closed while it is still in the page: one that was taken out of it gives no focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog === null || !open) return;
    dialog.showModal();
    // By itself it would put the focus on the first button, which closes it.
    body.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
    return () => dialog.close();
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      ref={ref}
      className={styles['dialog']}
      data-size={size}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles['head']}>
        <h2 id={titleId}>{title}</h2>
        <IconButton icon="close" label={t('app.close')} onClick={onClose} />
      </header>
      <div ref={body} className={styles['body']}>
        {children}
      </div>
      {footer !== undefined && <footer className={styles['foot']}>{footer}</footer>}
    </dialog>
  );
};
