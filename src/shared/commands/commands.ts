/** Where a command applies. The page works out which contexts hold; a command runs when all of its own do. */
export type CommandContext =
  | 'library-open'
  | 'writable'
  | 'article-open'
  | 'articles-selected'
  | 'text-selected'
  | 'can-undo'
  | 'can-redo'
  | 'in-trash';

export type MenuName = 'file' | 'edit' | 'view' | 'article' | 'annotate' | 'help';

/**
 * One thing the reader can do. The application menu, the command palette, the shortcut help and the tests all
 * read this list; the page adds what each one does (`run`), by id.
 */
export interface Command {
  readonly id: string;
  /** Its label is the message `commands.<id>`. */
  readonly menu: MenuName;
  /** `Mod` is Cmd on macOS and Ctrl elsewhere. Keys are named as in `KeyboardEvent.key`. */
  readonly shortcut?: string;
  /** Another one that people know from elsewhere; acts, and is shown nowhere. */
  readonly also?: string;
  readonly when: readonly CommandContext[];
  /** The shortcut also acts while a text field has the focus. */
  readonly inTextFields?: boolean;
}

const define = <const C extends readonly Command[]>(commands: C): C => commands;

export const commands = define([
  { id: 'paste-article', menu: 'file', shortcut: 'Mod+V', when: ['library-open', 'writable'] },
  {
    id: 'open-files',
    menu: 'file',
    shortcut: 'Mod+O',
    when: ['library-open', 'writable'],
    inTextFields: true,
  },
  { id: 'show-library-folder', menu: 'file', when: [] },
  { id: 'quarantine', menu: 'file', when: ['library-open'] },
  { id: 'backups', menu: 'file', when: ['library-open'] },
  { id: 'check-library', menu: 'file', when: ['library-open'] },
  { id: 'settings', menu: 'file', shortcut: 'Mod+,', when: ['library-open'], inTextFields: true },
  { id: 'undo', menu: 'edit', shortcut: 'Mod+Z', when: ['library-open', 'writable', 'can-undo'] },
  {
    id: 'redo',
    menu: 'edit',
    shortcut: 'Mod+Shift+Z',
    also: 'Mod+Y',
    when: ['library-open', 'writable', 'can-redo'],
  },
  { id: 'find-in-article', menu: 'edit', shortcut: 'Mod+F', when: ['article-open'], inTextFields: true },
  { id: 'search', menu: 'edit', shortcut: 'Mod+Shift+F', when: ['library-open'], inTextFields: true },
  { id: 'command-palette', menu: 'view', shortcut: 'Mod+K', when: ['library-open'], inTextFields: true },
  { id: 'go-library', menu: 'view', shortcut: 'Mod+1', when: ['library-open'], inTextFields: true },
  { id: 'go-reading-list', menu: 'view', shortcut: 'Mod+2', when: ['library-open'], inTextFields: true },
  { id: 'go-trash', menu: 'view', when: ['library-open'] },
  { id: 'go-back', menu: 'view', shortcut: 'Alt+ArrowLeft', when: ['library-open'] },
  {
    id: 'toggle-annotations',
    menu: 'view',
    shortcut: 'Mod+Shift+A',
    when: ['article-open'],
    inTextFields: true,
  },
  {
    id: 'toggle-contents',
    menu: 'view',
    shortcut: 'Mod+Shift+O',
    when: ['article-open'],
    inTextFields: true,
  },
  { id: 'larger-text', menu: 'view', shortcut: 'Mod+=', when: ['article-open'], inTextFields: true },
  { id: 'smaller-text', menu: 'view', shortcut: 'Mod+-', when: ['article-open'], inTextFields: true },
  { id: 'theme-light', menu: 'view', when: ['library-open'] },
  { id: 'theme-sepia', menu: 'view', when: ['library-open'] },
  { id: 'theme-dark', menu: 'view', when: ['library-open'] },
  { id: 'theme-system', menu: 'view', when: ['library-open'] },
  { id: 'mark-inbox', menu: 'article', shortcut: 'Alt+1', when: ['articles-selected', 'writable'] },
  { id: 'mark-to-read', menu: 'article', shortcut: 'Alt+2', when: ['articles-selected', 'writable'] },
  { id: 'mark-reading', menu: 'article', shortcut: 'Alt+3', when: ['articles-selected', 'writable'] },
  { id: 'mark-read', menu: 'article', shortcut: 'Alt+4', when: ['articles-selected', 'writable'] },
  { id: 'mark-none', menu: 'article', shortcut: 'Alt+0', when: ['articles-selected', 'writable'] },
  { id: 'edit-tags', menu: 'article', shortcut: 't', when: ['articles-selected', 'writable'] },
  { id: 'edit-collections', menu: 'article', shortcut: 'c', when: ['articles-selected', 'writable'] },
  { id: 'edit-article', menu: 'article', shortcut: 'e', when: ['articles-selected', 'writable'] },
  { id: 'trash', menu: 'article', shortcut: 'Delete', when: ['articles-selected', 'writable'] },
  { id: 'restore', menu: 'article', when: ['articles-selected', 'writable', 'in-trash'] },
  {
    id: 'highlight-finding',
    menu: 'annotate',
    shortcut: '1',
    when: ['article-open', 'text-selected', 'writable'],
  },
  {
    id: 'highlight-method',
    menu: 'annotate',
    shortcut: '2',
    when: ['article-open', 'text-selected', 'writable'],
  },
  {
    id: 'highlight-doubt',
    menu: 'annotate',
    shortcut: '3',
    when: ['article-open', 'text-selected', 'writable'],
  },
  {
    id: 'highlight-to-cite',
    menu: 'annotate',
    shortcut: '4',
    when: ['article-open', 'text-selected', 'writable'],
  },
  { id: 'add-note', menu: 'annotate', shortcut: 'n', when: ['article-open', 'text-selected', 'writable'] },
  { id: 'shortcut-help', menu: 'help', shortcut: '?', when: [] },
]);

export type CommandId = (typeof commands)[number]['id'];
