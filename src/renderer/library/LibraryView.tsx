import { useMemo } from 'react';
import { useT } from '../app/i18n';
import { navigate, useView } from '../app/navigation';
import { isMac, runCommand } from '../commands/registry';
import { showShortcut } from '../commands/shortcuts';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { ArticleList } from './ArticleList';
import styles from './LibraryView.module.css';
import { ListHead } from './ListHead';
import { queryFor, useListState } from './list-state';
import { useArticleIds } from './use-articles';

const Empty = ({ scope, filtered }: { scope: 'library' | 'trash'; filtered: boolean }) => {
  const t = useT();
  if (scope === 'trash')
    return (
      <EmptyState icon="trash" title={t('library.emptyTrash')}>
        <p>{t('library.emptyTrashHint')}</p>
      </EmptyState>
    );
  if (filtered)
    return (
      <EmptyState icon="search" title={t('library.emptyFilter')}>
        <Button onClick={() => navigate({ name: 'library', query: {} })}>{t('library.clearFilters')}</Button>
      </EmptyState>
    );
  return (
    <EmptyState icon="article" title={t('library.emptyLibrary')}>
      <p>{t('library.emptyLibraryHint', { keys: showShortcut('Mod+V', isMac()) })}</p>
      <Button variant="primary" onClick={() => void runCommand('paste-article')}>
        {t('app.addPaste')}
      </Button>
      <Button onClick={() => void runCommand('open-files')}>{t('app.addFiles')}</Button>
    </EmptyState>
  );
};

/** The articles of the library, or of the Trash. */
export const LibraryView = () => {
  const view = useView();
  const sort = useListState();
  const query = useMemo(() => queryFor(view, sort), [view, sort]);
  const list = useArticleIds(query);
  const filtered = query.status !== undefined || query.tag !== undefined || query.collection !== undefined;
  return (
    <div className={styles['view']}>
      <ListHead query={query} count={list?.ids.length} />
      {list !== undefined &&
        (list.ids.length === 0 ? (
          <Empty scope={query.scope} filtered={filtered} />
        ) : (
          <ArticleList
            key={`${query.scope}${query.collection}${query.tag}`}
            list={list}
            inTrash={query.scope === 'trash'}
          />
        ))}
    </div>
  );
};
