import { describe, expect, it } from 'vitest';
import { type Command, commands } from './commands';

const all: readonly Command[] = commands;
const withShortcut = all.filter((command) => command.shortcut !== undefined);

describe('the commands', () => {
  it('have ids of their own', () => expect(new Set(all.map(({ id }) => id)).size).toBe(all.length));

  it('do not share a shortcut: any two contexts can hold together', () => {
    const clashes = withShortcut.flatMap((a, index) =>
      withShortcut
        .slice(index + 1)
        .filter((b) => a.shortcut?.toLowerCase() === b.shortcut?.toLowerCase())
        .map((b) => [a.id, b.id]),
    );
    expect(clashes).toEqual([]);
  });

  it.each(withShortcut.map(({ id, shortcut = '' }) => [shortcut, id]))(
    '%s of %s is well formed',
    (shortcut) =>
      // Modifiers in one order, then one sign or the name of a key.
      expect(shortcut).toMatch(/^(Mod\+)?(Alt\+)?(Shift\+)?(\S|Delete|Arrow(Left|Right|Up|Down))$/),
  );

  it('act in text fields only with a modifier that writes nothing', () => {
    const typing = withShortcut.filter(
      ({ inTextFields, shortcut }) => inTextFields && !shortcut?.startsWith('Mod+'),
    );
    expect(typing).toEqual([]);
  });

  it('leave the keys of text fields to them', () => {
    const theirs = ['Mod+V', 'Mod+C', 'Mod+X', 'Mod+A', 'Mod+Z', 'Mod+Shift+Z', 'Delete', 'Alt+ArrowLeft'];
    const taken = all.filter(({ inTextFields, shortcut }) => inTextFields && theirs.includes(shortcut ?? ''));
    expect(taken).toEqual([]);
  });

  it('change nothing where the library is only read', () => {
    const changing = /^(undo|redo|paste|open-files|mark-|edit-|trash|restore|highlight-|add-note)/;
    const open = all.filter(({ id, when }) => changing.test(id) !== when.includes('writable'));
    expect(open.map(({ id }) => id)).toEqual([]);
  });
});
