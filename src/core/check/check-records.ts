import type { Finding } from '#shared/contract/check';
import { type FoundRecords, finding } from './read-records';

/** What the records say of each other that is not so. Records in the Trash count: they may come back. */
export const checkRecords = (records: FoundRecords): Finding[] => [
  ...checkAnnotations(records),
  ...checkArticles(records),
  ...checkCollections(records),
];

const checkAnnotations = ({ annotations, articles }: FoundRecords): Finding[] =>
  [...annotations].flatMap(([id, { record, file }]) => {
    if (record.value === null || record.deletedAt !== undefined) return [];
    const { articleId, target } = record.value;
    const article = articles.get(articleId)?.record.value ?? undefined;
    if (article === undefined) return [finding('lost-article', file, { entry: id, detail: articleId })];
    const hasText = article.documents.some((document) => document.id === target.documentId);
    return hasText ? [] : [finding('lost-text', file, { entry: id, detail: target.documentId })];
  });

const checkArticles = ({ articles, collections }: FoundRecords): Finding[] =>
  [...articles].flatMap(([entry, { record, file }]) =>
    (record.value?.collections ?? [])
      .filter((id) => (collections.get(id)?.record.value ?? null) === null)
      .map((detail) => finding('lost-collection', file, { entry, detail })),
  );

const checkCollections = ({ collections }: FoundRecords): Finding[] => {
  const parentOf = (id: string): string | undefined => collections.get(id)?.record.value?.parent;
  return [...collections].flatMap(([entry, { record, file }]) => {
    const parent = record.value?.parent;
    if (parent === undefined) return [];
    if ((collections.get(parent)?.record.value ?? null) === null)
      return [finding('lost-parent', file, { entry, detail: parent })];
    return isInCircle(entry, parentOf) ? [finding('circular-parents', file, { entry, detail: parent })] : [];
  });
};

/** Whether the way up from a collection leads back to it; those that only hang from a circle are not to blame. */
export const isInCircle = (id: string, parentOf: (id: string) => string | undefined): boolean => {
  const seen = new Set<string>();
  for (let at = parentOf(id); at !== undefined && !seen.has(at); at = parentOf(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
};
