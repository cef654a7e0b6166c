import { create } from 'zustand';
import type { ArticleId } from '#shared/model/ids';

/** The dialog of the library that is open, and the articles that it is about. */
export interface LibraryDialog {
  readonly name: 'tags' | 'collections' | 'details' | 'purge';
  readonly ids: readonly ArticleId[];
}

export const useLibraryDialog = create<{ readonly dialog: LibraryDialog | undefined }>()(() => ({
  dialog: undefined,
}));

export const showDialog = (name: LibraryDialog['name'], ids: readonly ArticleId[]): void =>
  useLibraryDialog.setState({ dialog: { name, ids } });
export const closeDialog = (): void => useLibraryDialog.setState({ dialog: undefined });
