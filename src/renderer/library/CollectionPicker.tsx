import { useState } from 'react';
import type { ArticleId, CollectionId } from '#shared/model/ids';
import { useT } from '../app/i18n';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { useArticleActions } from './actions';
import styles from './CollectionPicker.module.css';
import { linesOf } from './collection-tree';
import { closeDialog } from './dialog-store';
import { useOverview } from './use-overview';
import { useSelectedRows } from './use-selected-rows';

/** Ticks that were made here: shown at once, and taken back where one could not be kept. */
const useTicks = (ids: readonly ArticleId[]) => {
  const actions = useArticleActions();
  const [ticks, setTicks] = useState<ReadonlyMap<CollectionId, boolean>>(new Map());
  const tick = async (collection: CollectionId, member: boolean): Promise<void> => {
    setTicks((made) => new Map(made).set(collection, member));
    if (await actions.collect(ids, collection, member)) return;
    setTicks((made) => new Map([...made].filter(([id, was]) => id !== collection || was !== member)));
  };
  return { ticks, tick };
};

/** In which collections the articles lie; each tick is kept as it is made. */
export const CollectionPicker = ({ ids }: { ids: readonly ArticleId[] }) => {
  const t = useT();
  const { ticks, tick } = useTicks(ids);
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
        const made = ticks.get(collection.id);
        const all = made ?? (members === rows.length && rows.length > 0);
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
                if (box !== null) box.indeterminate = made === undefined && members > 0 && !all;
              }}
              onChange={() => void tick(collection.id, !all)}
            />
            <span dir="auto">{collection.name}</span>
          </label>
        );
      })}
    </Dialog>
  );
};
