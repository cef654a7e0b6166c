import { type Bibliographic, nameOf } from '#shared/model/article';
import type { Author } from '#shared/model/author';
import { keepSections } from '#shared/model/sections';

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

const linesOf = (text: string): string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** `Family, Given`, so that it is plain which is which; a name in Han characters is written together. */
const lineOf = (author: Author): string => {
  const { family, given, literal } = author;
  if (literal !== undefined || family === undefined || given === undefined) return nameOf(author);
  return /\p{Script=Han}/u.test(family) ? `${family}${given}` : `${family}, ${given}`;
};

/** Words that only the names of groups have; such a name has no family part. */
const GROUP =
  /\b(association|collaboration|collaborative|committee|consortium|group|initiative|investigators|network|panel|society|study|team|trial)\b/i;

/**
 * An author from one line. Only a comma, or a word in capitals beside one that is not, says which part is the family
 * name; any other name is kept as it was typed rather than guessed at.
 */
export const authorOf = (line: string): Author => {
  const comma = /^([^,，]+)[,，]\s*([^,，]+)$/u.exec(line);
  if (comma?.[1] !== undefined && comma[2] !== undefined)
    return { family: comma[1].trim(), given: comma[2].trim() };
  const words = line.split(/\s+/);
  const capitals = words.filter((word) => /^\p{Lu}[\p{Lu}'’-]+$/u.test(word));
  const [family] = capitals;
  if (family === undefined || capitals.length !== 1 || words.length === 1 || GROUP.test(line))
    return { literal: line };
  return { family, given: words.filter((word) => word !== family).join(' ') };
};

/** A line that was not touched keeps its author whole, with affiliations. */
const authorsFrom = (text: string, original: readonly Author[]): Author[] => {
  const left = [...original];
  return linesOf(text).map((line) => {
    const index = left.findIndex((author) => lineOf(author).trim() === line);
    return (index === -1 ? undefined : left.splice(index, 1)[0]) ?? authorOf(line);
  });
};

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
