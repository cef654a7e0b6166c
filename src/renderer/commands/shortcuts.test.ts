import { describe, expect, it } from 'vitest';
import { type KeyPress, matchesShortcut, showShortcut } from './shortcuts';

const press = (keys: string, code = ''): KeyPress => {
  const parts = keys.split(' ');
  return {
    key: parts.at(-1) ?? '',
    code,
    ctrlKey: parts.includes('ctrl'),
    metaKey: parts.includes('meta'),
    altKey: parts.includes('alt'),
    shiftKey: parts.includes('shift'),
  };
};

describe('matchesShortcut', () => {
  it.each([
    ['ctrl k', 'Mod+K', true],
    ['ctrl K', 'Mod+K', true],
    ['meta k', 'Mod+K', false],
    ['ctrl meta k', 'Mod+K', false],
    ['ctrl shift K', 'Mod+K', false],
    ['ctrl alt k', 'Mod+K', false],
    ['k', 'Mod+K', false],
    ['ctrl shift Z', 'Mod+Shift+Z', true],
    ['ctrl z', 'Mod+Shift+Z', false],
    ['ctrl ,', 'Mod+,', true],
    ['ctrl =', 'Mod+=', true],
    ['alt ArrowLeft', 'Alt+ArrowLeft', true],
    ['ArrowLeft', 'Alt+ArrowLeft', false],
    ['shift ?', '?', true],
    ['?', '?', true],
    ['ctrl ?', '?', false],
    ['t', 't', true],
    ['shift T', 't', false],
    ['1', '1', true],
    ['alt 1', '1', false],
    ['Delete', 'Delete', true],
  ])('%s for %s: %j', (keys, shortcut, matches) =>
    expect(matchesShortcut(press(keys), shortcut, false)).toBe(matches),
  );

  it.each([
    ['meta k', 'Mod+K', true],
    ['ctrl k', 'Mod+K', false],
    ['meta shift z', 'Mod+Shift+Z', true],
  ])('on macOS %s for %s: %j', (keys, shortcut, matches) =>
    expect(matchesShortcut(press(keys), shortcut, true)).toBe(matches),
  );

  it('knows a digit by its key where Option makes another sign of it', () => {
    expect(matchesShortcut(press('alt ¡', 'Digit1'), 'Alt+1', true)).toBe(true);
    expect(matchesShortcut(press('alt ™', 'Digit2'), 'Alt+1', true)).toBe(false);
  });

  it('goes by the sign where no Option is pressed', () =>
    // A French keyboard has `&` on the key of the one.
    expect(matchesShortcut(press('&', 'Digit1'), '1', false)).toBe(false));
});

describe('showShortcut', () => {
  it.each([
    ['Mod+K', 'Ctrl+K', '⌘K'],
    ['Mod+Shift+Z', 'Ctrl+Shift+Z', '⇧⌘Z'],
    ['Alt+ArrowLeft', 'Alt+←', '⌥←'],
    ['t', 'T', 'T'],
    ['Delete', 'Delete', 'Delete'],
    ['?', '?', '?'],
  ])('%s', (shortcut, other, mac) =>
    expect([showShortcut(shortcut, false), showShortcut(shortcut, true)]).toEqual([other, mac]),
  );
});
