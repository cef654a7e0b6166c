import { type ReactNode, useId } from 'react';
import styles from './Field.module.css';

interface FieldProps {
  readonly label: string;
  /** Given the ids to wire up: `id` for the control, `describedBy` for hint and error. */
  readonly children: (ids: { readonly id: string; readonly describedBy: string | undefined }) => ReactNode;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** A labelled control with what to know about it, and what is wrong with it. */
export const Field = ({ label, children, hint, error }: FieldProps) => {
  const id = useId();
  const noteId = useId();
  const note = error ?? hint;
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      {children({ id, describedBy: note === undefined ? undefined : noteId })}
      {note !== undefined && (
        <p
          id={noteId}
          className={styles['note']}
          {...(error === undefined ? { 'data-kind': 'hint' } : { 'data-kind': 'error', role: 'alert' })}
        >
          {note}
        </p>
      )}
    </div>
  );
};
