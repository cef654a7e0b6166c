import { session } from 'electron';
import { toDisposable } from '#shared/lib/disposable';
import type { Module } from '../context';
import { mayRequest } from '../policies';

/** Item 1, and no word to the outside: cancels whatever is not the app's own, and fetches no dictionary. */
export const requests: Module = () => {
  const { defaultSession } = session;
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayRequest(url) }));
  defaultSession.setSpellCheckerEnabled(false);
  const refuseDownload = (event: { preventDefault(): void }): void => event.preventDefault();
  defaultSession.on('will-download', refuseDownload);
  return toDisposable(() => defaultSession.off('will-download', refuseDownload));
};
