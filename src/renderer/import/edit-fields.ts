import type { Bibliographic } from '#shared/model/article';
import { keepSections } from '#shared/model/sections';
import { authorsFrom, lineOf, linesOf } from '../library/author-lines';

/** The fields of an article as text, as a form holds them. Empty means not known. */
export interface FieldTexts {
  readonly title: string;
  readonly vernacularTitle: string;
  /** One to a line. */
  readonly author: string;
  readonly 'container-title': string;
  readonly year: string;
  readonly month: string;
  readonly volume: string;
  readonly issue: string;
  readonly page: string;
  readonly DOI: string;
  readonly PMID: string;
  readonly PMCID: string;
  readonly ISSN: string;
  readonly language: string;
  /** One to a line. */
  readonly keyword: string;
  readonly abstract: string;
}
export type FieldName = keyof FieldTexts;

const PLAIN = ['container-title', 'volume', 'issue', 'page', 'PMID', 'PMCID', 'ISSN', 'language'] as const;

const issuedFrom = (
  year: string,
  month: string,
  original: Bibliographic['issued'],
): Bibliographic['issued'] => {
  const parts = [year, month].map((part) => part.trim()).filter((part) => part !== '');
  if (year.trim() === '') return undefined;
  const numbers = parts.map(Number);
  const old = original?.['date-parts'][0] ?? [];
  const isSame = old[0] === numbers[0] && old[1] === numbers[1];
  return isSame ? original : { 'date-parts': [numbers] };
};

export const textsOf = (fields: Bibliographic): FieldTexts => {
  const [year, month] = fields.issued?.['date-parts'][0] ?? [];
  return {
    title: fields.title,
    vernacularTitle: fields.vernacularTitle ?? '',
    author: fields.author.map(lineOf).join('\n'),
    'container-title': fields['container-title'] ?? '',
    year: year === undefined ? '' : String(year),
    month: month === undefined ? '' : String(month),
    volume: fields.volume ?? '',
    issue: fields.issue ?? '',
    page: fields.page ?? '',
    DOI: fields.DOI ?? '',
    PMID: fields.PMID ?? '',
    PMCID: fields.PMCID ?? '',
    ISSN: fields.ISSN ?? '',
    language: fields.language ?? '',
    keyword: fields.keyword.join('\n'),
    abstract: fields.abstract ?? '',
  };
};

/** What is wrong with the texts, by field; each a key of the messages under `importing.errors`. */
export type FieldErrors = Partial<Record<FieldName, 'title' | 'year' | 'month' | 'monthWithoutYear'>>;

export const errorsIn = (texts: FieldTexts): FieldErrors => {
  const year = texts.year.trim();
  const month = texts.month.trim();
  return {
    ...(texts.title.trim() === '' ? { title: 'title' as const } : {}),
    ...(year !== '' && !/^(1[5-9]|20|21)\d\d$/.test(year) ? { year: 'year' as const } : {}),
    ...(month !== '' && !/^(0?[1-9]|1[0-2])$/.test(month) ? { month: 'month' as const } : {}),
    ...(month !== '' && year === '' ? { year: 'monthWithoutYear' as const } : {}),
  };
};

/**
 * The fields as the reader left them. What the form does not show, and what was not touched, stays as it was; the
 * abstract's sections stay only where they still match (see `keepSections`).
 */
export const fieldsFrom = (texts: FieldTexts, original: Bibliographic): Bibliographic => {
  const { vernacularTitle: _v, issued: _i, DOI: _d, abstract: _a, ...rest } = original;
  const others = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !PLAIN.some((plain) => plain === name)),
  ) as typeof rest;
  const plain = PLAIN.flatMap((name) =>
    texts[name].trim() === '' ? [] : [[name, texts[name].trim()] as const],
  );
  const issued = issuedFrom(texts.year, texts.month, original.issued);
  const vernacularTitle = texts.vernacularTitle.trim();
  const doi = texts.DOI.trim().replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, '');
  const before = original.abstract ?? '';
  const abstract = texts.abstract.trim() === '' ? '' : texts.abstract;
  return {
    ...others,
    ...Object.fromEntries(plain),
    title: texts.title.trim(),
    author: authorsFrom(texts.author, original.author),
    keyword: linesOf(texts.keyword),
    ...(vernacularTitle === '' ? {} : { vernacularTitle }),
    ...(issued === undefined ? {} : { issued }),
    ...(doi === '' ? {} : { DOI: doi }),
    ...(abstract === '' ? {} : { abstract }),
    sections: keepSections(original.sections, before, abstract),
    abstractCutOff: original.abstractCutOff && abstract === before,
  };
};
