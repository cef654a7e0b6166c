import { commands, type MenuName } from '#shared/commands/commands';
import { useT } from '../app/i18n';
import { closeOverlay } from '../app/overlays-store';
import { Dialog } from '../ui/Dialog';
import { isMac } from './registry';
import styles from './ShortcutHelp.module.css';
import { showShortcut } from './shortcuts';

const MENUS = {
  file: 'app.menuFile',
  edit: 'app.menuEdit',
  view: 'app.menuView',
  article: 'app.menuArticle',
  annotate: 'app.menuAnnotate',
  help: 'app.menuHelp',
} as const satisfies Record<MenuName, string>;

const MENU_NAMES: readonly MenuName[] = ['file', 'edit', 'view', 'article', 'annotate', 'help'];

/** The keys of the controls themselves, which are no commands. */
const CONTROLS = [
  ['↑ ↓ Home End', 'app.keysMove'],
  ['Enter', 'app.keysOpen'],
  ['Space', 'app.keysSelect'],
  ['Shift+↑ ↓', 'app.keysRange'],
  ['Alt+↑ ↓', 'app.keysReorder'],
  ['F7, Shift+← →', 'app.keysSelectText'],
  ['Esc', 'app.keysLeave'],
] as const;

const Group = ({
  title,
  rows,
}: {
  title: string;
  rows: readonly (readonly [keys: string, label: string])[];
}) => (
  <section className={styles['group']}>
    <h3>{title}</h3>
    <dl>
      {rows.map(([keys, label]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <kbd>{keys}</kbd>
          </dd>
        </div>
      ))}
    </dl>
  </section>
);

/** All shortcuts, read from the list of commands. */
export default function ShortcutHelp() {
  const t = useT();
  return (
    <Dialog title={t('app.shortcuts')} open onClose={closeOverlay} size="large">
      <p className={styles['hint']}>{t('app.shortcutsTyping')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text that scrolls has to be reached by the keyboard */}
      <section className={styles['groups']} aria-label={t('app.shortcuts')} tabIndex={0}>
        {MENU_NAMES.map((menu) => (
          <Group
            key={menu}
            title={t(MENUS[menu])}
            rows={commands.flatMap((command) =>
              command.menu === menu && 'shortcut' in command
                ? [[showShortcut(command.shortcut, isMac()), t(`commands.${command.id}`)] as const]
                : [],
            )}
          />
        ))}
        <Group title={t('app.keys')} rows={CONTROLS.map(([keys, label]) => [keys, t(label)] as const)} />
      </section>
    </Dialog>
  );
}
