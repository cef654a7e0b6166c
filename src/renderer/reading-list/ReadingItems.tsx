import { useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import type { ArticleRow } from '#shared/contract/library';
import type { ReadingStatus } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { useReportProblem } from '../app/problems';
import { useArticleCommands } from '../library/use-article-commands';
import { useRows } from '../library/use-articles';
import { moved, neighbourAfter } from './order';
import { ReadingItem } from './ReadingItem';
import styles from './ReadingItems.module.css';
import { useDrag } from './use-drag';

const ROW_HEIGHT = 88;

interface List {
  readonly ids: readonly ArticleId[];
  readonly rows: readonly ArticleRow[];
}

/** Shows the new order at once, then has it stored; when that fails, the service's order comes back. */
const useMove = (list: List, status: ReadingStatus) => {
  const t = useT();
  const hepatica = useHepatica();
  const queries = useQueryClient();
  const report = useReportProblem();
  const [said, setSaid] = useState('');
  const move = (id: ArticleId, index: number): void => {
    const ids = moved(list.ids, id, index);
    if (ids.indexOf(id) === list.ids.indexOf(id)) return;
    const key = ['readingList', 'list', { status }];
    const title = list.rows.find((row) => row.id === id)?.title ?? '';
    queries.setQueryData(key, { ...list, ids });
    setSaid(t('readingList.moved', { title, position: ids.indexOf(id) + 1, count: ids.length }));
    const before = neighbourAfter(ids, id);
    void hepatica.readingList.move(before === undefined ? { id } : { id, before }).catch((error: unknown) => {
      void queries.invalidateQueries({ queryKey: key });
      report(error);
    });
  };
  return { move, said };
};

const useItems = (list: List) => {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: list.ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    getItemKey: (index) => list.ids[index] ?? index,
  });
  const items = virtual.getVirtualItems();
  const rows = useRows(list, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  return { scroller, virtual, items, rows };
};

/** The list of one status: dragged into order by its handles, or with Alt and the arrows. */
export const ReadingItems = ({ list, status }: { list: List; status: ReadingStatus }) => {
  const t = useT();
  const { ids } = list;
  const { scroller, virtual, items, rows } = useItems(list);
  const { move, said } = useMove(list, status);
  const { dragged, gap, handlers } = useDrag(scroller, ids, ROW_HEIGHT, move);
  const [focus, setFocus] = useState<ArticleId>();
  const focused = ids.filter((id) => id === focus);
  useArticleCommands(useStable(focused), false);
  return (
    <div ref={scroller} className={styles['scroller']}>
      <p className={styles['hint']}>{t('readingList.moveHint')}</p>
      <ul
        aria-label={t(`library.status.${status}`)}
        className={styles['list']}
        style={{ blockSize: virtual.getTotalSize() }}
      >
        {items.map(({ index, start }) => {
          const id = ids[index];
          const row = id === undefined ? undefined : rows.get(id);
          return (
            id !== undefined && (
              <li
                key={id}
                data-article-id={id}
                data-dragged={id === dragged}
                aria-posinset={index + 1}
                aria-setsize={ids.length}
                className={styles['item']}
                style={{ transform: `translateY(${start}px)`, blockSize: ROW_HEIGHT }}
                onFocus={() => setFocus(id)}
                onKeyDown={(event) => {
                  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
                  // There Alt and an arrow open the choices.
                  const isChoosing =
                    event.target instanceof HTMLSelectElement || event.target instanceof HTMLInputElement;
                  if (step === undefined || !event.altKey || isChoosing) return;
                  event.preventDefault();
                  move(id, index + step);
                }}
              >
                {row !== undefined && (
                  <ReadingItem row={row} onPointerDown={(event) => handlers.start(event, id)} />
                )}
              </li>
            )
          );
        })}
        {gap !== undefined && (
          <li
            aria-hidden="true"
            className={styles['gap']}
            style={{ transform: `translateY(${gap * ROW_HEIGHT}px)` }}
          />
        )}
      </ul>
      <p aria-live="polite" className="visually-hidden">
        {said}
      </p>
    </div>
  );
};

/** The same array for as long as it holds the same. */
const useStable = (ids: readonly ArticleId[]): readonly ArticleId[] => {
  const [kept, setKept] = useState(ids);
  if (kept.join() === ids.join()) return kept;
  setKept(ids);
  return ids;
};
