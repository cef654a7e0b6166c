import { useMemo, useState } from 'react';
import type { Collection } from '#shared/model/collection';
import type { CollectionId } from '#shared/model/ids';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { navigate } from '../app/navigation';
import { useReportProblem } from '../app/problems';
import { useHistory } from '../app/use-app-commands';
import { showToast } from '../ui/toasts';

/** The dialog about collections that is open. */
export type CollectionDialog =
  | { readonly name: 'create'; readonly parent: CollectionId | undefined }
  | { readonly name: 'rename'; readonly collection: Collection }
  | { readonly name: 'move'; readonly collection: Collection };

export interface CollectionCommands {
  create(parent?: CollectionId): void;
  rename(collection: Collection): void;
  move(collection: Collection): void;
  remove(collection: Collection): void;
}

/** What can be done to collections, and the dialog that one of these has opened. */
export const useCollectionCommands = () => {
  const t = useT();
  const hepatica = useHepatica();
  const report = useReportProblem();
  const { undo } = useHistory();
  const [dialog, setDialog] = useState<CollectionDialog>();
  const commands = useMemo<CollectionCommands>(
    () => ({
      create: (parent) => setDialog({ name: 'create', parent }),
      rename: (collection) => setDialog({ name: 'rename', collection }),
      move: (collection) => setDialog({ name: 'move', collection }),
      remove: ({ id, name }) =>
        void hepatica.library
          .deleteCollection({ id })
          .then(() => {
            navigate({ name: 'library', query: {} });
            showToast({
              message: t('library.collectionDeleted', { name }),
              action: { label: t('app.undo'), run: undo },
            });
          })
          .catch(report),
    }),
    [t, hepatica, report, undo],
  );
  return { commands, dialog, closeDialog: () => setDialog(undefined) };
};
