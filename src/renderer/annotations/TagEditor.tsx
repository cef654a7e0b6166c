import { type FormEvent, useState } from 'react';
import { useT } from '../app/i18n';
import { Icon } from '../ui/Icon';
import styles from './TagEditor.module.css';

interface Props {
  readonly tags: readonly string[];
  readonly writable: boolean;
  readonly onChange: (tags: string[]) => void;
}

/** The tags of an annotation, and a field to add one with Enter. */
export const TagEditor = ({ tags, writable, onChange }: Props) => {
  const t = useT();
  const [typed, setTyped] = useState('');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const tag = typed.replace(/\s+/gu, ' ').trim();
    setTyped('');
    if (tag !== '' && !tags.includes(tag)) onChange([...tags, tag]);
  };
  return (
    <form className={styles['tags']} onSubmit={add}>
      {tags.map((tag) => (
        <span key={tag} className={styles['tag']}>
          {tag}
          {writable && (
            <button
              type="button"
              aria-label={t('annotations.removeTag', { tag })}
              onClick={() => onChange(tags.filter((each) => each !== tag))}
            >
              <Icon name="close" />
            </button>
          )}
        </span>
      ))}
      {writable && (
        <input
          aria-label={t('annotations.addTag')}
          placeholder={t('annotations.addTag')}
          value={typed}
          maxLength={100}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
    </form>
  );
};
