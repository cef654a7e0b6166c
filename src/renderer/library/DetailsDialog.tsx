import { useEffect, useRef, useState } from 'react';
import type { Article } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import { useServiceQuery } from '../app/data';
import { useHepatica } from '../app/hepatica';
import { useT } from '../app/i18n';
import { useReportProblem } from '../app/problems';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import styles from './DetailsDialog.module.css';
import { type Details, detailsOf, editFrom } from './details';
import { closeDialog } from './dialog-store';

const FORM = 'article-details';

const LONG = new Set<keyof Details>(['title', 'vernacularTitle', 'authors']);

const FIELDS = [
  ['title', 'library.fieldTitle'],
  ['vernacularTitle', 'library.fieldVernacularTitle'],
  ['authors', 'library.fieldAuthors'],
  ['journal', 'library.fieldJournal'],
  ['year', 'library.fieldYear'],
  ['volume', 'library.fieldVolume'],
  ['issue', 'library.fieldIssue'],
  ['page', 'library.fieldPages'],
  ['DOI', undefined],
  ['PMID', undefined],
  ['PMCID', undefined],
  ['keywords', 'library.fieldKeywords'],
] as const;

const HINTS = { authors: 'library.authorsHint', keywords: 'library.keywordsHint' } as const;

const Form = ({ article }: { article: Article }) => {
  const t = useT();
  const hepatica = useHepatica();
  const report = useReportProblem();
  const [details, setDetails] = useState(() => detailsOf(article));
  const form = useRef<HTMLFormElement>(null);
  // It comes after the dialog, which has put the focus on its own button meanwhile.
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  const save = (): void => {
    const fields = editFrom(article, details);
    if (Object.keys(fields).length === 0) closeDialog();
    else void hepatica.library.edit({ id: article.id, fields }).then(closeDialog).catch(report);
  };
  const set = (key: keyof Details, value: string): void => setDetails({ ...details, [key]: value });
  return (
    <form
      ref={form}
      id={FORM}
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {FIELDS.map(([key, label]) => (
        <div key={key} data-wide={LONG.has(key) || key === 'keywords' || key === 'journal'}>
          <Field
            label={label === undefined ? key : t(label)}
            hint={key in HINTS ? t(HINTS[key as keyof typeof HINTS]) : undefined}
          >
            {({ id, describedBy }) =>
              LONG.has(key) ? (
                <textarea
                  id={id}
                  dir="auto"
                  aria-describedby={describedBy}
                  rows={key === 'authors' ? 4 : 2}
                  value={details[key]}
                  onChange={(event) => set(key, event.target.value)}
                />
              ) : (
                <input
                  id={id}
                  dir="auto"
                  aria-describedby={describedBy}
                  value={details[key]}
                  onChange={(event) => set(key, event.target.value)}
                />
              )
            }
          </Field>
        </div>
      ))}
    </form>
  );
};

/** The bibliographic fields of one article, to be corrected by hand. */
export const DetailsDialog = ({ id }: { id: ArticleId }) => {
  const t = useT();
  const hepatica = useHepatica();
  const article = useServiceQuery(['library', 'get', id], () => hepatica.library.get({ id })).data;
  return (
    <Dialog
      title={t('commands.edit-article')}
      open
      onClose={closeDialog}
      size="large"
      footer={
        <>
          <Button onClick={closeDialog}>{t('app.cancel')}</Button>
          <Button type="submit" form={FORM} variant="primary" disabled={article === undefined}>
            {t('library.save')}
          </Button>
        </>
      }
    >
      {article !== undefined && <Form article={article} />}
    </Dialog>
  );
};
