import type { ArticleRow } from '#shared/contract/library';
import type { Translate } from '#shared/messages/translator';
import { nameOf } from '#shared/model/article';

const SHOWN_AUTHORS = 3;
const HAN = /\p{Script=Han}/u;

/** The language of a title, so that Chinese is set in a Chinese face. */
export const languageOfText = (text: string): 'zh' | 'en' => (HAN.test(text) ? 'zh' : 'en');

/** The first three authors. */
export const wordAuthors = (t: Translate, authors: ArticleRow['author']): string => {
  const names = authors.slice(0, SHOWN_AUTHORS).map(nameOf).join(', ');
  return authors.length > SHOWN_AUTHORS ? t('library.etAl', { authors: names }) : names;
};

/** Journal and year, whichever are known. */
export const wordSource = (row: Pick<ArticleRow, 'container-title' | 'year'>): string =>
  [row['container-title'], row.year].filter((part) => part !== undefined).join(', ');
