import { randomId } from '#shared/lib/ids';
import type { Annotation } from '#shared/model/annotation';
import type { Article } from '#shared/model/article';
import { AnnotationId } from '#shared/model/ids';
import { CONTEXT_LENGTH } from '#shared/text/describe';

const LENGTH = 60;

/** A note on a sentence-sized piece of the abstract, a different one for each index. */
export const annotationOn = (article: Article, index: number): Annotation => {
  const text = article.abstract ?? article.title;
  const start = (index * 37) % Math.max(1, text.length - LENGTH);
  const end = Math.min(text.length, start + LENGTH);
  const time = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString();
  const document = article.documents[0]!;
  return {
    id: AnnotationId.parse(randomId()),
    articleId: article.id,
    target: {
      documentId: document.id,
      textHash: document.textHash,
      selector: {
        quote: {
          type: 'TextQuoteSelector',
          exact: text.slice(start, end),
          prefix: text.slice(Math.max(0, start - CONTEXT_LENGTH), start),
          suffix: text.slice(end, end + CONTEXT_LENGTH),
        },
        position: { type: 'TextPositionSelector', start, end },
      },
    },
    colour: 'finding',
    note: `Note ${index}: compare with the earlier trial.`,
    tags: [],
    created: time,
    modified: time,
  };
};
