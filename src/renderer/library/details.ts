import type { ArticleEdit } from '#shared/contract/library';
import { type Article, yearOf } from '#shared/model/article';
import { authorsFrom, lineOf } from './author-lines';

/** The details of an article as text fields. */
export interface Details {
  readonly title: string;
  readonly vernacularTitle: string;
  readonly authors: string;
  readonly journal: string;
  readonly year: string;
  readonly volume: string;
  readonly issue: string;
  readonly page: string;
  readonly DOI: string;
  readonly PMID: string;
  readonly PMCID: string;
  readonly keywords: string;
}

export const detailsOf = (article: Article): Details => ({
  title: article.title,
  vernacularTitle: article.vernacularTitle ?? '',
  authors: article.author.map(lineOf).join('\n'),
  journal: article['container-title'] ?? '',
  year: String(yearOf(article) ?? ''),
  volume: article.volume ?? '',
  issue: article.issue ?? '',
  page: article.page ?? '',
  DOI: article.DOI ?? '',
  PMID: article.PMID ?? '',
  PMCID: article.PMCID ?? '',
  keywords: article.keyword.join('; '),
});

const issuedFrom = (text: string, article: Article): Article['issued'] | null => {
  const year = Number(text);
  if (text.trim() === '' || !Number.isInteger(year)) return null;
  return yearOf(article) === year ? article.issued : { 'date-parts': [[year]] };
};

/** Only what the reader changed; an emptied field is `null`. */
export const editFrom = (article: Article, next: Details): ArticleEdit => {
  const before = detailsOf(article);
  const changed = (key: keyof Details): boolean => next[key].trim() !== before[key].trim();
  const text = (key: keyof Details): string | null => next[key].trim() || null;
  const edit: ArticleEdit = {};
  if (changed('title')) edit.title = next.title.trim();
  if (changed('authors')) edit.author = authorsFrom(next.authors, article.author);
  if (changed('journal')) edit['container-title'] = text('journal');
  if (changed('year')) edit.issued = issuedFrom(next.year, article) ?? null;
  if (changed('keywords')) edit.keyword = next.keywords.split(/[;；]/).flatMap((word) => word.trim() || []);
  for (const key of ['vernacularTitle', 'volume', 'issue', 'page', 'DOI', 'PMID', 'PMCID'] as const)
    if (changed(key)) edit[key] = text(key);
  return edit;
};
