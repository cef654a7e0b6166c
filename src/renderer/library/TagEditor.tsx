import { type FormEvent, useState } from 'react';
import type { ArticleId } from '#shared/model/ids';
import { useT } from '../app/i18n';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { useArticleActions } from './actions';
import { closeDialog } from './dialog-store';
import styles from './TagEditor.module.css';
import { useOverview } from './use-overview';
import { useSelectedRows } from './use-selected-rows';

/** The tags of one article, or of several at once; each change is kept as it is made. */
export const TagEditor = ({ ids }: { ids: readonly ArticleId[] }) => {
  const t = useT();
  const actions = useArticleActions();
  const rows = useSelectedRows(ids);
  const known = useOverview()?.tags ?? [];
  const [typed, setTyped] = useState('');
  const counts = new Map<string, number>();
  for (const tag of rows.flatMap((row) => row.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const tag = typed.trim();
    if (tag !== '') actions.tag(ids, [tag], []);
    setTyped('');
  };
  return (
    <Dialog
      title={t('library.tags')}
      open
      onClose={closeDialog}
      size="small"
      footer={<Button onClick={closeDialog}>{t('app.done')}</Button>}
    >
      <form onSubmit={add}>
        <Field label={t('library.addTag')} hint={t('library.tagHint')}>
          {({ id, describedBy }) => (
            <input
              id={id}
              aria-describedby={describedBy}
              list="known-tags"
              value={typed}
              maxLength={100}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <datalist id="known-tags">
          {known.map(({ tag }) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </form>
      <ul className={styles['tags']} aria-label={t('library.tags')}>
        {[...counts].map(([tag, count]) => (
          <li key={tag}>
            <button
              type="button"
              className={styles['tag']}
              aria-label={t('library.removeTag', { tag })}
              onClick={() => actions.tag(ids, [], [tag])}
            >
              {count < rows.length ? t('library.onSome', { tag }) : tag}
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {counts.size === 0 && <p className={styles['none']}>{t('library.noTags')}</p>}
    </Dialog>
  );
};
