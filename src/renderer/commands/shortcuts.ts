/** The part of a keyboard event that decides; also what the reading frame forwards. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

interface Shortcut {
  readonly key: string;
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

const parse = (shortcut: string): Shortcut => {
  const parts = shortcut.split('+');
  return {
    key: (parts.at(-1) ?? '').toLowerCase(),
    mod: parts.includes('Mod'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift'),
  };
};

/** With the other key of the two pressed, it is no shortcut of ours (Ctrl+K on macOS deletes to the end of a line). */
const modHeld = (event: KeyPress, isMac: boolean): boolean | undefined => {
  const [mod, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  return other ? undefined : mod;
};

/** With Alt a digit goes by its key: Option makes another sign of it on macOS (Option+1 is `¡`). */
const keyOf = ({ key, code, altKey }: KeyPress): string =>
  (altKey ? /^Digit(\d)$/.exec(code)?.[1] : undefined) ?? key.toLowerCase();

/**
 * `Mod` is Cmd on macOS and Ctrl elsewhere. Shift counts only where the shortcut names it or has a modifier: `?`
 * needs Shift on one keyboard and not on another.
 */
export const matchesShortcut = (event: KeyPress, shortcut: string, isMac: boolean): boolean => {
  const wanted = parse(shortcut);
  if (modHeld(event, isMac) !== wanted.mod || event.altKey !== wanted.alt) return false;
  const shiftMatters = wanted.shift || wanted.mod || wanted.alt || /^[a-z]$/.test(wanted.key);
  return keyOf(event) === wanted.key && (!shiftMatters || event.shiftKey === wanted.shift);
};

const MAC: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowDown: '↓',
};
/** The order in which macOS writes them. */
const MAC_MODIFIERS = ['Alt', 'Shift', 'Mod'];
const OTHER: Readonly<Record<string, string>> = { Mod: 'Ctrl', ArrowLeft: '←', ArrowUp: '↑', ArrowDown: '↓' };

/** As it is printed on the reader's keyboard: `⇧⌘F` or `Ctrl+Shift+F`. */
export const showShortcut = (shortcut: string, isMac: boolean): string => {
  const names = isMac ? MAC : OTHER;
  const parts = shortcut.split('+');
  const inOrder = isMac
    ? [...MAC_MODIFIERS.filter((name) => parts.includes(name)), ...parts.slice(-1)]
    : parts;
  const keys = inOrder.map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  return keys.join(isMac ? '' : '+');
};
