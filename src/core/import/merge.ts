import type { Article, Bibliographic, Completeness, Provenance } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';

/** What an import adds to an article that is there. */
export interface Addition {
  readonly fields: Bibliographic;
  readonly completeness: Completeness;
  readonly documents: Article['documents'];
  readonly provenance: Provenance;
  readonly related: readonly ArticleId[];
}

const RANK: Readonly<Record<Completeness, number>> = {
  stub: 0,
  unrecognised: 1,
  abstract: 2,
  'full-text': 3,
};

/** Fields with one value; a value that is there stays. */
const SINGLE = [
  'vernacularTitle',
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
] as const;

const union = <T>(a: readonly T[], b: readonly T[], keyOf: (value: T) => string): T[] => {
  const keys = new Set(a.map(keyOf));
  return [...a, ...b.filter((value) => !keys.has(keyOf(value)) && keys.add(keyOf(value)))];
};

const lower = (text: string): string => text.toLowerCase();

const copyMissing = (article: Article, fields: Bibliographic): Partial<Bibliographic> =>
  Object.fromEntries(
    SINGLE.flatMap((name) =>
      article[name] === undefined && fields[name] !== undefined ? [[name, fields[name]]] : [],
    ),
  );

/** Whether the abstract that comes in takes the place of the one that is there: only of none, or of a cut-off one. */
const takesAbstract = (article: Article, fields: Bibliographic): boolean =>
  fields.abstract !== undefined &&
  (article.abstract === undefined || (article.abstractCutOff && !fields.abstractCutOff));

/**
 * An article with what it lacks filled in. Nothing that is there is overwritten, but for an abstract that the
 * earlier source had broken off. Id, tags, collections and reading state stay.
 */
export const fillMissing = (article: Article, addition: Addition, now: string): Article => {
  const { fields } = addition;
  const abstract = takesAbstract(article, fields)
    ? { abstract: fields.abstract, sections: fields.sections, abstractCutOff: fields.abstractCutOff }
    : {};
  return {
    ...article,
    ...copyMissing(article, fields),
    ...(article.author.length === 0 && { author: fields.author }),
    ...(abstract.abstract !== undefined && { ...abstract, abstract: abstract.abstract }),
    keyword: union(article.keyword, fields.keyword, lower),
    publicationTypes: union(article.publicationTypes, fields.publicationTypes, lower),
    otherIds: union(article.otherIds, fields.otherIds, (id) => `${id.scheme} ${id.value}`),
    completeness:
      RANK[addition.completeness] > RANK[article.completeness] ? addition.completeness : article.completeness,
    documents: union(
      article.documents.filter((document) => document.kind !== 'abstract' || abstract.abstract === undefined),
      addition.documents.filter(
        (document) => document.kind !== 'abstract' || abstract.abstract !== undefined,
      ),
      (document) => document.id,
    ),
    provenance: [...article.provenance, addition.provenance],
    related: union(
      article.related,
      addition.related.filter((id) => id !== article.id),
      String,
    ),
    modified: now,
  };
};
