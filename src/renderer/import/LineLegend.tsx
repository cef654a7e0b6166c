import type { LineField } from '#shared/model/draft';
import { useT } from '../app/i18n';
import styles from './SourcePane.module.css';

interface LineLegendProps {
  readonly lines: readonly LineField[];
  readonly onShow: (line: number) => void;
}

/** The fields that lines of the source went to, in the order of the source; each leads to its first line. */
export const LineLegend = ({ lines, onShow }: LineLegendProps) => {
  const t = useT();
  const fields = [...new Set(lines)].filter((field) => field !== 'ignored');
  return (
    <ul className={styles['legend']} aria-label={t('importing.legend')}>
      {fields.map((field) => {
        const name = t(`importing.field.${field}`);
        return (
          <li key={field}>
            <button
              type="button"
              data-field={field}
              title={t('importing.showLines', { field: name })}
              onClick={() => onShow(lines.indexOf(field))}
            >
              {name}
            </button>
          </li>
        );
      })}
    </ul>
  );
};
