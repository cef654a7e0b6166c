import type { ReadingStatus } from '#shared/model/article';
import { useT } from '../app/i18n';
import { runCommand } from '../commands/registry';
import { Button } from '../ui/Button';
import { IconButton } from '../ui/IconButton';
import { Menu } from '../ui/Menu';
import styles from './BulkBar.module.css';

interface BulkBarProps {
  readonly count: number;
  readonly inTrash: boolean;
  readonly onClear: () => void;
}

const STATUSES: readonly (ReadingStatus | 'none')[] = ['inbox', 'to-read', 'reading', 'read', 'none'];

const Actions = ({ count }: Pick<BulkBarProps, 'count'>) => {
  const t = useT();
  return (
    <>
      <Menu
        label={t('library.setStatus')}
        trigger={t('library.setStatus')}
        items={STATUSES.map((status) => ({
          label: t(`library.status.${status}`),
          onSelect: () => void runCommand(`mark-${status}`),
        }))}
      />
      <Button onClick={() => void runCommand('edit-tags')}>{t('library.editTags')}</Button>
      <Button onClick={() => void runCommand('edit-collections')}>{t('library.editCollections')}</Button>
      {count === 1 && (
        <Button onClick={() => void runCommand('edit-article')}>{t('library.editArticle')}</Button>
      )}
      <Button variant="danger" onClick={() => void runCommand('trash')}>
        {t('library.toTrash')}
      </Button>
    </>
  );
};

/**
 * What can be done to the selected articles. Each button is a command, so that its key does the same. It comes in
 * below the list: above it, a row would move away under the second click of a double click.
 */
export const BulkBar = ({ count, inTrash, onClear }: BulkBarProps) => {
  const t = useT();
  return (
    <div className={styles['bar']} role="toolbar" aria-label={t('library.bulk')}>
      <span className={styles['count']} role="status">
        {t('library.selected', { count })}
      </span>
      {inTrash ? (
        <>
          <Button onClick={() => void runCommand('restore')}>{t('library.restore')}</Button>
          <Button variant="danger" onClick={() => void runCommand('trash')}>
            {t('library.purge')}
          </Button>
        </>
      ) : (
        <Actions count={count} />
      )}
      <IconButton icon="close" label={t('library.clearSelection')} onClick={onClear} />
    </div>
  );
};
