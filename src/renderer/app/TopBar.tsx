import type { LibraryStatus } from '#shared/contract/app';
import { isMac, runCommand, useRunnableCommands } from '../commands/registry';
import { showShortcut } from '../commands/shortcuts';
import { toggleSidebar, useSidebar } from '../library/sidebar-store';
import { SearchBox } from '../search/SearchBox';
import { Icon } from '../ui/Icon';
import { IconButton } from '../ui/IconButton';
import { Menu } from '../ui/Menu';
import { useConnectionState } from './hepatica';
import { useT } from './i18n';
import styles from './TopBar.module.css';

/** Those that the menu offers beside the palette, which has all. */
const IN_MENU: readonly string[] = [
  'undo',
  'redo',
  'command-palette',
  'show-library-folder',
  'settings',
  'shortcut-help',
];

const MoreMenu = () => {
  const t = useT();
  const items = useRunnableCommands()
    .filter((command) => IN_MENU.includes(command.id))
    .map(({ id, shortcut }) => ({
      label: t(`commands.${id}`),
      onSelect: () => void runCommand(id),
      ...(shortcut === undefined ? {} : { shortcut: showShortcut(shortcut, isMac()) }),
    }));
  return (
    <Menu label={t('app.more')} trigger={<Icon name="more" />} items={items} variant="quiet" align="end" />
  );
};

const AddMenu = () => {
  const t = useT();
  const item = (id: 'paste-article' | 'open-files', label: string, shortcut: string) => ({
    label,
    onSelect: () => void runCommand(id),
    shortcut: showShortcut(shortcut, isMac()),
  });
  return (
    <Menu
      label={t('app.add')}
      variant="primary"
      align="end"
      trigger={
        <>
          <Icon name="add" />
          <span className={styles['addLabel']}>{t('app.add')}</span>
        </>
      }
      items={[
        item('paste-article', t('app.addPaste'), 'Mod+V'),
        item('open-files', t('app.addFiles'), 'Mod+O'),
      ]}
    />
  );
};

const SaveState = ({ save, state }: LibraryStatus) => {
  const t = useT();
  const connection = useConnectionState();
  const words = { saved: t('app.saved'), saving: t('app.saving'), 'not-saved': t('app.notSaved') };
  // What the service said last says nothing of what was typed since.
  const isKnown = connection === 'open' || connection === 'connecting';
  // A library that lost its lock in the midst of a change says that first.
  const isReadOnly = state === 'read-only' && save.state === 'saved';
  const known = isReadOnly ? t('app.readOnly') : words[save.state];
  return (
    <span className={styles['save']} data-state={isKnown ? save.state : 'not-saved'} role="status">
      {isKnown ? known : t('app.notConnected')}
    </span>
  );
};

/** The bar at the top: where to find things, how to add them, and whether all is saved. */
export const TopBar = ({ status }: { status: LibraryStatus }) => {
  const t = useT();
  const open = useSidebar((state) => state.open);
  return (
    <header className={styles['bar']}>
      <IconButton icon="sidebar" label={t('app.showSidebar')} pressed={open} onClick={toggleSidebar} />
      <div className={styles['search']}>
        <SearchBox />
      </div>
      <SaveState {...status} />
      {status.state === 'ready' && <AddMenu />}
      <MoreMenu />
    </header>
  );
};
