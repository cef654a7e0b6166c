import type { RelatedDraft } from '#shared/model/draft';
import { endsSentence, findSections, hasCutMark, isSectionLabel } from './abstract';
import { isFurniture } from './furniture';
import { joinWrapped, type Row } from './lines';
import type { Page } from './page';

/** More related titles than this come from no page of one article. */
const MOST = 300;
const MOST_ROWS = 2000;

/** A teaser is a few lines; what is longer is no longer put together. */
const LONGEST_TEASER = 20_000;

/** Whether a line reads like the beginning of an article's text, cut off or whole. */
export const isTeaser = (text: string): boolean => {
  if (hasCutMark(text)) return true;
  if (text.length > 30 && /[.。]$/.test(text.slice(-2))) return true;
  if (text.length > 120 && /[.。]\s?\p{Lu}?\p{L}+\s/u.test(text.slice(0, 1200))) return true;
  // Last, since it costs most.
  return findSections(text.slice(0, 400)).some((section) => section.label !== '');
};

/** Whether a line could be a title: no end of a sentence, no label, not too long. */
export const isTitleLike = (text: string): boolean =>
  text.length >= 8 &&
  text.length <= 400 &&
  !hasCutMark(text) &&
  !/[.。;；,，]$/.test(text.slice(-1)) &&
  !isSectionLabel(text);

const toStub = (title: string, teaser: string | undefined): RelatedDraft => ({
  title,
  ...(teaser !== undefined && { abstract: teaser }),
  sections: teaser === undefined ? [] : findSections(teaser),
  // A teaser that ends in mid-sentence is cut off even where the page forgot to say so.
  abstractCutOff: teaser !== undefined && (hasCutMark(teaser) || !endsSentence(teaser)),
});

/**
 * Related titles with teasers: a title has no full stop at its end, a teaser is cut off, labelled or made of
 * sentences. A title without a teaser stands alone; what is neither goes to the teaser above it.
 */
export const readRelated = (rows: readonly Row[], page: Page): void => {
  let title: string | undefined;
  let teaser: string | undefined;
  const close = (): void => {
    if (title !== undefined && page.related.length < MOST) page.related.push(toStub(title, teaser));
    title = undefined;
    teaser = undefined;
  };
  rows.slice(0, MOST_ROWS).forEach((row, at) => {
    const { text } = row;
    if (isFurniture(row.key)) return;
    page.mark(row, 'related');
    const next = rows[at + 1];
    const expected = title === undefined || (teaser !== undefined && hasCutMark(teaser));
    const teaserNext = next !== undefined && isTeaser(next.text);
    // After a finished teaser the next line is a title even with a full stop, if a teaser follows it.
    const titled = expected && !hasCutMark(text) && text.length <= 300 && teaserNext && !isSentences(text);
    if (isTeaser(text) && !titled) {
      if (title === undefined) return;
      if (teaser === undefined) teaser = text;
      else if (teaser.length < LONGEST_TEASER) teaser = joinWrapped(teaser, text);
      return;
    }
    if (teaser === undefined && title !== undefined && /^[\p{Ll}]/u.test(text) && !row.gap) {
      title = joinWrapped(title, text);
      return;
    }
    close();
    title = text.replace(/[.。]$/, '');
  });
  close();
};

const isSentences = (text: string): boolean => /[.。]\s\p{Lu}/u.test(text) && text.length > 150;

/**
 * Where, in rows that should be one abstract, the related titles begin: a title-like line with a cut-off
 * teaser under it. Returns the number of rows when there is no such place.
 */
export const relatedStart = (rows: readonly Row[]): number => {
  for (let at = 1; at + 1 < rows.length; at += 1) {
    const [before, row, next] = [rows[at - 1], rows[at], rows[at + 1]];
    if (!before || !row || !next) break;
    if (isTitleLike(row.text) && hasCutMark(next.text) && !isSectionLabel(before.text)) return at;
  }
  return rows.length;
};
