import { useId } from 'react';
import { useT } from '../app/i18n';
import { DuplicateChoices } from './DuplicateChoices';
import styles from './EntryView.module.css';
import { FieldsForm, otherDoubts, wordDoubt } from './FieldsForm';
import { choose, type Entry, idOf } from './import-store';
import { SourcePane } from './SourcePane';

/** What is to be known about the whole page before its fields. */
const Notes = ({ entry }: { entry: Entry }) => {
  const t = useT();
  const { draft, encoding, encodingDoubts } = entry.preview;
  const notes = [
    ...(draft.completeness === 'unrecognised' ? [t('importing.unrecognised')] : []),
    ...otherDoubts(entry).map((doubt) => wordDoubt(t, doubt)),
  ];
  return (
    <>
      {encodingDoubts.length > 0 && (
        <div className={styles['banner']}>
          <h3>{t('importing.encodingTitle')}</h3>
          <p>{t('importing.encoding', { encoding })}</p>
          <ul className={styles['notes']}>
            {encodingDoubts.map(({ code, count }) => (
              <li key={code}>{t(`importing.encodingDoubt.${code}`, { count })}</li>
            ))}
          </ul>
        </div>
      )}
      {notes.length > 0 && (
        <ul className={styles['notes']}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {draft.body.length > 0 && draft.completeness !== 'unrecognised' && (
        <p className={styles['soft']}>{t('importing.fullText', { count: draft.body.length })}</p>
      )}
    </>
  );
};

const MOST_RELATED = 50;

const Related = ({ entry }: { entry: Entry }) => {
  const t = useT();
  const titleId = useId();
  const { related } = entry.preview.draft;
  if (related.length === 0) return null;
  return (
    <section aria-labelledby={titleId}>
      <h3 id={titleId} className={styles['heading']}>
        {t('importing.related', { count: related.length })}
      </h3>
      <ul className={styles['related']}>
        {related.slice(0, MOST_RELATED).map(({ title, abstract, abstractCutOff }) => (
          <li key={title}>
            <bdi>{title}</bdi>
            {abstract !== undefined && <small>{abstract.slice(0, 160)}</small>}
            {abstractCutOff && <span className={styles['tag']}>{t('importing.relatedCutOff')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** One source: the fields found, and the source beside them. */
export const EntryView = ({ entry }: { entry: Entry }) => {
  const t = useT();
  const titleId = useId();
  const { duplicate } = entry.preview;
  return (
    <div className={styles['columns']}>
      <section className={styles['fields']} aria-labelledby={titleId}>
        <h2 id={titleId}>{t('importing.fields')}</h2>
        {duplicate !== undefined && (
          <DuplicateChoices
            match={duplicate}
            choice={entry.choice}
            onChoose={(choice) => choose(idOf(entry), choice)}
          />
        )}
        <Notes entry={entry} />
        <FieldsForm entry={entry} />
        <Related entry={entry} />
      </section>
      <SourcePane preview={entry.preview} />
    </div>
  );
};
