import { useState } from 'react';
import { useT } from '../app/i18n';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import styles from './ImportHost.module.css';

interface PasteDialogProps {
  readonly onClose: () => void;
  readonly onRead: (text: string) => void;
}

/** Where the clipboard cannot be read, the reader pastes into a field. */
export const PasteDialog = ({ onClose, onRead }: PasteDialogProps) => {
  const t = useT();
  const [text, setText] = useState('');
  return (
    <Dialog
      title={t('importing.pasteTitle')}
      open
      onClose={onClose}
      size="medium"
      footer={
        <>
          <Button onClick={onClose}>{t('importing.cancel')}</Button>
          <Button variant="primary" disabled={text.trim() === ''} onClick={() => onRead(text)}>
            {t('importing.read')}
          </Button>
        </>
      }
    >
      <p>{t('importing.pasteHint')}</p>
      <Field label={t('importing.pasteLabel')}>
        {({ id }) => (
          <textarea
            id={id}
            className={styles['paste']}
            value={text}
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
};
