import { useState } from 'react';
import type { LibraryStatus } from '#shared/contract/app';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { IconButton } from '../ui/IconButton';
import styles from './Banners.module.css';
import { useT } from './i18n';
import { showOverlay } from './overlays-store';

/** What became of copies that a sync program had left, until it is dismissed or there are more. */
export const MergedCopies = ({ merged }: Pick<LibraryStatus, 'merged'>) => {
  const t = useT();
  const [dismissed, setDismissed] = useState(0);
  const shown = merged.slice(dismissed);
  if (shown.length === 0) return null;
  return (
    <div className={styles['banner']} role="status">
      <Icon name="warning" />
      <details>
        <summary>{t('app.mergedTitle', { count: shown.length })}</summary>
        <ul>
          {shown.map(({ file, keptAs, state, conflicts }) => (
            <li key={keptAs}>
              {t('app.mergedCopy', { file, keptAs, state: t(`app.mergedStates.${state}`) })}
              {conflicts > 0 && ` ${t('app.mergedConflicts', { count: conflicts })}`}
            </li>
          ))}
        </ul>
        <Button variant="quiet" onClick={() => showOverlay('quarantine')}>
          {t('commands.quarantine')}
        </Button>
      </details>
      <IconButton icon="close" label={t('app.dismiss')} onClick={() => setDismissed(merged.length)} />
    </div>
  );
};
