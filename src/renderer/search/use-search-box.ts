import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SearchHit } from '#shared/contract/search';
import { navigate } from '../app/navigation';
import { useCommands } from '../commands/registry';
import { useSearch } from './use-search';

const openHit = ({ id, passage, annotationId }: SearchHit): void =>
  navigate({
    name: 'article',
    id,
    ...(passage === undefined ? {} : { passage: { start: passage.start, end: passage.end } }),
    ...(annotationId === undefined ? {} : { annotationId }),
  });

/** The field of the search box, and the command that goes to it and comes back. */
const useSearchField = () => {
  const input = useRef<HTMLInputElement>(null);
  const opener = useRef<Element>(null);
  const focus = useCallback(() => {
    if (document.activeElement !== input.current) opener.current = document.activeElement;
    input.current?.focus();
    input.current?.select();
  }, []);
  useCommands(useMemo(() => ({ search: focus }), [focus]));
  const leave = (): void => {
    if (opener.current instanceof HTMLElement) opener.current.focus();
    else input.current?.blur();
  };
  return { input, leave };
};

/** What is typed, whether the results show, which of them is active, and what the keys do. */
export const useSearchBox = () => {
  const { answer, ask } = useSearch();
  const { input, leave } = useSearchField();
  const [text, setText] = useState('');
  const [wanted, setWanted] = useState(false);
  const [pointed, setActive] = useState(0);
  /** Enter was pressed before the answer was there. */
  const openFirstOf = useRef<string>(undefined);
  const hits = answer?.kind === 'found' ? answer.hits : [];
  const active = Math.min(pointed, Math.max(0, hits.length - 1));
  const open = wanted && answer !== undefined;

  const type = (next: string, isComposing = false): void => {
    setText(next);
    setWanted(true);
    setActive(0);
    openFirstOf.current = undefined;
    // The letters of an unfinished input method are not what the reader looks for.
    if (!isComposing) ask(next);
  };
  const show = (): void => {
    setWanted(true);
    // Articles may have changed since.
    ask(text);
  };
  const close = useCallback(() => setWanted(false), []);
  const openResult = useCallback(
    (hit: SearchHit): void => {
      setWanted(false);
      input.current?.blur();
      openHit(hit);
    },
    [input],
  );
  useEffect(() => {
    if (answer?.kind !== 'found' || answer.text !== openFirstOf.current) return;
    openFirstOf.current = undefined;
    const [first] = answer.hits;
    if (first !== undefined) openResult(first);
  }, [answer, openResult]);

  const move = (by: number): void => {
    if (hits.length > 0) setActive((active + by + hits.length) % hits.length);
  };
  const keys: Partial<Record<string, () => void>> = {
    ArrowDown: () => (open ? move(1) : show()),
    ArrowUp: () => move(-1),
    // First the results go, then the words, then the focus goes back to where it came from.
    Escape: () => (open ? close() : text === '' ? leave() : type('')),
    Enter: () => {
      const hit = hits[active];
      if (open && hit !== undefined && answer?.text === text) openResult(hit);
      else {
        openFirstOf.current = text;
        show();
      }
    },
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = keys[event.key];
    if (act === undefined || event.nativeEvent.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return { input, answer, text, open, hits, active, setActive, type, show, close, openResult, onKeyDown };
};
