import { create } from 'zustand';
import type { ListQuery } from '#shared/contract/library';
import type { ReadingStatus } from '#shared/model/article';
import type { AnnotationId, ArticleId } from '#shared/model/ids';

/** What the main area shows. */
export type View =
  | { readonly name: 'library'; readonly query: Partial<ListQuery> }
  | { readonly name: 'reading-list'; readonly status: ReadingStatus }
  | { readonly name: 'trash' }
  | {
      readonly name: 'article';
      readonly id: ArticleId;
      /** UTF-16 offsets into the reading text. */
      readonly passage?: { readonly start: number; readonly end: number };
      readonly annotationId?: AnnotationId;
    }
  | { readonly name: 'import' };

const MOST_REMEMBERED = 50;

interface Navigation {
  readonly view: View;
  readonly past: readonly View[];
}

const home: View = { name: 'library', query: {} };

export const useNavigation = create<Navigation>()(() => ({ view: home, past: [] }));

export const useView = (): View => useNavigation((state) => state.view);

const isSamePlace = (a: View, b: View): boolean =>
  a.name === b.name &&
  (a.name !== 'article' || b.name !== 'article' || a.id === b.id) &&
  a.name !== 'library';

/** Shows another view. Going to the place where one is already replaces it, so that "back" leaves it. */
export const navigate = (view: View): void =>
  useNavigation.setState(({ view: from, past }) => ({
    view,
    past: isSamePlace(from, view) || from.name === 'import' ? past : [...past, from].slice(-MOST_REMEMBERED),
  }));

/** Back to where the reader came from, at the end to the library. */
export const goBack = (): void =>
  useNavigation.setState(({ past }) => ({ view: past.at(-1) ?? home, past: past.slice(0, -1) }));
