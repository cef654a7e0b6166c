import { lazy, Suspense, useState } from 'react';
import { useT } from '../app/i18n';
import { Button } from '../ui/Button';

const CheckDialog = lazy(() => import('./CheckDialog'));

/** For a library that does not open: what is wrong with which of its files. */
export const CheckFolder = () => {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t('commands.check-library')}</Button>
      {isOpen && (
        <Suspense fallback={null}>
          <CheckDialog onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
};
