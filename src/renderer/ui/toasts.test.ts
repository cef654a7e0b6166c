import { beforeEach, expect, it } from 'vitest';
import { dismissToast, showToast, useToasts } from './toasts';

const shown = () => useToasts.getState().toasts.map(({ message }) => message);

beforeEach(() => useToasts.setState({ toasts: [] }));

it('keeps the last three', () => {
  for (const message of ['a', 'b', 'c', 'd']) showToast({ message });
  expect(shown()).toEqual(['b', 'c', 'd']);
});

it('says a problem once however often it occurs, and any other word as often as it is said', () => {
  const said: [string, 'info' | 'problem', string[]][] = [
    ['full', 'problem', ['full']],
    ['done', 'info', ['full', 'done']],
    ['full', 'problem', ['done', 'full']],
    ['done', 'info', ['done', 'full', 'done']],
  ];
  for (const [message, kind, left] of said) {
    showToast({ message, kind });
    expect(shown()).toEqual(left);
  }
});

it('takes away the one that is dismissed', () => {
  for (const message of ['a', 'b']) showToast({ message });
  const [first] = useToasts.getState().toasts;
  dismissToast(first?.id ?? 0);
  dismissToast(first?.id ?? 0);
  expect(shown()).toEqual(['b']);
});
