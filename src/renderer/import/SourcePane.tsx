import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useRef } from 'react';
import type { ImportPreview } from '#shared/contract/import';
import { useT } from '../app/i18n';
import { LineLegend } from './LineLegend';
import styles from './SourcePane.module.css';

/** A page saved as one line is shown in part: laying out a megabyte would hold the page up. */
const LONGEST_LINE = 4000;

interface SourcePaneProps {
  readonly preview: ImportPreview;
}

/** The source's lines, each with a bar and the name of the field it went to. */
export const SourcePane = ({ preview }: SourcePaneProps) => {
  const t = useT();
  const titleId = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const { sourceLines, hiddenLines } = preview;
  const { lines } = preview.draft;
  const virtualizer = useVirtualizer({
    count: sourceLines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) =>
      24 + 20 * Math.floor(Math.min(sourceLines[index]?.length ?? 0, LONGEST_LINE) / 60),
    overscan: 12,
  });
  return (
    <section className={styles['pane']} aria-labelledby={titleId}>
      <header className={styles['head']}>
        <h2 id={titleId}>{t('importing.source')}</h2>
        <p>{t('importing.sourceHint')}</p>
      </header>
      <LineLegend lines={lines} onShow={(line) => virtualizer.scrollToIndex(line, { align: 'start' })} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section ref={scroll} className={styles['scroll']} aria-label={t('importing.sourceHint')} tabIndex={0}>
        <ol className={styles['lines']} style={{ blockSize: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start, key }) => {
            const field = lines[index] ?? 'ignored';
            const line = sourceLines[index] ?? '';
            const isFirst = lines[index - 1] !== field && line.trim() !== '';
            return (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                data-field={field}
                aria-setsize={sourceLines.length}
                aria-posinset={index + 1}
                className={styles['line']}
                style={{ transform: `translateY(${start}px)` }}
              >
                <span className={isFirst ? styles['label'] : 'visually-hidden'}>
                  {line.trim() === '' ? '' : t(`importing.field.${field}`)}
                </span>
                <bdi className={styles['text']}>{line.slice(0, LONGEST_LINE)}</bdi>
                {line.length > LONGEST_LINE && (
                  <em>{t('importing.longLine', { count: line.length - LONGEST_LINE })}</em>
                )}
              </li>
            );
          })}
        </ol>
        {hiddenLines > 0 && (
          <p className={styles['hidden']}>{t('importing.hiddenLines', { count: hiddenLines })}</p>
        )}
      </section>
    </section>
  );
};
