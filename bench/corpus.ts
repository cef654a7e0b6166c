import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Bibliographic } from '#shared/model/article';
import type { Author } from '#shared/model/author';

/** Public corpora beside the repository; `HEPATICA_DATA` names another place. */
const DATA = process.env['HEPATICA_DATA'] ?? join(import.meta.dirname, '../../../shared/data');

type Row = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const rowsOf = (folder: string): Row[] =>
  readdirSync(join(DATA, folder))
    .filter((name) => name.endsWith('.jsonl.gz'))
    .sort()
    .flatMap((name) =>
      gunzipSync(readFileSync(join(DATA, folder, name)))
        .toString('utf8')
        .split('\n'),
    )
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);

const bibliographic = (title: string, abstract: string, author: Author[]): Bibliographic => ({
  title,
  author,
  ...(abstract === '' ? {} : { abstract }),
  sections: [],
  abstractCutOff: false,
  keyword: [],
  publicationTypes: [],
  otherIds: [],
});

const authorsOf = (value: unknown): Author[] =>
  (Array.isArray(value) ? value.map(text) : text(value).split(/;\s*/))
    .filter((name) => name !== '')
    .slice(0, 20)
    .map((name) => {
      const [family, given] = name.split(/,\s*/);
      return given === undefined ? { literal: name } : { family: family ?? name, given };
    });

const year = (value: unknown): Pick<Bibliographic, 'issued'> => {
  const number = Number(value);
  return Number.isInteger(number) && number > 1800 ? { issued: { 'date-parts': [[number]] } } : {};
};

const drugReviews = (): Bibliographic[] =>
  rowsOf('drug-review-topics').map((row) => ({
    ...bibliographic(text(row['title']), text(row['abstract']), authorsOf(row['authors'])),
    ...year(row['year']),
    PMID: text(row['pmid']),
    keyword: text(row['keywords'])
      .split(/;\s*/)
      .filter((word) => word !== ''),
  }));

const openAlexReviews = (): Bibliographic[] =>
  rowsOf('openalex-reviews').map((row) => ({
    ...bibliographic(text(row['title']), text(row['abstract']), authorsOf(row['authors'])),
    ...year(row['year']),
    ...(text(row['venue']) === '' ? {} : { 'container-title': text(row['venue']) }),
  }));

const pubmedQuestions = (): Bibliographic[] =>
  rowsOf('pubmedqa').map((row) => {
    const sections = Array.isArray(row['sections']) ? (row['sections'] as Row[]) : [];
    const abstract = sections.map((section) => text(section['text'])).join('\n');
    return { ...bibliographic(text(row['question']), abstract, []), PMID: text(row['pmid']) };
  });

const plainText = (xml: string): string =>
  xml
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const medline = (): Bibliographic[] => {
  const xml = gunzipSync(readFileSync(join(DATA, 'medline-xml/medline16n0902-part.xml.gz'))).toString('utf8');
  return xml
    .split('<MedlineCitation ')
    .slice(1)
    .map((citation) => {
      const all = (pattern: RegExp): string[] =>
        [...citation.matchAll(pattern)].map((found) => plainText(found[1] ?? ''));
      const names = [...citation.matchAll(/<LastName>(.*?)<\/LastName>\s*<ForeName>(.*?)<\/ForeName>/g)];
      return {
        ...bibliographic(
          all(/<ArticleTitle>(.*?)<\/ArticleTitle>/gs)[0] ?? '',
          all(/<AbstractText[^>]*>(.*?)<\/AbstractText>/gs).join('\n'),
          names.map((name) => ({ family: plainText(name[1] ?? ''), given: plainText(name[2] ?? '') })),
        ),
        'container-title': all(/<Title>(.*?)<\/Title>/g)[0] ?? '',
        PMID: all(/<PMID[^>]*>(\d+)<\/PMID>/g)[0] ?? '',
        keyword: all(/<DescriptorName[^>]*>(.*?)<\/DescriptorName>/g),
      };
    });
};

let corpus: Bibliographic[] | undefined;

/**
 * `count` articles from the real abstracts (those with one), repeated in rounds when the corpora are used up. A
 * repeated article has its round in the title and no identifiers, so that it is not taken for a duplicate.
 */
export const articles = (count: number): Bibliographic[] => {
  corpus ??= [...drugReviews(), ...openAlexReviews(), ...pubmedQuestions(), ...medline()].filter(
    (article) => article.title !== '' && article.abstract !== undefined,
  );
  const all = corpus;
  return Array.from({ length: count }, (_, index) => {
    const article = all[index % all.length]!;
    const round = Math.floor(index / all.length);
    if (round === 0) return article;
    const { PMID: _pmid, DOI: _doi, ...rest } = article;
    return { ...rest, title: `${article.title} (copy ${round})` };
  });
};
