import { useQuery } from '@tanstack/react-query';
import type { ArticleRow } from '#shared/contract/library';
import type { Article, DocumentRef } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import { useServiceQuery } from '../app/data';
import { useHepatica } from '../app/hepatica';

export interface OpenedArticle {
  readonly article: Article;
  readonly document: DocumentRef;
  readonly html: string;
  /** The rows of the articles that this one's page named. */
  readonly related: readonly ArticleRow[];
  readonly inTrash: boolean;
}

export type ArticleState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'text-missing' }
  | ({ readonly state: 'open' } & OpenedArticle);

/** Fetches a reading text from the app itself. Throws where it is not there. */
const fetchText = async (url: string): Promise<string> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the reading text answered ${response.status}`);
  return response.text();
};

/**
 * Opens an article, once for each visit, for opening marks it as opened; after that its record is followed as it
 * changes, and the text is fetched again only when it is another one.
 */
export const useArticle = (id: ArticleId): ArticleState => {
  const hepatica = useHepatica();
  // Not under `reader`: a change of the library must not open it again.
  const opened = useQuery({
    queryKey: ['open-article', id],
    queryFn: () => hepatica.reader.open({ id }),
    gcTime: 0,
  });
  const first = opened.data;
  const live = useQuery({
    queryKey: ['library', 'get', { id }],
    queryFn: () => hepatica.library.get({ id }),
    enabled: first !== undefined,
    gcTime: 0,
    ...(first === undefined ? {} : { initialData: first.article }),
  });
  const article = live.data ?? first?.article;
  const ids = [id, ...(article?.related ?? [])].slice(0, 200);
  const rows = useServiceQuery(['library', 'rows', { ids }], () => hepatica.library.rows({ ids }), {
    enabled: first !== undefined,
  });
  const document =
    first === undefined || article === undefined ? undefined : current(article, first.document);
  const text = useQuery({
    queryKey: ['reading-text', id, document?.id, document?.textHash],
    queryFn: () => fetchText(first?.textUrl ?? ''),
    enabled: document !== undefined,
    gcTime: 0,
  });
  const error = opened.error ?? live.error;
  if (error !== null) return { state: 'failed', error };
  if (text.isError) return { state: 'text-missing' };
  if (first === undefined || article === undefined || document === undefined || text.data === undefined) {
    return { state: 'loading' };
  }
  const own = rows.data?.find((row) => row.id === id);
  const related = rows.data?.filter((row) => row.id !== id && article.related.includes(row.id));
  return {
    state: 'open',
    article,
    document,
    html: text.data,
    related: related ?? first.related,
    inTrash: own === undefined ? first.inTrash : own.deletedAt !== undefined,
  };
};

/** The document that was opened, as the record now describes it: editing the abstract gives it another hash. */
const current = (article: Article, opened: DocumentRef): DocumentRef =>
  article.documents.find((document) => document.id === opened.id) ?? opened;
