import { type DragEvent, type KeyboardEvent, useId, useState } from 'react';
import type { CollectionId } from '#shared/model/ids';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { navigate, useView } from '../app/navigation';
import { useReportProblem } from '../app/problems';
import { Icon } from '../ui/Icon';
import { useArticleActions } from './actions';
import styles from './CollectionTree.module.css';
import { linesOf } from './collection-tree';
import { carriesOurs, dragCollection, droppedArticles, droppedCollection } from './drag';
import { moveBy } from './selection';
import { closeIfOverlay } from './sidebar-store';
import type { CollectionCommands } from './use-collection-commands';

interface CollectionTreeProps {
  readonly entries: Parameters<typeof linesOf>[0];
  readonly commands: CollectionCommands;
}

const show = (id: CollectionId): void => {
  navigate({ name: 'library', query: { collection: id } });
  closeIfOverlay();
};

/** Dropping articles on a collection files them there; dropping a collection nests it. */
const useDrop = () => {
  const hepatica = useHepatica();
  const report = useReportProblem();
  const { collect } = useArticleActions();
  return (event: DragEvent, target: CollectionId): void => {
    event.preventDefault();
    const articles = droppedArticles(event);
    if (articles.length > 0) void collect(articles, target, true);
    const moved = droppedCollection(event);
    if (moved !== undefined && moved !== target)
      void hepatica.library.moveCollection({ id: moved, parent: target }).catch(report);
  };
};

const useTree = ({ entries, commands }: CollectionTreeProps) => {
  const [closed, setClosed] = useState<ReadonlySet<CollectionId>>(new Set());
  const lines = linesOf(entries, closed);
  const [focus, setFocus] = useState<CollectionId>();
  const turn = (id: CollectionId, close: boolean): void => {
    const next = new Set(closed);
    if (close) next.add(id);
    else next.delete(id);
    setClosed(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const index = lines.findIndex((line) => line.collection.id === focus);
    const line = lines[index];
    const target = lines[moveBy(event.key, index, lines.length, 10) ?? -1];
    if (target !== undefined) setFocus(target.collection.id);
    else if (line === undefined) return;
    else if (event.key === 'ArrowRight' && line.hasChildren) turn(line.collection.id, false);
    else if (event.key === 'ArrowLeft' && line.hasChildren && !closed.has(line.collection.id))
      turn(line.collection.id, true);
    else if (event.key === 'ArrowLeft' && line.collection.parent !== undefined)
      setFocus(line.collection.parent);
    else if (event.key === 'Enter' || event.key === ' ') show(line.collection.id);
    else if (event.key === 'F2') commands.rename(line.collection);
    else if (event.key === 'Delete') commands.remove(line.collection);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { lines, closed, turn, focus, setFocus, onKeyDown };
};

/** The nested collections, with the keys of a tree: arrows, Enter, F2 to rename, Delete. */
export const CollectionTree = ({ entries, commands }: CollectionTreeProps) => {
  const t = useT();
  const treeId = useId();
  const view = useView();
  const drop = useDrop();
  const { lines, closed, turn, focus, setFocus, onKeyDown } = useTree({ entries, commands });
  const current = view.name === 'library' ? view.query.collection : undefined;
  return (
    <div
      role="tree"
      aria-label={t('library.collections')}
      tabIndex={0}
      aria-activedescendant={focus === undefined ? undefined : `${treeId}-${focus}`}
      className={styles['tree']}
      onKeyDown={onKeyDown}
      onFocus={() => setFocus((before) => before ?? lines[0]?.collection.id)}
    >
      {lines.map(({ collection, count, level, hasChildren }) => (
        <div
          key={collection.id}
          id={`${treeId}-${collection.id}`}
          role="treeitem"
          tabIndex={-1}
          aria-level={level}
          aria-selected={collection.id === current}
          {...(hasChildren ? { 'aria-expanded': !closed.has(collection.id) } : {})}
          className={styles['item']}
          data-focused={collection.id === focus}
          style={{ paddingInlineStart: `${level * 16}px` }}
          draggable
          onDragStart={(event) => dragCollection(event, collection.id)}
          onDragOver={(event) => {
            if (carriesOurs(event)) event.preventDefault();
          }}
          onDrop={(event) => drop(event, collection.id)}
          onPointerUp={(event) => {
            setFocus(collection.id);
            const onArrow = event.target instanceof Element && event.target.closest('[data-arrow]') !== null;
            if (onArrow && hasChildren) turn(collection.id, !closed.has(collection.id));
            else show(collection.id);
          }}
        >
          <span className={styles['arrow']} data-arrow data-open={!closed.has(collection.id)}>
            {hasChildren && <Icon name="chevron-right" />}
          </span>
          <span className={styles['name']} dir="auto">
            {collection.name}
          </span>
          <span className={styles['count']}>{count}</span>
        </div>
      ))}
    </div>
  );
};
