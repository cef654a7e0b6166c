import { create } from 'zustand';
import type { DuplicateChoice, ImportPreview } from '#shared/contract/import';
import type { Bibliographic } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import type { Problem } from '#shared/model/problem';
import { errorsIn, type FieldName, type FieldTexts, fieldsFrom, textsOf } from './edit-fields';

/** A source that was read and waits to be saved. */
export interface Entry {
  readonly preview: ImportPreview;
  readonly texts: FieldTexts;
  readonly choice: DuplicateChoice;
}
/** A source that could not be read. */
export interface Failure {
  readonly id: number;
  readonly fileName?: string;
  readonly problem: Problem;
}
export interface Progress {
  readonly done: number;
  readonly total: number;
}

interface ImportState {
  readonly entries: readonly Entry[];
  readonly failures: readonly Failure[];
  /** Place of the entry on show. */
  readonly current: number;
  readonly reading: Progress | undefined;
  readonly saving: Progress | undefined;
  /** Saved since the view was last empty. */
  readonly saved: readonly ArticleId[];
}

const empty: ImportState = {
  entries: [],
  failures: [],
  current: 0,
  reading: undefined,
  saving: undefined,
  saved: [],
};

export const useImport = create<ImportState>()(() => empty);
const { setState } = useImport;

export const idOf = (entry: Entry): string => entry.preview.previewId;
export const isEdited = ({ texts, preview }: Entry): boolean => {
  const found = textsOf(preview.draft.fields);
  return Object.entries(found).some(([name, text]) => texts[name as FieldName] !== text);
};
export const isValid = ({ texts }: Entry): boolean => Object.keys(errorsIn(texts)).length === 0;
export const editedFields = ({ texts, preview }: Entry): Bibliographic =>
  fieldsFrom(texts, preview.draft.fields);

export const addEntry = (preview: ImportPreview): void => {
  const choice = preview.duplicate?.stub === true ? 'update-missing' : 'keep';
  const entry: Entry = { preview, texts: textsOf(preview.draft.fields), choice };
  setState(({ entries }) => ({ entries: [...entries, entry] }));
};

let lastFailure = 0;
export const addFailure = (problem: Problem, fileName: string | undefined): void => {
  lastFailure += 1;
  const failure: Failure = { id: lastFailure, problem, ...(fileName === undefined ? {} : { fileName }) };
  setState(({ failures }) => ({ failures: [...failures, failure] }));
};
export const clearFailures = (): void => setState({ failures: [] });

export const addToReading = (total: number): void =>
  setState(({ reading }) => ({
    reading: { done: reading?.done ?? 0, total: (reading?.total ?? 0) + total },
  }));
export const countRead = (count: number): void =>
  setState(({ reading }) =>
    reading === undefined ? {} : { reading: { ...reading, done: reading.done + count } },
  );
export const endReading = (): void => setState({ reading: undefined });
export const showSaving = (saving: Progress | undefined): void => setState({ saving });

const change = (id: string, to: (entry: Entry) => Entry): void =>
  setState(({ entries }) => ({ entries: entries.map((entry) => (idOf(entry) === id ? to(entry) : entry)) }));
export const editText = (id: string, name: FieldName, text: string): void =>
  change(id, (entry) => ({ ...entry, texts: { ...entry.texts, [name]: text } }));
export const choose = (id: string, choice: DuplicateChoice): void =>
  change(id, (entry) => ({ ...entry, choice }));

export const show = (index: number): void =>
  setState(({ entries }) => ({ current: Math.max(0, Math.min(index, entries.length - 1)) }));

/** Takes entries off the list; the one after them comes on show. `savedAs` counts one as saved. */
export const removeEntries = (ids: readonly string[], savedAs?: ArticleId): void =>
  setState(({ entries, current, saved }) => {
    const gone = new Set(ids);
    const left = entries.filter((entry) => !gone.has(idOf(entry)));
    const before = entries.slice(0, current).filter((entry) => !gone.has(idOf(entry))).length;
    return {
      entries: left,
      current: Math.max(0, Math.min(before, left.length - 1)),
      saved: savedAs === undefined ? saved : [...saved, savedAs],
    };
  });

/** Forgets everything but what is still being read. */
export const reset = (): void => setState(({ reading }) => ({ ...empty, reading }));
