import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { CommandId } from '#shared/commands/commands';
import { useT, wordsIn } from '../app/i18n';
import { closeOverlay } from '../app/overlays-store';
import { Dialog } from '../ui/Dialog';
import styles from './CommandPalette.module.css';
import { matchLabels } from './match-command';
import { isMac, runCommand, useRunnableCommands } from './registry';
import { showShortcut } from './shortcuts';

/** Manuals and colleagues name commands in English. */
const english = wordsIn('en').t;

/** The last few that were chosen here come first; for as long as the page lives. */
const recent: CommandId[] = [];
const MOST_RECENT = 5;

const remember = (id: CommandId): void => {
  const others = recent.filter((each) => each !== id);
  recent.splice(0, recent.length, ...[id, ...others].slice(0, MOST_RECENT));
};

const rank = (id: CommandId): number => {
  const at = recent.indexOf(id);
  return at < 0 ? MOST_RECENT : at;
};

const choose = (id: CommandId): void => {
  remember(id);
  closeOverlay();
  // After the dialog has gone and the focus is back where the command expects it.
  requestAnimationFrame(() => void runCommand(id));
};

/** Every command that applies now, found by a few letters of its name. */
export default function CommandPalette() {
  const t = useT();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const all = useRunnableCommands()
    .filter((command) => command.id !== 'command-palette')
    .map(({ id, ...command }) => ({
      ...command,
      id,
      label: t(`commands.${id}`),
      alias: english(`commands.${id}`),
    }))
    .sort((a, b) => rank(a.id) - rank(b.id));
  const found = matchLabels(all, typed);
  const active = Math.min(chosen, found.length - 1);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const command = found[active];
    if (event.key === 'ArrowDown') setChosen((active + 1) % Math.max(1, found.length));
    else if (event.key === 'ArrowUp') setChosen((active - 1 + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter' && command !== undefined) choose(command.id);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title={t('app.palette')} open onClose={closeOverlay}>
      <input
        className={styles['input']}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={active < 0 ? undefined : `${listId}-${active}`}
        aria-label={t('app.paletteHint')}
        placeholder={t('app.paletteHint')}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      {found.length === 0 && <p role="status">{t('app.paletteEmpty')}</p>}
      <div ref={list} id={listId} role="listbox" aria-label={t('app.palette')} className={styles['list']}>
        {found.map((command, index) => (
          <div
            key={command.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles['option']}
            onPointerMove={() => setChosen(index)}
            onPointerUp={() => choose(command.id)}
          >
            <span>{command.label}</span>
            {command.shortcut !== undefined && <kbd>{showShortcut(command.shortcut, isMac())}</kbd>}
          </div>
        ))}
      </div>
    </Dialog>
  );
}
