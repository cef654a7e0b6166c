import { useLayoutEffect } from 'react';
import { create } from 'zustand';
import { type Command, type CommandContext, type CommandId, commands } from '#shared/commands/commands';
import { type KeyPress, matchesShortcut } from './shortcuts';

type Handlers = Partial<Record<CommandId, () => void>>;
type Contexts = Partial<Record<CommandContext, boolean>>;

interface Registry {
  /** The last one registered for an id wins: what is on top of the page decides. */
  readonly handlers: readonly { readonly current: Handlers }[];
  readonly contexts: readonly { readonly current: Contexts }[];
}

const useRegistry = create<Registry>()(() => ({ handlers: [], contexts: [] }));

/** The platform of the reader's keyboard, not of the host. */
export const isMac = (): boolean => /mac/i.test(navigator.platform);

const find = (id: CommandId): (() => void) | undefined =>
  useRegistry
    .getState()
    .handlers.map((entry) => entry.current[id])
    .findLast((handler) => handler !== undefined);

const holds = (context: CommandContext): boolean =>
  useRegistry.getState().contexts.some((entry) => entry.current[context] === true);

/** Whether a command would do something now. */
export const canRun = (command: Command & { readonly id: CommandId }): boolean =>
  find(command.id) !== undefined && command.when.every(holds);

/** Runs a command if it applies now; answers whether it did. */
export const runCommand = (id: CommandId): boolean => {
  const command = commands.find((each) => each.id === id);
  const run = find(id);
  if (command === undefined || run === undefined || !canRun(command)) return false;
  run();
  return true;
};

/** For an id that comes from outside the page, from the application menu. */
export const runCommandNamed = (id: string): boolean => {
  const command = commands.find((each) => each.id === id);
  return command !== undefined && runCommand(command.id);
};

const isTextField = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'textarea, select, [contenteditable=true], input:not([type=checkbox], [type=radio], [type=button], [type=range])',
  ) !== null;

/** Takes letters and digits, but has no undo of its own. */
const isChoice = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('select, input[type=date]') !== null;

/** Acts on a key; answers whether a command took it, so that the caller can stop it. */
export const handleKey = (event: KeyPress & Pick<KeyboardEvent, 'target'>): boolean => {
  // A modal dialog has the keyboard to itself; it closes with Esc by its own means.
  if (document.querySelector('dialog[open]:modal') !== null) return false;
  const typing = isTextField(event.target);
  const choosing = isChoice(event.target);
  const reaches = ({ shortcut, inTextFields }: Command): boolean =>
    !typing || inTextFields === true || (choosing && shortcut?.startsWith('Mod+') === true);
  const candidates: readonly (Command & { readonly id: CommandId })[] = commands;
  const match = candidates.find(
    (command) =>
      reaches(command) &&
      // Pasting comes as a clipboard event, which carries the text without asking for a permission.
      command.id !== 'paste-article' &&
      [command.shortcut, command.also].some(
        (shortcut) => shortcut !== undefined && matchesShortcut(event, shortcut, isMac()),
      ) &&
      canRun(command),
  );
  return match !== undefined && runCommand(match.id);
};

const useEntry = <T extends object>(kind: 'handlers' | 'contexts', value: T): void => {
  // Before the page is painted: who sees it can press its keys.
  useLayoutEffect(() => {
    const entry = { current: value };
    useRegistry.setState((state) => ({ [kind]: [...state[kind], entry] }));
    return () => useRegistry.setState((state) => ({ [kind]: state[kind].filter((each) => each !== entry) }));
  }, [kind, value]);
};

/** Says what these commands do while the component is shown. Memoise `handlers`. */
export const useCommands = (handlers: Handlers): void => useEntry('handlers', handlers);

/** Says that these contexts hold while the component is shown. Memoise `contexts`. */
export const useCommandContext = (contexts: Contexts): void => useEntry('contexts', contexts);

/** The commands that apply now, for palette and menus. */
export const useRunnableCommands = (): readonly (Command & { readonly id: CommandId })[] => {
  useRegistry();
  return commands.filter(canRun);
};
