import type { Translate } from '#shared/messages/translator';
import type { Doubt, LineField } from '#shared/model/draft';
import { useT } from '../app/i18n';
import { Field } from '../ui/Field';
import { errorsIn, type FieldName } from './edit-fields';
import styles from './FieldsForm.module.css';
import { type Entry, editText, idOf } from './import-store';

/** The form's field beside which a doubt about lines of this kind is said. */
const DOUBT_AT: Partial<Record<LineField, FieldName>> = {
  title: 'title',
  vernacularTitle: 'vernacularTitle',
  author: 'author',
  affiliation: 'author',
  'container-title': 'container-title',
  issued: 'year',
  identifier: 'DOI',
  abstract: 'abstract',
  keyword: 'keyword',
  language: 'language',
};

const LABELS = { DOI: 'DOI', PMID: 'PMID', PMCID: 'PMCID', ISSN: 'ISSN' } as const;

const SHORT: readonly (readonly FieldName[])[] = [
  ['year', 'month', 'volume', 'issue', 'page'],
  ['DOI', 'PMID', 'PMCID', 'ISSN', 'language'],
];

/** Doubts that no field of the form shows. */
export const otherDoubts = ({ preview }: Entry): Doubt[] =>
  preview.draft.doubts.filter(({ field }) => DOUBT_AT[field] === undefined);

/** What to check, in the reader's language. */
export const wordDoubt = (t: Translate, { reason, detail = '' }: Doubt): string =>
  t('importing.check', { reason: t(`importing.doubt.${reason}`, { detail }) });

interface FieldProps {
  readonly entry: Entry;
  readonly name: FieldName;
  /** Lines of a text area; a field of one line without. */
  readonly rows?: number;
  readonly hint?: string;
}

const TextField = ({ entry, name, rows, hint }: FieldProps) => {
  const t = useT();
  const label = name in LABELS ? LABELS[name as keyof typeof LABELS] : undefined;
  const error = errorsIn(entry.texts)[name];
  const doubts = entry.preview.draft.doubts.filter(({ field }) => DOUBT_AT[field] === name);
  const hints = [hint, ...doubts.map((doubt) => wordDoubt(t, doubt))].filter((each) => each !== undefined);
  return (
    <div className={styles['field']} data-name={name} data-doubt={doubts.length > 0}>
      <Field
        label={label ?? t(`importing.field.${name as Exclude<FieldName, keyof typeof LABELS>}`)}
        hint={hints.length === 0 ? undefined : hints.join(' ')}
        error={error === undefined ? undefined : t(`importing.errors.${error}`)}
      >
        {({ id, describedBy }) => {
          const props = {
            id,
            'aria-describedby': describedBy,
            'aria-invalid': error !== undefined,
            value: entry.texts[name],
            dir: 'auto' as const,
            spellCheck: false,
            onChange: ({ target }: { target: { value: string } }) =>
              editText(idOf(entry), name, target.value),
          };
          return rows === undefined ? <input {...props} type="text" /> : <textarea {...props} rows={rows} />;
        }}
      </Field>
    </div>
  );
};

const rowsFor = (text: string, least: number, most: number, columns: number): number => {
  const lines = text.slice(0, 20_000).split('\n');
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0);
  return Math.max(least, Math.min(rows, most));
};

/** The fields found on a page, as the reader may correct them. */
export const FieldsForm = ({ entry }: { entry: Entry }) => {
  const t = useT();
  const { texts, preview } = entry;
  const { fields } = preview.draft;
  const labels = fields.sections.map((section) => section.label);
  const sections = labels.length === 0 ? undefined : t('importing.sections', { labels: labels.join(', ') });
  const cutOff = fields.abstractCutOff ? t('importing.cutOff') : undefined;
  const notes = [sections, cutOff].filter((note) => note !== undefined).join(' ');
  return (
    <div className={styles['form']}>
      <TextField entry={entry} name="title" rows={rowsFor(texts.title, 2, 6, 60)} />
      <TextField entry={entry} name="vernacularTitle" />
      <TextField
        entry={entry}
        name="author"
        rows={rowsFor(texts.author, 2, 8, 200)}
        hint={t('importing.authorsHint')}
      />
      <TextField entry={entry} name="container-title" />
      {SHORT.map((names) => (
        <div key={names[0]} className={styles['row']}>
          {names.map((name) => (
            <TextField key={name} entry={entry} name={name} />
          ))}
        </div>
      ))}
      <TextField
        entry={entry}
        name="abstract"
        rows={rowsFor(texts.abstract, 4, 16, 70)}
        {...(notes === '' ? {} : { hint: notes })}
      />
      <TextField
        entry={entry}
        name="keyword"
        rows={rowsFor(texts.keyword, 2, 6, 200)}
        hint={t('importing.keywordsHint')}
      />
      {fields.otherIds.length > 0 && (
        <dl className={styles['others']} aria-label={t('importing.otherIds')}>
          {fields.otherIds.map(({ scheme, value }) => (
            <div key={scheme + value}>
              <dt>{scheme}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
};
