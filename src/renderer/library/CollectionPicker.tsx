import type { ArticleId } from '#shared/model/ids';
import { useT } from '../app/i18n';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { useArticleActions } from './actions';
import styles from './CollectionPicker.module.css';
import { linesOf } from './collection-tree';
import { closeDialog } from './dialog-store';
import { useOverview } from './use-overview';
import { useSelectedRows } from './use-selected-rows';

/** In which collections the articles lie; each tick is kept as it is made. */
export const CollectionPicker = ({ ids }: { ids: readonly ArticleId[] }) => {
  const t = useT();
  const actions = useArticleActions();
  const rows = useSelectedRows(ids);
  const lines = linesOf(useOverview()?.collections ?? [], new Set());
  return (
    <Dialog
      title={t('library.collections')}
      open
      onClose={closeDialog}
      size="small"
      footer={<Button onClick={closeDialog}>{t('app.done')}</Button>}
    >
      {lines.length === 0 && <p>{t('library.noCollections')}</p>}
      {lines.map(({ collection, level }) => {
        const members = rows.filter((row) => row.collections.includes(collection.id)).length;
        const all = members === rows.length && rows.length > 0;
        return (
          <label
            key={collection.id}
            className={styles['line']}
            style={{ paddingInlineStart: `${(level - 1) * 20}px` }}
          >
            <input
              type="checkbox"
              checked={all}
              ref={(box) => {
                if (box !== null) box.indeterminate = members > 0 && !all;
              }}
              onChange={() => actions.collect(ids, collection.id, !all)}
            />
            <span dir="auto">{collection.name}</span>
          </label>
        );
      })}
    </Dialog>
  );
};
