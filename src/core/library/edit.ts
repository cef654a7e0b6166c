import type { ArticleEdit } from '#shared/contract/library';
import type { Article } from '#shared/model/article';
import { problem } from '#shared/model/problem';
import { keepSections } from '#shared/model/sections';
import { abstractDocument } from '../reader/html';

/** 5 MB pages are imported as text; a field typed by hand has no reason to be longer than this. */
const LONGEST_FIELD = 200_000;

const tooLong = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.length > LONGEST_FIELD
    : typeof value === 'object' && value !== null && Object.values(value).some(tooLong);

/**
 * The article with the given fields changed: `null` or an empty text takes a field away, a field not given stays.
 * Sections that no longer match an edited abstract are dropped. Throws `bad-request` for an empty title.
 */
export const applyEdit = (article: Article, edit: ArticleEdit): Article => {
  if (edit.title !== undefined && edit.title.trim() === '')
    throw problem('bad-request', 'An article needs a title.', { detail: 'title-empty' });
  if (tooLong(edit)) throw problem('bad-request', 'A field is too long.', { detail: 'field-too-long' });
  const fields = new Map<string, unknown>(Object.entries(article));
  for (const [field, value] of Object.entries(edit)) {
    if (value === undefined) continue;
    const clean = typeof value === 'string' && field !== 'abstract' ? value.trim() : value;
    if (clean === null || clean === '') fields.delete(field);
    else fields.set(field, clean);
  }
  const changed = Object.fromEntries(fields) as Article;
  const abstract = changed.abstract ?? '';
  const sections = edit.sections ?? keepSections(article.sections, article.abstract ?? '', abstract);
  return withAbstractDocument({
    ...changed,
    sections: sections.filter(({ start, end }) => start >= 0 && start < end && end <= abstract.length),
    abstractCutOff: article.abstractCutOff && changed.abstract === article.abstract,
  });
};

/** The abstract's reading text is made from the record, so its hash follows the record. */
const withAbstractDocument = (article: Article): Article => {
  const { ref } = abstractDocument(article);
  const place = article.documents.findIndex((document) => document.id === ref.id);
  if (place !== -1) return { ...article, documents: article.documents.with(place, ref) };
  return article.abstract === undefined ? article : { ...article, documents: [...article.documents, ref] };
};
