import { useCallback, useEffect, useRef, useState } from 'react';
import type { Annotation } from '#shared/model/annotation';
import { useConnectionState } from '../app/hepatica';
import { useLibraryStatus } from '../app/state';
import { forgetUnsavedNote, keepUnsavedNote, useUnsavedNotes } from './unsaved-notes';
import type { AnnotationEdits } from './use-annotations';

/** Typed words wait for at most this long before they are sent, in milliseconds. */
const LONGEST_WAIT = 600;

type Timer = ReturnType<typeof setTimeout>;

export interface NoteAutosave {
  readonly note: string;
  readonly state: 'saved' | 'saving' | 'unsaved';
  type(note: string): void;
  /** Sends what waits, at once. */
  save(): void;
}

/** Runs `retry` whenever the library can be written to again after it could not. */
const useRetry = (retry: () => void): void => {
  const connection = useConnectionState();
  const status = useLibraryStatus();
  const isUp = connection === 'open' && status?.save.state === 'saved';
  const wasUp = useRef(isUp);
  useEffect(() => {
    if (isUp && !wasUp.current) retry();
    wasUp.current = isUp;
  }, [isUp, retry]);
};

/**
 * Saves a note while it is typed, in the order in which it was typed, and before the page is left. What the service
 * does not take is kept, shown again, and tried again once the library can be written to.
 */
export const useNoteAutosave = ({ id, note: stored }: Annotation, edits: AnnotationEdits): NoteAutosave => {
  const kept = useUnsavedNotes((notes) => notes.get(id));
  const [note, setNote] = useState(kept ?? stored);
  const [state, setState] = useState<NoteAutosave['state']>(kept === undefined ? 'saved' : 'unsaved');
  const waiting = useRef<{ note: string; timer: Timer }>(undefined);
  const sent = useRef<string>(undefined);

  const send = useCallback(
    async (words: string): Promise<void> => {
      sent.current = words;
      const isSaved = await edits.update(id, { note: words });
      // Later words have an answer of their own.
      if (sent.current !== words) return;
      if (isSaved) forgetUnsavedNote(id);
      else keepUnsavedNote(id, words);
      if (waiting.current === undefined) setState(isSaved ? 'saved' : 'unsaved');
    },
    [edits, id],
  );
  const save = useCallback(() => {
    if (waiting.current === undefined) return;
    const { note: words, timer } = waiting.current;
    clearTimeout(timer);
    waiting.current = undefined;
    void send(words);
  }, [send]);
  useEffect(() => {
    // `beforeunload` comes first and leaves the connection time to carry the words; not every way out has it.
    const events = ['beforeunload', 'pagehide'] as const;
    for (const event of events) window.addEventListener(event, save);
    return () => {
      for (const event of events) window.removeEventListener(event, save);
      save();
    };
  }, [save]);
  useRetry(
    useCallback(() => {
      const words = useUnsavedNotes.getState().get(id);
      if (words !== undefined && waiting.current === undefined) void send(words);
    }, [id, send]),
  );

  const type = (typed: string): void => {
    setNote(typed);
    setState('saving');
    // Not put off by each key: who types without a pause is saved all the same.
    if (waiting.current === undefined)
      waiting.current = { note: typed, timer: setTimeout(save, LONGEST_WAIT) };
    else waiting.current.note = typed;
  };
  return { note, state, type, save };
};
