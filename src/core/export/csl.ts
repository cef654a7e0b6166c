import type { Article } from '#shared/model/article';

/** Members that mean the same here and in CSL-JSON 1.0.2. */
const SHARED = [
  'title',
  'container-title',
  'issued',
  'volume',
  'issue',
  'page',
  'DOI',
  'PMID',
  'PMCID',
  'ISSN',
  'URL',
  'language',
  'abstract',
] as const;

export type CslItem = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly type: string;
  readonly custom: Readonly<Record<string, unknown>>;
};

/**
 * An article as an item of CSL-JSON 1.0.2. What CSL has no place for, members of a later version among it, is under
 * `custom`: item and `custom` together are the whole record. Authors are there once more, since CSL names have no
 * affiliation, and so are keywords, which CSL has as one text.
 */
export const cslOf = (article: Article, deletedAt?: string): CslItem => {
  const { author, keyword } = article;
  const shared = new Set<string>(SHARED);
  const isShared = ([name]: readonly [string, unknown]): boolean => shared.has(name);
  const members = Object.entries(article).filter(([name]) => name !== 'id');
  return {
    id: article.id,
    type: article['container-title'] === undefined ? 'article' : 'article-journal',
    ...Object.fromEntries(members.filter(isShared)),
    ...(author.length === 0 ? {} : { author: author.map(({ affiliation: _affiliation, ...name }) => name) }),
    ...(keyword.length === 0 ? {} : { keyword: keyword.join(', ') }),
    custom: {
      ...Object.fromEntries(members.filter((member) => !isShared(member))),
      ...(deletedAt === undefined ? {} : { deletedAt }),
    },
  };
};
