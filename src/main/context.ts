import type { Composed } from '#core/compose';
import type { ContentHandler } from '#core/content/handler';
import type { CommandId } from '#shared/commands/commands';
import type { Disposable } from '#shared/lib/disposable';

/** What the modules of the desktop app share. */
export interface AppContext {
  readonly services: Composed['services'];
  readonly handle: ContentHandler;
  readonly onBug: (error: unknown) => void;
  /** Tells the page of a command chosen in the menu. */
  readonly chooseCommand: (id: CommandId) => void;
  /** BCP 47. */
  readonly systemLanguage: string;
  /** Where this app remembers what is no part of the library. */
  readonly userData: string;
  /** The built preload. */
  readonly preload: string;
}

/**
 * One concern of the desktop app, started once, in the order of the list in index.ts. Where it implements an item of
 * Electron's security checklist (electronjs.org/docs/latest/tutorial/security), it says which.
 */
export type Module = (context: AppContext) => Disposable | Promise<Disposable>;
