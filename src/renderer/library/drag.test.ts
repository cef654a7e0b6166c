import type { DragEvent } from 'react';
import { describe, expect, it } from 'vitest';
import { ArticleId, CollectionId } from '#shared/model/ids';
import { carriesOurs, dragArticles, dragCollection, droppedArticles, droppedCollection } from './drag';

/** A drag with the part of the platform's data transfer that is used. */
const drag = (data: Readonly<Record<string, string>> = {}) => {
  const kept = new Map(Object.entries(data));
  const transfer = {
    effectAllowed: 'none',
    get types() {
      return [...kept.keys()];
    },
    setData: (type: string, value: string) => void kept.set(type, value),
    getData: (type: string) => kept.get(type) ?? '',
  };
  return { dataTransfer: transfer as Partial<DataTransfer> } as DragEvent;
};
const ids = ['a1', 'a2'].map((id) => ArticleId.parse(id));

describe('dragging inside the page', () => {
  it('carries articles', () => {
    const event = drag();
    dragArticles(event, ids);
    expect(droppedArticles(event)).toEqual(ids);
    expect(droppedCollection(event)).toBeUndefined();
    expect([carriesOurs(event), event.dataTransfer.effectAllowed]).toEqual([true, 'copy']);
  });

  it('carries a collection', () => {
    const event = drag();
    dragCollection(event, CollectionId.parse('c1'));
    expect(droppedCollection(event)).toBe('c1');
    expect(droppedArticles(event)).toEqual([]);
    expect([carriesOurs(event), event.dataTransfer.effectAllowed]).toEqual([true, 'move']);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'a1, a2'],
    ['no list', '"a1"'],
    ['null', 'null'],
    ['paths in place of ids', '["../../etc/passwd", "", 7, {"id": "a1"}]'],
  ])('takes nothing from another page that offers %s', (_name, text) =>
    expect(droppedArticles(drag({ 'application/x-hepatica-articles': text }))).toEqual([]),
  );

  it('takes no path for a collection', () =>
    expect(droppedCollection(drag({ 'application/x-hepatica-collection': '../x' }))).toBeUndefined());

  it.each([[['text/plain']], [['Files']], [[]]])('leaves %j to others', (types) =>
    expect(carriesOurs(drag(Object.fromEntries(types.map((type) => [type, 'x']))))).toBe(false),
  );
});
