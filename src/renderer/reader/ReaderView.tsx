import { ProblemError } from '#shared/model/problem';
import { useT } from '../app/i18n';
import { goBack, useView, type View } from '../app/navigation';
import { useProblemText } from '../app/problems';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { Reader } from './Reader';
import styles from './ReaderView.module.css';
import { type ArticleState, useArticle } from './use-article';

/** The article that is open, to be read and marked. */
export default function ReaderView() {
  const view = useView();
  return view.name === 'article' ? <ArticleView view={view} /> : null;
}

const ArticleView = ({ view }: { view: Extract<View, { name: 'article' }> }) => {
  const t = useT();
  const opened = useArticle(view.id);
  if (opened.state === 'open') return <Reader view={view} opened={opened} />;
  if (opened.state !== 'loading') return <NotOpened state={opened} />;
  return (
    <p className={styles['loading']} role="status">
      {t('reader.loading')}
    </p>
  );
};

const NotOpened = ({ state }: { state: Exclude<ArticleState, { state: 'open' | 'loading' }> }) => {
  const t = useT();
  const problemText = useProblemText();
  const reason = (): string => {
    if (state.state === 'text-missing') return t('reader.textMissing');
    // What is no expected failure is a bug: the page's own boundary shows and reports it.
    if (!(state.error instanceof ProblemError)) throw state.error;
    const { problem } = state.error;
    return problem.code === 'not-found' ? t('reader.notFound') : problemText(problem);
  };
  return (
    <EmptyState icon="warning" title={reason()}>
      <Button onClick={goBack}>{t('reader.back')}</Button>
    </EmptyState>
  );
};
