import { create } from 'zustand';
import type { AnnotationId } from '#shared/model/ids';

/** Notes that the service did not take, in memory for as long as the page lives: their editor shows them again. */
export const useUnsavedNotes = create<ReadonlyMap<AnnotationId, string>>()(() => new Map());

export const keepUnsavedNote = (id: AnnotationId, note: string): void =>
  useUnsavedNotes.setState((notes) => new Map(notes).set(id, note), true);

export const forgetUnsavedNote = (id: AnnotationId): void => {
  if (!useUnsavedNotes.getState().has(id)) return;
  useUnsavedNotes.setState((notes) => new Map([...notes].filter(([each]) => each !== id)), true);
};
