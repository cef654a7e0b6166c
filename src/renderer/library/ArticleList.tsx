import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type SyntheticEvent,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { ArticleRow } from '#shared/contract/library';
import type { ArticleId } from '#shared/model/ids';
import { useT } from '../app/i18n';
import { navigate } from '../app/navigation';
import { isMac } from '../commands/registry';
import styles from './ArticleList.module.css';
import { ArticleSummary } from './ArticleSummary';
import { BulkBar } from './BulkBar';
import { dragArticles } from './drag';
import {
  clear,
  extendTo,
  focusOn,
  keepTo,
  moveBy,
  noSelection,
  selectAll,
  selectOnly,
  targetsOf,
  toggle,
} from './selection';
import { useArticleCommands } from './use-article-commands';
import { useRows } from './use-articles';

const ROW_HEIGHT = 76;

interface ArticleListProps {
  readonly list: { readonly ids: readonly ArticleId[]; readonly rows: readonly ArticleRow[] };
  readonly inTrash: boolean;
}

const open = (id: ArticleId): void => navigate({ name: 'article', id });
const modHeld = (event: KeyboardEvent | MouseEvent): boolean => (isMac() ? event.metaKey : event.ctrlKey);

/** Selection by keyboard and mouse, as lists on the desktop have it. */
const useSelection = (ids: readonly ArticleId[], page: () => number, show: (index: number) => void) => {
  const [selection, setSelection] = useState(noSelection<ArticleId>);
  const [shown, setShown] = useState(ids);
  if (shown !== ids) {
    setShown(ids);
    setSelection(keepTo(selection, shown, ids));
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const { focus } = selection;
    const index = focus === undefined ? -1 : ids.indexOf(focus);
    const target = moveBy(event.key, index, ids.length, page());
    const id = target === undefined ? undefined : ids[target];
    if (event.altKey) return;
    if (id !== undefined && target !== undefined) {
      setSelection(event.shiftKey ? extendTo(selection, ids, id) : focusOn(selection, id));
      show(target);
    } else if (event.key === 'Enter' && focus !== undefined) open(focus);
    else if (event.key === ' ' && focus !== undefined) setSelection(toggle(selection, focus));
    else if (event.key.toLowerCase() === 'a' && modHeld(event)) setSelection(selectAll(selection, ids));
    else if (event.key === 'Escape' && selection.selected.size > 0) setSelection(clear(selection));
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent, id: ArticleId): void => {
    if (event.shiftKey) setSelection(extendTo(selection, ids, id));
    else if (modHeld(event)) setSelection(toggle(selection, id));
    else setSelection(selectOnly(id));
  };
  return { selection, setSelection, onKeyDown, onClick };
};

interface RowProps {
  readonly row: ArticleRow | undefined;
  readonly isSelected: boolean;
  readonly isFocused: boolean;
}

const Row = ({ row, isSelected, isFocused }: RowProps) => (
  <div className={styles['row']} data-selected={isSelected} data-focused={isFocused}>
    {row !== undefined && <ArticleSummary row={row} />}
    {row !== undefined && row.progress > 0 && (
      <span className={styles['progress']} aria-hidden="true">
        <span style={{ inlineSize: `${row.progress * 100}%` }} />
      </span>
    )}
  </div>
);

/** The article under the pointer. */
const articleAt = (event: SyntheticEvent, ids: readonly ArticleId[]): ArticleId | undefined => {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-article-id]') : null;
  return ids.find((id) => id === row?.dataset['articleId']);
};

const useList = ({ list, inTrash }: ArticleListProps) => {
  const { ids } = list;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const rows = useRows(list, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  const chosen = useSelection(
    ids,
    () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1),
    (index) => virtual.scrollToIndex(index),
  );
  const targets = useMemo(() => targetsOf(chosen.selection, ids), [chosen.selection, ids]);
  useArticleCommands(targets, inTrash);
  return { ...chosen, scroller, items, rows, targets, height: virtual.getTotalSize() };
};

/** A list of any length: only what is in view is in the page. One row has the keyboard, any number are selected. */
export const ArticleList = ({ list, inTrash }: ArticleListProps) => {
  const t = useT();
  const { ids } = list;
  const listId = useId();
  const { selection, setSelection, onKeyDown, onClick, scroller, items, rows, targets, height } = useList({
    list,
    inTrash,
  });
  const focused = selection.focus !== undefined && items.some((item) => ids[item.index] === selection.focus);
  const withArticle = (event: SyntheticEvent, act: (id: ArticleId) => void): void => {
    const id = articleAt(event, ids);
    if (id !== undefined) act(id);
  };
  return (
    <>
      <div
        ref={scroller}
        role="listbox"
        aria-multiselectable="true"
        aria-label={t('library.articles')}
        aria-activedescendant={focused ? `${listId}-${selection.focus}` : undefined}
        tabIndex={0}
        className={styles['list']}
        onKeyDown={onKeyDown}
        onClick={(event) => withArticle(event, (id) => onClick(event, id))}
        onDoubleClick={(event) => withArticle(event, open)}
        onDragStart={(event) =>
          withArticle(event, (id) => dragArticles(event, selection.selected.has(id) ? targets : [id]))
        }
        onFocus={() => {
          const first = ids[0];
          if (selection.focus === undefined && first !== undefined) setSelection(focusOn(selection, first));
        }}
      >
        <div role="presentation" style={{ blockSize: height }}>
          {items.map(({ index, start }) => {
            const id = ids[index];
            return (
              id !== undefined && (
                <div
                  key={id}
                  id={`${listId}-${id}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={selection.selected.has(id)}
                  aria-posinset={index + 1}
                  aria-setsize={ids.length}
                  data-article-id={id}
                  className={styles['place']}
                  style={{ transform: `translateY(${start}px)`, blockSize: ROW_HEIGHT }}
                  draggable
                >
                  <Row
                    row={rows.get(id)}
                    isSelected={selection.selected.has(id)}
                    isFocused={selection.focus === id}
                  />
                </div>
              )
            );
          })}
        </div>
      </div>
      {selection.selected.size > 0 && targets.length > 0 && (
        <BulkBar count={targets.length} inTrash={inTrash} onClear={() => setSelection(clear(selection))} />
      )}
    </>
  );
};
