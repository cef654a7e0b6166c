import type { ListQuery, SortKey } from '#shared/contract/library';
import { ReadingStatus } from '#shared/model/article';
import { useT } from '../app/i18n';
import { navigate } from '../app/navigation';
import { Icon } from '../ui/Icon';
import { IconButton } from '../ui/IconButton';
import styles from './ListHead.module.css';
import { sortBy, turnSort } from './list-state';
import { useOverview } from './use-overview';

const SORTS: readonly SortKey[] = ['added', 'year', 'title', 'journal', 'status', 'priority'];

interface ListHeadProps {
  readonly query: ListQuery;
  readonly count: number | undefined;
}

const Sort = ({ query }: Pick<ListHeadProps, 'query'>) => {
  const t = useT();
  return (
    <span className={styles['sort']}>
      <select
        aria-label={t('library.sortBy')}
        value={query.sort}
        onChange={(event) => {
          const sort = SORTS.find((each) => each === event.target.value);
          if (sort !== undefined) sortBy(sort);
        }}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {t(`library.sort.${sort}`)}
          </option>
        ))}
      </select>
      <IconButton
        icon="chevron-down"
        className={styles['direction'] ?? ''}
        data-descending={query.descending}
        label={t(query.descending ? 'library.descending' : 'library.ascending')}
        onClick={turnSort}
      />
    </span>
  );
};

const StatusFilter = ({ query }: Pick<ListHeadProps, 'query'>) => {
  const t = useT();
  return (
    <select
      aria-label={t('library.filterStatus')}
      value={query.status ?? ''}
      onChange={(event) => {
        const status = ReadingStatus.safeParse(event.target.value);
        navigate({
          name: 'library',
          query: { ...filtersOf(query, 'status'), ...(status.success ? { status: status.data } : {}) },
        });
      }}
    >
      <option value="">{t('library.anyStatus')}</option>
      {ReadingStatus.options.map((status) => (
        <option key={status} value={status}>
          {t(`library.status.${status}`)}
        </option>
      ))}
    </select>
  );
};

/** The filters of a query without one of them. */
const filtersOf = (query: ListQuery, without: 'status' | 'tag' | 'collection'): Partial<ListQuery> => {
  const { status, tag, collection } = query;
  return {
    ...(status !== undefined && without !== 'status' ? { status } : {}),
    ...(tag !== undefined && without !== 'tag' ? { tag } : {}),
    ...(collection !== undefined && without !== 'collection' ? { collection } : {}),
  };
};

const Chips = ({ query }: Pick<ListHeadProps, 'query'>) => {
  const t = useT();
  const collection = useOverview()?.collections.find((each) => each.collection.id === query.collection);
  const chips = [
    ...(query.tag === undefined ? [] : [['tag', t('library.tagFilter', { tag: query.tag })] as const]),
    ...(query.collection === undefined
      ? []
      : [
          [
            'collection',
            t('library.collectionFilter', { collection: collection?.collection.name ?? '' }),
          ] as const,
        ]),
  ];
  return chips.map(([filter, words]) => (
    <button
      key={filter}
      type="button"
      className={styles['chip']}
      aria-label={t('library.removeFilter', { filter: words })}
      onClick={() => navigate({ name: 'library', query: filtersOf(query, filter) })}
    >
      {words}
      <Icon name="close" />
    </button>
  ));
};

/** What the list shows and in which order, and how to change it. */
export const ListHead = ({ query, count }: ListHeadProps) => {
  const t = useT();
  return (
    <div className={styles['head']}>
      <h1>{t(query.scope === 'trash' ? 'library.trash' : 'library.title')}</h1>
      <span className={styles['count']} role="status">
        {count === undefined ? '' : t('library.count', { count })}
      </span>
      <Chips query={query} />
      <span className={styles['tools']}>
        {query.scope === 'library' && <StatusFilter query={query} />}
        <Sort query={query} />
      </span>
    </div>
  );
};
