import { useT } from '../app/i18n';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { useArticleActions } from './actions';
import { CollectionPicker } from './CollectionPicker';
import { DetailsDialog } from './DetailsDialog';
import { closeDialog, type LibraryDialog } from './dialog-store';
import { TagEditor } from './TagEditor';

const PurgeDialog = ({ ids }: Pick<LibraryDialog, 'ids'>) => {
  const t = useT();
  const actions = useArticleActions();
  const purge = (): void => {
    actions.purge(ids);
    closeDialog();
  };
  return (
    <Dialog
      title={t('library.purgeTitle')}
      open
      onClose={closeDialog}
      size="small"
      footer={
        <>
          <Button onClick={closeDialog}>{t('app.cancel')}</Button>
          <Button variant="danger" onClick={purge}>
            {t('library.purgeDo')}
          </Button>
        </>
      }
    >
      <p>{t('library.purgeText', { count: ids.length })}</p>
    </Dialog>
  );
};

/** Whichever dialog about articles is open. */
export default function LibraryDialogs({ dialog }: { dialog: LibraryDialog }) {
  const { name, ids } = dialog;
  const [first] = ids;
  if (first === undefined) return null;
  switch (name) {
    case 'tags':
      return <TagEditor ids={ids} />;
    case 'collections':
      return <CollectionPicker ids={ids} />;
    case 'details':
      return <DetailsDialog id={first} />;
    case 'purge':
      return <PurgeDialog ids={ids} />;
  }
}
