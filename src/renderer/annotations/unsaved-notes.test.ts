import { expect, it } from 'vitest';
import { AnnotationId } from '#shared/model/ids';
import { forgetUnsavedNote, keepUnsavedNote, useUnsavedNotes } from './unsaved-notes';

const [a, b] = ['a', 'b'].map((id) => AnnotationId.parse(id)) as [AnnotationId, AnnotationId];

it('keeps the last words of each note until they are forgotten', () => {
  let told = 0;
  const stop = useUnsavedNotes.subscribe(() => {
    told += 1;
  });
  keepUnsavedNote(a, 'first');
  keepUnsavedNote(b, 'other');
  keepUnsavedNote(a, 'first, and more');
  expect([...useUnsavedNotes.getState()]).toEqual([
    [a, 'first, and more'],
    [b, 'other'],
  ]);
  forgetUnsavedNote(a);
  forgetUnsavedNote(a);
  expect([...useUnsavedNotes.getState().keys()]).toEqual([b]);
  forgetUnsavedNote(b);
  expect(useUnsavedNotes.getState().size).toBe(0);
  expect(told).toBe(5);
  stop();
});
