import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { AnnotationId } from '#shared/model/ids';
import { useT } from '../app/i18n';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { IconButton } from '../ui/IconButton';
import { AnnotationItem } from './AnnotationItem';
import styles from './AnnotationsPanel.module.css';
import type { OrphanedAnnotation, PlacedAnnotation, Placing } from './placing';
import type { AnnotationEdits } from './use-annotations';

interface Props {
  readonly placing: Placing;
  readonly active: AnnotationId | undefined;
  readonly editing: AnnotationId | undefined;
  readonly writable: boolean;
  /** Takes the article out of the Trash, where it is not writable; absent where it is not there. */
  readonly onRestore: (() => void) | undefined;
  readonly edits: AnnotationEdits;
  readonly onGo: (placed: PlacedAnnotation) => void;
  readonly onEdit: (id: AnnotationId | undefined) => void;
  readonly onClose: () => void;
}

type Row = PlacedAnnotation | OrphanedAnnotation | 'orphans';

/** Height of the panel's head, in CSS pixels. */
const HEAD = 49;

const idOf = (row: Row): string => (row === 'orphans' ? row : row.annotation.id);

/** All annotations of the article in the order of its text; those that have no place in it last, with why. */
export const AnnotationsPanel = (props: Props) => {
  const { placing, active, writable, onRestore, onClose } = props;
  const t = useT();
  const rows = useMemo((): readonly Row[] => {
    const { placed, orphans } = placing;
    return orphans.length === 0 ? placed : [...placed, 'orphans', ...orphans];
  }, [placing]);
  const { panel, items, measure, height } = useVisibleRows(rows, active);
  return (
    <section ref={panel} className={styles['panel']} aria-label={t('annotations.title')}>
      <header className={styles['head']}>
        <h2>{t('annotations.title')}</h2>
        <span>{t('annotations.count', { count: placing.placed.length + placing.orphans.length })}</span>
        <IconButton icon="close" label={t('reader.panelClose')} onClick={onClose} />
      </header>
      {rows.length === 0 && (
        <EmptyState icon="annotate" title={t('annotations.empty')}>
          {onRestore === undefined ? (
            <p>{t(writable ? 'annotations.emptyHint' : 'annotations.readOnly')}</p>
          ) : (
            <>
              <p>{t('annotations.inTrash')}</p>
              <Button onClick={onRestore}>{t('reader.restore')}</Button>
            </>
          )}
        </EmptyState>
      )}
      <ul style={{ height }}>
        {items.map(({ index, key, start }) => {
          const row = rows[index];
          return (
            <li key={key} ref={measure} data-index={index} style={{ translate: `0 ${start}px` }}>
              {row !== undefined && <RowContent {...props} row={row} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
};

/** Only the rows in sight are in the page: an article may have hundreds. The active one is brought into sight. */
const useVisibleRows = (rows: readonly Row[], active: AnnotationId | undefined) => {
  const panel = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => panel.current,
    estimateSize: () => 118,
    getItemKey: (index) => idOf(rows[index] ?? 'orphans'),
    scrollMargin: HEAD,
    overscan: 5,
  });
  const index = rows.findIndex((row) => idOf(row) === active);
  useEffect(() => {
    if (index !== -1) virtual.scrollToIndex(index, { align: 'auto' });
  }, [virtual, index]);
  const items = virtual
    .getVirtualItems()
    .map(({ index, key, start }) => ({ index, key, start: start - HEAD }));
  return { panel, items, measure: virtual.measureElement, height: virtual.getTotalSize() };
};

const RowContent = ({ row, ...props }: Props & { row: Row }) => {
  const { active, editing, writable, edits, onGo, onEdit } = props;
  const t = useT();
  if (row === 'orphans') {
    return (
      <div className={styles['orphans']}>
        <h3>{t('annotations.orphans')}</h3>
        <p>{t('annotations.orphansHint')}</p>
      </div>
    );
  }
  const { annotation } = row;
  const common = {
    annotation,
    active: annotation.id === active,
    editing: annotation.id === editing,
    writable,
    edits,
    onEdit: (open: boolean) => onEdit(open ? annotation.id : undefined),
  };
  if ('orphan' in row) {
    return <AnnotationItem {...common} remark={t(`annotations.reasons.${row.orphan.reason}`)} />;
  }
  const remark = row.place.state === 'moved' ? t('annotations.moved') : undefined;
  return <AnnotationItem {...common} remark={remark} onGo={() => onGo(row)} />;
};
