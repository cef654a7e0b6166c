import type { Annotation } from '#shared/model/annotation';

/** The W3C's own context, and one prefix for what it has no word for. */
export const CONTEXT = ['http://www.w3.org/ns/anno.jsonld', { hepatica: 'hepatica:' }] as const;

export const iriOf = (kind: 'article' | 'annotation', ...ids: readonly string[]): string =>
  `hepatica:${[kind, ...ids.map(encodeURIComponent)].join('/')}`;

const textual = (purpose: string, value: string, format?: string) => ({
  type: 'TextualBody',
  purpose,
  value,
  ...(format === undefined ? {} : { format }),
});

/**
 * An annotation as JSON-LD of the W3C Web Annotation Data Model (Recommendation of 23 February 2017). The target's
 * source is the text of the article; the three selectors are alternatives (4.2). What the model has no word for is
 * under `hepatica:record`, members of a later version among it.
 */
export const webAnnotationOf = (annotation: Annotation, deletedAt?: string) => {
  const { id, articleId, target, colour, note, tags, created, modified, ...more } = annotation;
  const { quote, position, section } = target.selector;
  return {
    id: iriOf('annotation', id),
    type: 'Annotation',
    motivation: note === '' ? 'highlighting' : 'commenting',
    created,
    modified,
    body: [
      ...(note === '' ? [] : [textual('commenting', note, 'text/markdown')]),
      ...tags.map((tag) => textual('tagging', tag)),
      textual('classifying', colour),
    ],
    target: {
      source: iriOf('article', articleId, target.documentId),
      scope: iriOf('article', articleId),
      selector: [quote, position, ...(section === undefined ? [] : [section])],
    },
    'hepatica:record': {
      ...more,
      textHash: target.textHash,
      ...(deletedAt === undefined ? {} : { deletedAt }),
    },
  };
};
