import type { Capabilities } from '#shared/contract/app';
import { nothing } from '#shared/contract/common';
import type { Services } from '#shared/contract/hepatica';
import type { Event } from '#shared/lib/event';
import { problem } from '#shared/model/problem';
import type { Lifecycle } from './lifecycle';

export interface AppOptions {
  readonly capabilities: Capabilities;
  readonly lifecycle: Lifecycle;
  readonly onDidChooseCommand: Event<{ command: string }>;
  /** Opens a folder in the file manager; absent where the host cannot. */
  readonly showFolder?: (path: string) => Promise<void>;
  /** Ends the app; absent where the host cannot. */
  readonly quit?: () => Promise<void>;
}

/** The service that works in every state of the library. */
export const createApp = (options: AppOptions): Services['app'] => {
  const { lifecycle, showFolder, quit } = options;
  return {
    capabilities: () => options.capabilities,
    status: () => lifecycle.status,
    didChangeStatus: lifecycle.onDidChangeStatus,
    open: ({ as }) => lifecycle.open(as),
    history: () => lifecycle.history,
    didChangeHistory: lifecycle.onDidChangeHistory,
    undo: () => lifecycle.session().history.undo(),
    redo: () => lifecycle.session().history.redo(),
    showFolder: async () => {
      if (showFolder === undefined)
        throw problem('bad-request', 'This host cannot open a folder.', { detail: 'no-folder' });
      await showFolder(lifecycle.status.path);
      return nothing;
    },
    quit: async () => {
      if (quit === undefined)
        throw problem('bad-request', 'This host cannot close the app.', { detail: 'no-quit' });
      await lifecycle.flush();
      await quit();
      return nothing;
    },
    didChooseCommand: options.onDidChooseCommand,
  };
};
