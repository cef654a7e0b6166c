import type { SearchField, SearchHit } from '#shared/contract/search';
import type { Annotation } from '#shared/model/annotation';
import { type Article, nameOf } from '#shared/model/article';
import { articleRow, type StoredArticle } from '../library/rows';
import { abstractDocument } from '../reader/html';
import { hasField } from './fields';
import type { FullTexts } from './full-texts';
import type { Match, Matcher } from './matches';
import { plainNote } from './plain-note';
import { bestPassage, marked, openingOf, type Passage, snippetOf } from './snippet';

/** A text in which a passage may be shown. */
interface Source {
  readonly field: SearchField;
  readonly text: string;
  readonly annotation?: Annotation;
  /** The document of which `text` is the reading text. */
  readonly documentId?: string;
}

interface Found {
  readonly source: Source;
  readonly matches: readonly Match[];
  readonly passage: Passage;
}

export interface HitOptions {
  readonly stored: StoredArticle;
  /** Fields that the index found words in. */
  readonly fields: number;
  readonly matcher: Matcher;
  readonly annotations: readonly Annotation[];
  readonly annotationCount: number;
  readonly texts: FullTexts;
}

/** Made once for an article: its values never change, and the next keystroke finds most of the same articles. */
const abstracts = new WeakMap<Article, string>();

const abstractOf = (article: Article): string => {
  const known = abstracts.get(article);
  if (known !== undefined) return known;
  const { text } = abstractDocument(article);
  abstracts.set(article, text);
  return text;
};

/** The texts at hand, those first that are shown when they have as many words. The full text comes from a file. */
const sourcesOf = ({ stored: { value: article }, annotations }: HitOptions): Source[] => [
  ...annotations.map((annotation): Source => ({ field: 'note', text: annotation.note, annotation })),
  { field: 'abstract', text: abstractOf(article), documentId: 'abstract' },
  { field: 'keyword', text: article.keyword.join('; ') },
  { field: 'author', text: article.author.map(nameOf).join('; ') },
  { field: 'journal', text: article['container-title'] ?? '' },
  { field: 'tag', text: [...article.tags, ...annotations.flatMap(({ tags }) => tags)].join('; ') },
];

const findIn = (source: Source, matcher: Matcher): Found | undefined => {
  const matches = matcher.in(source.text);
  const passage = bestPassage(matches);
  return passage === undefined ? undefined : { source, matches, passage };
};

/** As it is shown: a note without its Markdown. Where the words stand in an address alone, its beginning. */
const shownOf = ({ source, passage, matches }: Found, matcher: Matcher): SearchHit['snippet'] => {
  if (source.field !== 'note') return snippetOf(source.text, passage, matches);
  const text = plainNote(source.text);
  const found = findIn({ ...source, text }, matcher);
  return found === undefined ? openingOf(text) : snippetOf(text, found.passage, found.matches);
};

const better = (best: Found | undefined, next: Found): Found =>
  best === undefined || next.passage.words > best.passage.words ? next : best;

/** Where the reader opens: the abstract's place in the full text, if that is what is opened. */
const placeOf = async (found: Found, options: HitOptions): Promise<SearchHit['passage']> => {
  const { source, passage } = found;
  if (source.annotation !== undefined) {
    const { documentId, selector } = source.annotation.target;
    return { documentId, start: selector.position.start, end: selector.position.end };
  }
  if (source.documentId === undefined) return undefined;
  const { start, end } = passage;
  if (source.field !== 'abstract') return { documentId: source.documentId, start, end };
  const full = await options.texts.of(options.stored.value);
  if (full === undefined) return { documentId: source.documentId, start, end };
  const around = Math.max(0, start - 40);
  const at = full.text.indexOf(source.text.slice(around, end + 40));
  return at === -1
    ? undefined
    : { documentId: full.documentId, start: at + start - around, end: at + end - around };
};

/** A result with its passage; undefined when the index was mistaken about the order of Han characters. */
export const hitOf = async (options: HitOptions): Promise<SearchHit | undefined> => {
  const { stored, fields, matcher, texts } = options;
  const article = stored.value;
  const row = articleRow(stored, options.annotationCount);
  const titles = [row.title, article.vernacularTitle ?? ''];
  const titleMatches = matcher.in(row.title);
  const all = titles.flatMap((title) => matcher.in(title));
  const sources = sourcesOf(options).filter(({ field }) => hasField(fields, field));
  let best: Found | undefined;
  const consider = (source: Source): void => {
    const found = findIn(source, matcher);
    if (found === undefined) return;
    all.push(...found.matches);
    best = better(best, found);
  };
  for (const source of sources) consider(source);
  if (hasField(fields, 'text') && (best === undefined || best.passage.words < matcher.size)) {
    const full = await texts.of(article);
    if (full !== undefined) {
      const source: Source = { field: 'text', text: full.text, documentId: full.documentId };
      sources.push(source);
      consider(source);
    }
  }
  if (matcher.isMistaken([...titles, ...sources.map(({ text }) => text)], all)) return undefined;
  const title = marked(row.title, titleMatches);
  if (best === undefined) {
    const snippet = openingOf(abstractOf(article));
    return { id: article.id, row, title, field: 'title', snippet };
  }
  const passage = await placeOf(best, options);
  return {
    id: article.id,
    row,
    title,
    field: best.source.field,
    snippet: shownOf(best, matcher),
    ...(passage === undefined ? {} : { passage }),
    ...(best.source.annotation === undefined ? {} : { annotationId: best.source.annotation.id }),
  };
};
