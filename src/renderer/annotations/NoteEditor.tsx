import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import type { Annotation } from '#shared/model/annotation';
import { useT } from '../app/i18n';
import { Button } from '../ui/Button';
import styles from './NoteEditor.module.css';
import type { AnnotationEdits } from './use-annotations';

interface Props {
  readonly annotation: Annotation;
  readonly edits: AnnotationEdits;
  readonly onClose: () => void;
}

/** A note is saved when typing pauses for this long, in milliseconds, and whenever the field is left. */
const PAUSE = 600;

/** Saves what is typed, in the order in which it was typed. */
const useAutosave = (annotation: Annotation, edits: AnnotationEdits) => {
  const [note, setNote] = useState(annotation.note);
  const [state, setState] = useState<'saved' | 'saving'>('saved');
  const pending = useRef<{ note: string; timer: ReturnType<typeof setTimeout> }>(undefined);
  const { id } = annotation;
  const save = useCallback(() => {
    if (pending.current === undefined) return;
    clearTimeout(pending.current.timer);
    const { note } = pending.current;
    pending.current = undefined;
    void edits.update(id, { note }).then((saved) => {
      if (saved && pending.current === undefined) setState('saved');
    });
  }, [edits, id]);
  useEffect(() => {
    // The window may be closed in mid-typing.
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [save]);
  const type = (typed: string): void => {
    setNote(typed);
    setState('saving');
    clearTimeout(pending.current?.timer);
    pending.current = { note: typed, timer: setTimeout(save, PAUSE) };
  };
  return { note, state, type, save };
};

/** The note of an annotation as Markdown source. Mod+Enter or Escape closes it; it is saved by then. */
export const NoteEditor = ({ annotation, edits, onClose }: Props) => {
  const t = useT();
  const id = useId();
  const { note, state, type, save } = useAutosave(annotation, edits);
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
