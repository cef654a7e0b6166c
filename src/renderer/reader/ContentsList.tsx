import { useT } from '../app/i18n';
import { IconButton } from '../ui/IconButton';
import styles from './ContentsList.module.css';
import type { Heading } from './reading-document';

interface Props {
  readonly headings: readonly Heading[];
  /** The first block in sight. */
  readonly block: number;
  /** Goes to a block; -1 is the title. */
  readonly onGo: (block: number) => void;
  readonly onClose: () => void;
}

/** The headings of the text, as a way to them and to see where one is. */
export const ContentsList = ({ headings, block, onGo, onClose }: Props) => {
  const t = useT();
  const current = headings.findLast((heading) => heading.block <= block)?.block ?? -1;
  return (
    <nav className={styles['contents']} aria-label={t('reader.contents')}>
      <header className={styles['head']}>
        <h2>{t('reader.contents')}</h2>
        <IconButton icon="close" label={t('reader.panelClose')} onClick={onClose} />
      </header>
      <ol>
        <li>
          <button
            type="button"
            aria-current={current === -1 ? 'location' : undefined}
            onClick={() => onGo(-1)}
          >
            {t('reader.top')}
          </button>
        </li>
        {headings.map((heading) => (
          <li key={heading.block} data-level={heading.level}>
            <button
              type="button"
              aria-current={heading.block === current ? 'location' : undefined}
              onClick={() => onGo(heading.block)}
            >
              {heading.text}
            </button>
          </li>
        ))}
      </ol>
      {headings.length === 0 && <p>{t('reader.contentsEmpty')}</p>}
    </nav>
  );
};
