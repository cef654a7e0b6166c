import { lazy, Suspense, useState } from 'react';
import { useServiceQuery } from '../app/data';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { Button } from '../ui/Button';

const BackupsDialog = lazy(() => import('./BackupsDialog'));

/** The way back for a library that does not open; nothing where there is no backup of it. */
export const RestoreFromBackup = () => {
  const t = useT();
  const hepatica = useHepatica();
  const listed = useServiceQuery(['backups', 'list'], () => hepatica.backups.list({})).data;
  const [isShown, setShown] = useState(false);
  if (listed === undefined || listed.backups.length === 0) return null;
  return (
    <>
      <Button onClick={() => setShown(true)}>{t('backups.fromBackup')}</Button>
      <Suspense fallback={null}>{isShown && <BackupsDialog onClose={() => setShown(false)} />}</Suspense>
    </>
  );
};
