import type { Article, DocumentRef } from '#shared/model/article';
import { abstractDocument } from './html';

/** A document of the article by its id. Every article has one for its abstract, if only an empty one. */
export const documentOf = (article: Article, documentId: string): DocumentRef | undefined =>
  documentId === 'abstract'
    ? abstractDocument(article).ref
    : article.documents.find((document) => document.id === documentId);

/** The document to read: the newest full text, else the abstract. */
export const documentToRead = (article: Article): DocumentRef =>
  article.documents.findLast((document) => document.kind === 'full-text') ?? abstractDocument(article).ref;
