import type { Annotation } from '#shared/model/annotation';
import { type Article, nameOf } from '#shared/model/article';
import type { IndexedDocument } from './fields';

/** The text of an article's fields for the index. `text` is the reading text of its full text, if it has one. */
export const documentOf = (
  article: Article,
  annotations: readonly Annotation[],
  text: string | undefined,
): IndexedDocument => {
  const notes = annotations.map((annotation) => annotation.note).filter((note) => note !== '');
  const tags = [...article.tags, ...annotations.flatMap((annotation) => annotation.tags)];
  const fields = {
    title: [article.title, article.vernacularTitle ?? ''].join('\n'),
    abstract: article.abstract ?? '',
    text: text ?? '',
    author: article.author.map(nameOf).join('\n'),
    journal: article['container-title'] ?? '',
    keyword: article.keyword.join('\n'),
    tag: tags.join('\n'),
    note: notes.join('\n'),
  };
  return {
    id: article.id,
    fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
  };
};

const searched = (article: Article): unknown => [
  documentOf(article, [], undefined).fields,
  article.documents.map((document) => document.id),
];

/** Whether search sees any difference: a new reading position, say, is none. */
export const sameForSearch = (before: Article, after: Article): boolean =>
  before === after || JSON.stringify(searched(before)) === JSON.stringify(searched(after));
