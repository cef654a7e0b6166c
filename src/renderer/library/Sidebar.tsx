import { lazy, memo, type ReactNode, Suspense, useMemo, useState } from 'react';
import type { LibraryOverview } from '#shared/contract/library';
import { ReadingStatus } from '#shared/model/article';
import { useT } from '../app/i18n';
import { navigate, useView, type View } from '../app/navigation';
import { useLibraryStatus } from '../app/state';
import { Button } from '../ui/Button';
import { Icon, type IconName } from '../ui/Icon';
import { IconButton } from '../ui/IconButton';
import { Menu } from '../ui/Menu';
import { CollectionTree } from './CollectionTree';
import { useLibraryDialog } from './dialog-store';
import styles from './Sidebar.module.css';
import { closeIfOverlay, useSidebar } from './sidebar-store';
import { foremost, MOST_TAGS } from './tags';
import { useCollectionCommands } from './use-collection-commands';
import { useOverview } from './use-overview';

const CollectionDialogs = lazy(() =>
  import('./CollectionDialogs').then(({ CollectionDialogs: component }) => ({ default: component })),
);
const LibraryDialogs = lazy(() => import('./LibraryDialogs'));

interface PlaceProps {
  readonly icon?: IconName;
  readonly label: string;
  readonly count?: number | undefined;
  readonly view: View;
  readonly isCurrent: boolean;
  readonly nested?: boolean;
}

const Place = ({ icon, label, count, view, isCurrent, nested = false }: PlaceProps) => (
  <li>
    <button
      type="button"
      className={styles['place']}
      data-nested={nested}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => {
        navigate(view);
        closeIfOverlay();
      }}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span className={styles['label']} dir="auto">
        {label}
      </span>
      {count !== undefined && count > 0 && <span className={styles['count']}>{count}</span>}
    </button>
  </li>
);

const Places = ({ overview }: { overview: LibraryOverview | undefined }) => {
  const t = useT();
  const view = useView();
  const isAll =
    view.name === 'library' && view.query.collection === undefined && view.query.tag === undefined;
  return (
    <ul>
      <Place
        icon="library"
        label={t('library.title')}
        count={overview?.total}
        view={{ name: 'library', query: {} }}
        isCurrent={isAll}
      />
      {ReadingStatus.options.map((status) => (
        <Place
          key={status}
          {...(status === 'inbox'
            ? { icon: 'inbox' as const }
            : status === 'to-read'
              ? { icon: 'list' as const }
              : {})}
          nested={status === 'reading' || status === 'read'}
          label={t(`library.status.${status}`)}
          count={overview?.byStatus[status]}
          view={{ name: 'reading-list', status }}
          isCurrent={view.name === 'reading-list' && view.status === status}
        />
      ))}
      <Place
        icon="trash"
        label={t('library.trash')}
        count={overview?.trash}
        view={{ name: 'trash' }}
        isCurrent={view.name === 'trash'}
      />
    </ul>
  );
};

const Group = ({ title, tools, children }: { title: string; tools?: ReactNode; children: ReactNode }) => (
  <section className={styles['group']} aria-label={title}>
    <header>
      <h2>{title}</h2>
      {tools}
    </header>
    {children}
  </section>
);

const Collections = ({ entries }: { entries: LibraryOverview['collections'] }) => {
  const t = useT();
  const view = useView();
  const writable = useLibraryStatus()?.state === 'ready';
  const { commands, dialog, closeDialog } = useCollectionCommands();
  const current = entries.find(
    ({ collection }) => view.name === 'library' && collection.id === view.query.collection,
  );
  const tools = writable && (
    <span className={styles['tools']}>
      {current !== undefined && (
        <Menu
          label={t('library.collectionActions')}
          trigger={<Icon name="more" />}
          variant="quiet"
          items={[
            { label: t('library.newCollectionIn'), onSelect: () => commands.create(current.collection.id) },
            {
              label: t('library.rename'),
              onSelect: () => commands.rename(current.collection),
              shortcut: 'F2',
            },
            { label: t('library.move'), onSelect: () => commands.move(current.collection) },
            { label: t('library.deleteCollection'), onSelect: () => commands.remove(current.collection) },
          ]}
        />
      )}
      <IconButton icon="add" label={t('library.newCollection')} onClick={() => commands.create()} />
    </span>
  );
  return (
    <Group title={t('library.collections')} tools={tools}>
      {entries.length === 0 ? (
        <p className={styles['none']}>{t('library.noCollections')}</p>
      ) : (
        <CollectionTree entries={entries} commands={commands} />
      )}
      <Suspense fallback={null}>
        {dialog !== undefined && (
          <CollectionDialogs dialog={dialog} entries={entries} onClose={closeDialog} />
        )}
      </Suspense>
    </Group>
  );
};

interface TagPlaceProps {
  readonly tag: string;
  readonly count: number;
  readonly isCurrent: boolean;
}

/** Drawn anew only where it differs: there may be thousands. */
const TagPlace = memo(({ tag, count, isCurrent }: TagPlaceProps) => (
  <Place
    icon="tag"
    label={tag}
    count={count}
    view={{ name: 'library', query: { tag } }}
    isCurrent={isCurrent}
  />
));

const Tags = ({ tags }: { tags: LibraryOverview['tags'] }) => {
  const t = useT();
  const view = useView();
  const [all, setAll] = useState(false);
  const current = view.name === 'library' ? view.query.tag : undefined;
  const shown = useMemo(() => (all ? tags : foremost(tags, current)), [tags, current, all]);
  if (tags.length === 0) return null;
  return (
    <Group title={t('library.tags')}>
      <ul>
        {shown.map(({ tag, count }) => (
          <TagPlace key={tag} tag={tag} count={count} isCurrent={tag === current} />
        ))}
      </ul>
      {tags.length > MOST_TAGS && (
        <Button variant="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('library.fewerTags') : t('library.allTags', { count: tags.length })}
        </Button>
      )}
    </Group>
  );
};

/** The ways into the library: all of it, the reading list, collections, tags, Trash. */
export const Sidebar = () => {
  const t = useT();
  const open = useSidebar((state) => state.open);
  const overview = useOverview();
  const dialog = useLibraryDialog((state) => state.dialog);
  return (
    <>
      {open && (
        <nav className={styles['sidebar']} aria-label={t('app.sidebar')}>
          <Places overview={overview} />
          <Collections entries={overview?.collections ?? []} />
          <Tags tags={overview?.tags ?? []} />
        </nav>
      )}
      <Suspense fallback={null}>{dialog !== undefined && <LibraryDialogs dialog={dialog} />}</Suspense>
    </>
  );
};
