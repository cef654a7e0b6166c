import { useState } from 'react';
import type { LibraryOverview } from '#shared/contract/library';
import { CollectionId } from '#shared/model/ids';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { useReportProblem } from '../app/problems';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { linesOf, withNested } from './collection-tree';
import type { CollectionDialog } from './use-collection-commands';

interface DialogProps<N extends CollectionDialog['name']> {
  readonly dialog: Extract<CollectionDialog, { name: N }>;
  readonly entries: LibraryOverview['collections'];
  readonly onClose: () => void;
}

const NameDialog = ({ dialog, onClose }: Omit<DialogProps<'create' | 'rename'>, 'entries'>) => {
  const t = useT();
  const hepatica = useHepatica();
  const report = useReportProblem();
  const [name, setName] = useState(dialog.name === 'rename' ? dialog.collection.name : '');
  const save = (): void => {
    const done =
      dialog.name === 'rename'
        ? hepatica.library.renameCollection({ id: dialog.collection.id, name })
        : hepatica.library.createCollection(
            dialog.parent === undefined ? { name } : { name, parent: dialog.parent },
          );
    void done.then(onClose).catch(report);
  };
  const title = dialog.name === 'rename' ? t('library.renameCollection') : t('library.newCollection');
  return (
    <Dialog title={title} open onClose={onClose} size="small">
      <form
        id="collection-name"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field label={t('library.collectionName')}>
          {({ id }) => (
            <input id={id} value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Buttons
          onClose={onClose}
          label={dialog.name === 'rename' ? t('library.save') : t('library.create')}
          disabled={name.trim() === ''}
        />
      </form>
    </Dialog>
  );
};

const Buttons = ({ onClose, label, disabled }: { onClose: () => void; label: string; disabled: boolean }) => {
  const t = useT();
  return (
    <p className="dialog-buttons">
      <Button onClick={onClose}>{t('app.cancel')}</Button>
      <Button type="submit" variant="primary" disabled={disabled}>
        {label}
      </Button>
    </p>
  );
};

const MoveDialog = ({ dialog, entries, onClose }: DialogProps<'move'>) => {
  const t = useT();
  const hepatica = useHepatica();
  const report = useReportProblem();
  const { id: moved, parent } = dialog.collection;
  const [target, setTarget] = useState<string>(parent ?? '');
  const forbidden = withNested(entries, moved);
  const save = (): void => {
    const chosen = CollectionId.safeParse(target);
    const into = chosen.success ? { parent: chosen.data } : {};
    void hepatica.library
      .moveCollection({ id: moved, ...into })
      .then(onClose)
      .catch(report);
  };
  return (
    <Dialog title={t('library.moveCollection')} open onClose={onClose} size="small">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field label={t('library.moveInto')}>
          {({ id }) => (
            <select id={id} value={target} onChange={(event) => setTarget(event.target.value)}>
              <option value="">{t('library.topLevel')}</option>
              {linesOf(entries, new Set())
                .filter(({ collection }) => !forbidden.has(collection.id))
                .map(({ collection, level }) => (
                  <option key={collection.id} value={collection.id}>
                    {' '.repeat((level - 1) * 4) + collection.name}
                  </option>
                ))}
            </select>
          )}
        </Field>
        <Buttons onClose={onClose} label={t('library.save')} disabled={false} />
      </form>
    </Dialog>
  );
};

/** Whichever dialog about collections is open. */
export const CollectionDialogs = ({ dialog, entries, onClose }: DialogProps<CollectionDialog['name']>) =>
  dialog.name === 'move' ? (
    <MoveDialog dialog={dialog} entries={entries} onClose={onClose} />
  ) : (
    <NameDialog dialog={dialog} onClose={onClose} />
  );
