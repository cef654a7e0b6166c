import { create } from 'zustand';
import type { ListQuery, SortKey } from '#shared/contract/library';
import type { View } from '../app/navigation';

interface ListState {
  readonly sort: SortKey;
  readonly descending: boolean;
}

/** How the reader sorted last; kept while the page lives. */
export const useListState = create<ListState>()(() => ({ sort: 'added', descending: true }));

/** New things first where the newest matters, else from A and from the most urgent. */
const DESCENDING: Readonly<Record<SortKey, boolean>> = {
  added: true,
  year: true,
  title: false,
  journal: false,
  status: false,
  priority: false,
};

export const sortBy = (sort: SortKey): void => useListState.setState({ sort, descending: DESCENDING[sort] });
export const turnSort = (): void => useListState.setState(({ descending }) => ({ descending: !descending }));

/** What the list asks the service for. */
export const queryFor = (view: View, { sort, descending }: ListState): ListQuery =>
  view.name === 'library'
    ? { scope: 'library', sort, descending, ...view.query }
    : { scope: view.name === 'trash' ? 'trash' : 'library', sort, descending };
