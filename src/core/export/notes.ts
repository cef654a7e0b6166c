import type { Annotation } from '#shared/model/annotation';
import { type Article, nameOf, yearOf } from '#shared/model/article';

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/**
 * A file name from a title: letters and digits of any script, no longer than any file system takes, made unique by
 * the id. Names that Windows keeps for itself cannot come out, as the id follows.
 */
export const noteFileName = ({ title, id }: Pick<Article, 'title' | 'id'>): string => {
  const words = title.normalize('NFC').replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  const stem = [...words]
    .slice(0, 50)
    .join('')
    .replaceAll(/^-+|-+$/g, '');
  return `${stem === '' ? 'article' : stem}-${id}.md`;
};

const quoted = (text: string): string =>
  text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => `> ${line}`)
    .join('\n');

const wordAnnotation = ({ target, colour, note, tags, created }: Annotation): string =>
  [
    quoted(target.selector.quote.exact),
    ...(note === '' ? [] : [note.trim()]),
    [colour, created.slice(0, 10), ...tags.map((tag) => `#${oneLine(tag)}`)].join(' · '),
  ].join('\n\n');

const byPlace = (a: Annotation, b: Annotation): number =>
  a.target.selector.position.start - b.target.selector.position.start;

/** All that was marked in an article, in the order of the text, as Markdown. */
export const notesOf = (article: Article, annotations: readonly Annotation[]): string => {
  const { title, author, DOI, PMID } = article;
  const source = [article['container-title'], yearOf(article)]
    .filter((each) => each !== undefined)
    .join(', ');
  const head = [
    author.map(nameOf).join(', '),
    source,
    DOI === undefined ? '' : `DOI ${DOI}`,
    PMID === undefined ? '' : `PMID ${PMID}`,
  ];
  return `${[
    `# ${oneLine(title)}`,
    head.map(oneLine).filter(Boolean).join('\n\n'),
    ...[...annotations].sort(byPlace).map(wordAnnotation),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
};
