import type { DragEvent } from 'react';
import { ArticleId, CollectionId } from '#shared/model/ids';

const ARTICLES = 'application/x-hepatica-articles';
const COLLECTION = 'application/x-hepatica-collection';

export const dragArticles = (event: DragEvent, ids: readonly ArticleId[]): void => {
  event.dataTransfer.setData(ARTICLES, JSON.stringify(ids));
  event.dataTransfer.effectAllowed = 'copy';
};

export const dragCollection = (event: DragEvent, id: CollectionId): void => {
  event.dataTransfer.setData(COLLECTION, id);
  event.dataTransfer.effectAllowed = 'move';
};

/** Whether what is being dragged is something of ours; what it is, is told only when it is dropped. */
export const carriesOurs = (event: DragEvent): boolean =>
  event.dataTransfer.types.includes(ARTICLES) || event.dataTransfer.types.includes(COLLECTION);

/** Another page could have set this data: only what looks like ids is taken. */
const parseIds = (text: string): ArticleId[] => {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.flatMap((each) => ArticleId.safeParse(each).data ?? []) : [];
  } catch {
    return []; // not ours after all: nothing was dropped
  }
};

export const droppedArticles = (event: DragEvent): ArticleId[] =>
  parseIds(event.dataTransfer.getData(ARTICLES));

export const droppedCollection = (event: DragEvent): CollectionId | undefined =>
  CollectionId.safeParse(event.dataTransfer.getData(COLLECTION)).data;
