import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import type { Annotation } from '#shared/model/annotation';
import { useT } from '../app/i18n';
import { Button } from '../ui/Button';
import styles from './NoteEditor.module.css';
import type { AnnotationEdits } from './use-annotations';
import { useNoteAutosave } from './use-note-autosave';

interface Props {
  readonly annotation: Annotation;
  readonly edits: AnnotationEdits;
  readonly onClose: () => void;
}

/** The note of an annotation as Markdown source. Mod+Enter or Escape closes it; it is saved by then. */
export const NoteEditor = ({ annotation, edits, onClose }: Props) => {
  const t = useT();
  const id = useId();
  const { note, state, type, save } = useNoteAutosave(annotation, edits);
  const field = useRef<HTMLTextAreaElement>(null);
  const opener = useRef(document.activeElement);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);
  const close = (): void => {
    save();
    onClose();
    // Back to the button, or to the text, that the note was opened from.
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  const keyDown = (event: KeyboardEvent): void => {
    const done = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if ((!done && event.key !== 'Escape') || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    <div className={styles['editor']}>
      <label htmlFor={id}>{t('annotations.noteLabel')}</label>
      <textarea
        ref={field}
        id={id}
        rows={4}
        value={note}
        maxLength={50_000}
        placeholder={t('annotations.notePlaceholder')}
        onChange={(event) => type(event.target.value)}
        onBlur={save}
        onKeyDown={keyDown}
      />
      <div className={styles['foot']}>
        <span role="status">{t(`annotations.${state}`)}</span>
        <Button onClick={close} title="Ctrl+Enter">
          {t('annotations.done')}
        </Button>
      </div>
    </div>
  );
};
