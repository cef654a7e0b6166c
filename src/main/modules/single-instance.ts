import { app, BrowserWindow } from 'electron';
import { toDisposable } from '#shared/lib/disposable';
import type { Module } from '../context';

/** A second start shows the window of the first. The lock itself was taken before anything else, in index.ts. */
export const singleInstance: Module = () => {
  const show = (): void => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  };
  app.on('second-instance', show);
  return toDisposable(() => app.off('second-instance', show));
};
