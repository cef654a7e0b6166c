import type { MenuItemConstructorOptions } from 'electron';
import { type Command, type CommandId, commands, type MenuName } from '#shared/commands/commands';
import type { MessageKey } from '#shared/messages/catalogue';
import type { Translate } from '#shared/messages/translator';

export interface MenuContext {
  /** `process.platform`. */
  readonly platform: string;
  readonly t: Translate;
  /** Chosen with the mouse, or by a key that neither the page nor a text field took. */
  readonly run: (id: CommandId) => void;
  /** Undo and redo in the text field that has the focus. */
  readonly editText: (id: 'undo' | 'redo') => void;
}

const KEYS: Readonly<Record<string, string>> = {
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
};

const isTextEdit = (id: string): id is 'undo' | 'redo' => id === 'undo' || id === 'redo';

/**
 * The key as the menu shows it, or undefined. The page acts on its keys itself, so elsewhere than on macOS the
 * menu does not register them. macOS asks the menu about every key that the page let pass, which includes
 * those typed into a text field: so it is not told of keys that mean something else there.
 */
const acceleratorOf = ({ id, shortcut, inTextFields }: Command, platform: string): string | undefined => {
  if (shortcut === undefined || !/^(Mod|Alt)\+/.test(shortcut)) return undefined;
  if (platform === 'darwin' && inTextFields !== true && !isTextEdit(id)) return undefined;
  // Pasting is an edit of text first; the page turns it into an import where no text field has the focus.
  if (id === 'paste-article') return undefined;
  return shortcut
    .split('+')
    .map((key) => (key === 'Mod' ? 'CommandOrControl' : (KEYS[key] ?? key)))
    .join('+');
};

const itemOf = (command: Command & { id: CommandId }, context: MenuContext): MenuItemConstructorOptions => {
  const { id } = command;
  const accelerator = acceleratorOf(command, context.platform);
  return {
    id,
    label: context.t(`commands.${id}`),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: (_item, _window, event) => {
      if (isTextEdit(id) && event.triggeredByAccelerator === true) context.editText(id);
      else context.run(id);
    },
  };
};

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** What the system does by itself, worded by us so that the menu speaks one language. */
const rolesOf = (menu: MenuName, { platform, t }: MenuContext): readonly MenuItemConstructorOptions[] => {
  const isMac = platform === 'darwin';
  switch (menu) {
    case 'file':
      return [
        SEPARATOR,
        isMac ? { role: 'close', label: t('desktop.close') } : { role: 'quit', label: t('desktop.quit') },
      ];
    case 'edit':
      return [
        SEPARATOR,
        { role: 'cut', label: t('desktop.cut') },
        { role: 'copy', label: t('desktop.copy') },
        { role: 'paste', label: t('desktop.paste') },
        { role: 'selectAll', label: t('desktop.selectAll') },
      ];
    case 'view':
      return [SEPARATOR, { role: 'togglefullscreen', label: t('desktop.fullScreen') }];
    case 'help':
      return isMac ? [] : [SEPARATOR, { role: 'about', label: t('desktop.about') }];
    default:
      return [];
  }
};

const MENUS: readonly { menu: MenuName; label: MessageKey }[] = [
  { menu: 'file', label: 'app.menuFile' },
  { menu: 'edit', label: 'app.menuEdit' },
  { menu: 'view', label: 'app.menuView' },
  { menu: 'article', label: 'app.menuArticle' },
  { menu: 'annotate', label: 'app.menuAnnotate' },
  { menu: 'help', label: 'app.menuHelp' },
];

/** The application menu as data, built from the one list of commands. */
export const menuTemplate = (context: MenuContext): MenuItemConstructorOptions[] => {
  const menus = MENUS.map(
    ({ menu, label }): MenuItemConstructorOptions => ({
      label: context.t(label),
      submenu: [
        ...commands.filter((command) => command.menu === menu).map((command) => itemOf(command, context)),
        ...rolesOf(menu, context),
      ],
    }),
  );
  if (context.platform !== 'darwin') return menus;
  return [{ role: 'appMenu' }, ...menus.slice(0, -1), { role: 'windowMenu' }, ...menus.slice(-1)];
};
