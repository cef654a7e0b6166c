import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { commands } from '#shared/commands/commands';
import { createTranslator } from '#shared/messages/translator';
import { menuTemplate } from './menu-template';

const build = (platform: string) => {
  const ran: string[] = [];
  const menus = menuTemplate({
    platform,
    t: (key) => key,
    run: (id) => ran.push(`run ${id}`),
    editText: (id) => ran.push(`edit ${id}`),
  });
  const items = menus.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  return { menus, items, ran };
};

const click = (item: MenuItemConstructorOptions | undefined, triggeredByAccelerator: boolean): void => {
  // Electron hands over its own item and window, which the menu does not use.
  Reflect.apply(item!.click!, item, [undefined, undefined, { triggeredByAccelerator }]);
};

describe.each(['linux', 'win32', 'darwin'])('menu on %s', (platform) => {
  const { menus, items, ran } = build(platform);

  it('holds every command once, by its label, in its menu', () => {
    expect(items.flatMap(({ id }) => id ?? []).toSorted()).toEqual(commands.map(({ id }) => id).toSorted());
    for (const { id, menu } of commands) {
      const found = menus.find(({ label }) => label === `app.menu${menu[0]!.toUpperCase()}${menu.slice(1)}`);
      const labels = (found!.submenu as MenuItemConstructorOptions[]).map(({ label }) => label);
      expect(labels).toContain(`commands.${id}`);
    }
  });

  it('runs what is chosen', () => {
    ran.length = 0;
    for (const { id } of commands)
      click(
        items.find((item) => item.id === id),
        false,
      );
    expect(ran).toEqual(commands.map(({ id }) => `run ${id}`));
  });

  it('leaves undo by key to the text field', () => {
    ran.length = 0;
    for (const id of ['undo', 'redo', 'settings'])
      click(
        items.find((item) => item.id === id),
        true,
      );
    expect(ran).toEqual(['edit undo', 'edit redo', 'run settings']);
  });

  it('takes no key that means something in a text field', () => {
    for (const { id, accelerator, registerAccelerator } of items) {
      if (accelerator === undefined) continue;
      expect(accelerator).toMatch(/^(CommandOrControl|Alt)\+/);
      expect(accelerator).not.toMatch(/Mod|Arrow/);
      expect(registerAccelerator).toBe(false);
      expect(id).not.toBe('paste-article');
    }
    const shown = items.filter(({ accelerator }) => accelerator !== undefined).map(({ id }) => id);
    expect(shown.includes('find-in-article')).toBe(true);
    expect(shown.includes('go-back')).toBe(platform !== 'darwin');
    expect(shown.includes('add-note')).toBe(false);
  });

  it('speaks Chinese throughout', () => {
    const t = createTranslator('zh-CN');
    const chinese = menuTemplate({ platform, t, run: () => undefined, editText: () => undefined });
    const labels = chinese.flatMap(({ label, submenu }) => [
      label ?? '',
      ...(Array.isArray(submenu) ? submenu.map((item) => item.label ?? '') : []),
    ]);
    const words = labels.filter((label) => label !== '');
    expect(words.length).toBeGreaterThan(commands.length);
    expect(words.filter((label) => !/\p{Script=Han}/u.test(label))).toEqual([]);
  });

  it('has what the system expects', () => {
    const roles = [...menus, ...items].flatMap(({ role }) => role ?? []);
    for (const role of ['cut', 'copy', 'paste', 'selectAll'] as const) expect(roles).toContain(role);
    expect(roles.includes('appMenu')).toBe(platform === 'darwin');
    expect(roles.includes('quit')).toBe(platform !== 'darwin');
    expect(roles).not.toContain('reload');
    expect(roles).not.toContain('toggleDevTools');
  });
});
