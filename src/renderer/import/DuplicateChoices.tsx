import { useId } from 'react';
import { DuplicateChoice, type DuplicateMatch } from '#shared/contract/import';
import { nameOf } from '#shared/model/article';
import { useT } from '../app/i18n';
import styles from './EntryView.module.css';

interface DuplicateChoicesProps {
  readonly match: DuplicateMatch;
  readonly choice: DuplicateChoice;
  readonly onChoose: (choice: DuplicateChoice) => void;
}

/** The article that is there already, and what to do about it. */
export const DuplicateChoices = ({ match, choice, onChoose }: DuplicateChoicesProps) => {
  const t = useT();
  const group = useId();
  const { row, by, stub } = match;
  const words = {
    keep: [t('importing.keep'), t('importing.keepHint')],
    'update-missing': [t('importing.updateMissing'), t('importing.updateMissingHint')],
    'keep-both': [t('importing.keepBoth'), t('importing.keepBothHint')],
  } as const;
  const about = [row.author.slice(0, 3).map(nameOf).join(', '), row['container-title'], row.year];
  return (
    <section className={styles['banner']} aria-labelledby={`${group}title`}>
      <h3 id={`${group}title`}>{t(stub ? 'importing.duplicateStub' : 'importing.duplicate')}</h3>
      <p className={styles['match']}>
        <bdi>{row.title}</bdi>
        <span>{about.filter((part) => part !== undefined && part !== '').join(' · ')}</span>
        <span>{t('importing.duplicateBy', { what: by === 'title' ? t('importing.byTitle') : by })}</span>
      </p>
      <fieldset className={styles['choices']}>
        <legend className="visually-hidden">{t('importing.choice')}</legend>
        {DuplicateChoice.options.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={group}
              value={each}
              checked={choice === each}
              onChange={() => onChoose(each)}
            />
            <span>
              <strong>{words[each][0]}</strong>
              <small>{words[each][1]}</small>
            </span>
          </label>
        ))}
      </fieldset>
    </section>
  );
};
