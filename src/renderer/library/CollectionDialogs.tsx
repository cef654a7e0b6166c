import { useState } from 'react';
import type { LibraryOverview } from '#shared/contract/library';
import { CollectionId } from '#shared/model/ids';
import { ProblemError } from '#shared/model/problem';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { useProblemText, useReportProblem } from '../app/problems';
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

/** Closes the dialog once it is done. What the reader can put right is said in the dialog, which covers the page. */
const useSaving = (onClose: () => void) => {
  const report = useReportProblem();
  const word = useProblemText();
  const [error, setError] = useState<string>();
  const save = (done: Promise<unknown>): void =>
    void done.then(onClose, (failure: unknown) => {
      if (failure instanceof ProblemError && failure.problem.code === 'conflict')
        setError(word(failure.problem));
      else report(failure);
    });
  return { error, save, clear: () => setError(undefined) };
};

const NameDialog = ({ dialog, onClose }: Omit<DialogProps<'create' | 'rename'>, 'entries'>) => {
  const t = useT();
  const hepatica = useHepatica();
  const { error, save, clear } = useSaving(onClose);
  const [name, setName] = useState(dialog.name === 'rename' ? dialog.collection.name : '');
  const done = (): Promise<unknown> =>
    dialog.name === 'rename'
      ? hepatica.library.renameCollection({ id: dialog.collection.id, name })
      : hepatica.library.createCollection(
          dialog.parent === undefined ? { name } : { name, parent: dialog.parent },
        );
  const title = dialog.name === 'rename' ? t('library.renameCollection') : t('library.newCollection');
  return (
    <Dialog title={title} open onClose={onClose} size="small">
      <form
        id="collection-name"
        onSubmit={(event) => {
          event.preventDefault();
          save(done());
        }}
      >
        <Field label={t('library.collectionName')} error={error}>
          {({ id, describedBy }) => (
            <input
              id={id}
              aria-describedby={describedBy}
              aria-invalid={error !== undefined}
              value={name}
              maxLength={100}
              onChange={(event) => {
                clear();
                setName(event.target.value);
              }}
            />
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
  const { error, save, clear } = useSaving(onClose);
  const { id: moved, parent } = dialog.collection;
  const [target, setTarget] = useState<string>(parent ?? '');
  const forbidden = withNested(entries, moved);
  const done = (): Promise<unknown> => {
    const chosen = CollectionId.safeParse(target);
    return hepatica.library.moveCollection({ id: moved, ...(chosen.success ? { parent: chosen.data } : {}) });
  };
  return (
    <Dialog title={t('library.moveCollection')} open onClose={onClose} size="small">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save(done());
        }}
      >
        <Field label={t('library.moveInto')} error={error}>
          {({ id, describedBy }) => (
            <select
              id={id}
              aria-describedby={describedBy}
              value={target}
              onChange={(event) => {
                clear();
                setTarget(event.target.value);
              }}
            >
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
