import { useEffect } from 'react';
import { useT } from '../app/i18n';
import { Button } from './Button';
import { IconButton } from './IconButton';
import styles from './Toasts.module.css';
import { dismissToast, type Toast, useToasts } from './toasts';

/** Long enough to read it and to reach "Undo" with the keyboard. */
const SHOWN_MS = 8000;

const ToastItem = ({ toast }: { toast: Toast }) => {
  const t = useT();
  const { id, kind, message, action } = toast;
  useEffect(() => {
    if (kind === 'problem') return;
    const timer = setTimeout(() => dismissToast(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, kind]);
  return (
    <li className={styles['toast']} data-kind={kind ?? 'info'}>
      <span className={styles['message']}>{message}</span>
      {action !== undefined && (
        <Button
          variant="quiet"
          onClick={() => {
            dismissToast(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label={t('app.dismiss')} onClick={() => dismissToast(id)} />
    </li>
  );
};

/** Where the app says what it did; read out by screen readers as it comes. */
export const Toasts = () => {
  const t = useT();
  const toasts = useToasts((state) => state.toasts);
  return (
    <section aria-label={t('app.notifications')} className={styles['region']}>
      <ul aria-live="polite" aria-relevant="additions" className={styles['list']}>
        {toasts.map((toast) => (
          <ToastItem key={toast.id} toast={toast} />
        ))}
      </ul>
    </section>
  );
};
