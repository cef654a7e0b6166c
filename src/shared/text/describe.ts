import type { AnnotationTarget } from '../model/annotation';
import type { DocumentRef } from '../model/article';
import type { TextRange } from './blocks';
import { textAfter, textBefore, tidyRange } from './offsets';

/** UTF-16 units of the text kept on each side of a quote. */
export const CONTEXT_LENGTH = 64;

/**
 * Describes a passage so that it can be found again: by quote with context, by position and by section, as
 * the W3C Web Annotation model does (4.2.1, 4.2.4, 4.2.5).
 * @param text reading text of the document
 * @param range UTF-16 offsets into it; white space at the ends is left out
 * @param section the heading over the passage, where there is one
 * @returns undefined where the range holds nothing but white space
 */
export const describe = (
  document: Pick<DocumentRef, 'id' | 'textHash'>,
  text: string,
  range: TextRange,
  section?: string,
): AnnotationTarget | undefined => {
  const tidy = tidyRange(text, range);
  if (tidy === undefined) return undefined;
  const { start, end } = tidy;
  return {
    documentId: document.id,
    textHash: document.textHash,
    selector: {
      quote: {
        type: 'TextQuoteSelector',
        exact: text.slice(start, end),
        prefix: textBefore(text, start, CONTEXT_LENGTH),
        suffix: textAfter(text, end, CONTEXT_LENGTH),
      },
      position: { type: 'TextPositionSelector', start, end },
      ...(section === undefined ? {} : { section: { type: 'FragmentSelector', value: section } }),
    },
  };
};
