import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { finder } from '#shared/text/find';
import { useT } from '../app/i18n';
import { IconButton } from '../ui/IconButton';
import styles from './FindBar.module.css';
import type { ReaderSession } from './session';

interface Props {
  readonly session: ReaderSession;
  /** Grows with each press of the shortcut: the field takes the focus again. */
  readonly asked: number;
  readonly onClose: () => void;
}

/** Finds words in the article while they are typed. Enter goes on, Shift+Enter back, Escape closes. */
export const FindBar = ({ session, asked, onClose }: Props) => {
  const t = useT();
  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const find = useMemo(() => finder(session.reading.text), [session]);
  const { ranges, more } = useMemo(() => find(query), [find, query]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is not read, but says that it was asked again
  useEffect(() => field.current?.select(), [asked]);
  useEffect(() => {
    session.painter.matches(ranges, current);
    const match = ranges[current];
    if (match !== undefined) session.show(match);
  }, [session, ranges, current]);
  useEffect(() => () => session.painter.matches([], 0), [session]);

  const step = (by: number): void => {
    if (ranges.length > 0) setCurrent((current + by + ranges.length) % ranges.length);
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const total = ranges.length;
  const count = { current: current + 1, total };
  return (
    <search className={styles['find']} aria-label={t('reader.find.label')}>
      <input
        ref={field}
        type="search"
        aria-label={t('reader.find.label')}
        placeholder={t('reader.find.label')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setCurrent(0);
        }}
        onKeyDown={keyDown}
      />
      <span role="status">
        {query.trim() !== '' &&
          (total === 0
            ? t('reader.find.none')
            : t(more ? 'reader.find.countMore' : 'reader.find.count', count))}
      </span>
      <IconButton
        icon="back"
        label={t('reader.find.previous')}
        disabled={total === 0}
        onClick={() => step(-1)}
      />
      <IconButton icon="next" label={t('reader.find.next')} disabled={total === 0} onClick={() => step(1)} />
      <IconButton icon="close" label={t('reader.find.close')} onClick={onClose} />
    </search>
  );
};
