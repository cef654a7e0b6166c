import { useEffect, useRef } from 'react';
import type { SearchHit } from '#shared/contract/search';
import { useT } from '../app/i18n';
import { useProblemText } from '../app/problems';
import { Marked } from './Marked';
import styles from './SearchResults.module.css';
import type { SearchAnswer } from './use-search';

interface SearchResultsProps {
  readonly id: string;
  readonly answer: SearchAnswer;
  readonly active: number;
  readonly onPoint: (index: number) => void;
  readonly onOpen: (hit: SearchHit) => void;
}

export const optionId = (list: string, index: number): string => `${list}-${index}`;

const Result = ({ hit }: { hit: SearchHit }) => {
  const t = useT();
  const { row } = hit;
  const source = [row['container-title'], row.year].filter((part) => part !== undefined).join(', ');
  return (
    <>
      <span className={styles['title']}>
        <Marked value={hit.title} />
      </span>
      {source !== '' && <span className={styles['source']}>{source}</span>}
      <span className={styles['snippet']}>
        <span className={styles['field']} data-field={hit.field}>
          {t(`search.field.${hit.field}`)}
        </span>{' '}
        <Marked value={hit.snippet} />
      </span>
    </>
  );
};

/** What is said about the answer, above the results; read out when it changes. */
const Summary = ({ answer }: { answer: SearchAnswer }) => {
  const t = useT();
  const problemText = useProblemText();
  if (answer.kind === 'failed') return <p role="alert">{problemText(answer.problem)}</p>;
  const { hits, total, state } = answer;
  const isCut = total > hits.length;
  return (
    <>
      {hits.length > 0 && (
        <p>{isCut ? t('search.best', { shown: hits.length, total }) : t('search.count', { count: total })}</p>
      )}
      {hits.length === 0 && (
        <>
          <p className={styles['none']}>{t('search.none')}</p>
          <p>{t('search.tryThis')}</p>
        </>
      )}
      {!state.ready && <p>{t('search.filling', { indexed: state.indexed, total: state.total })}</p>}
    </>
  );
};

/** The results under the search box. The focus stays in the box, which names the active one. */
export const SearchResults = ({ id, answer, active, onPoint, onOpen }: SearchResultsProps) => {
  const t = useT();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div className={styles['panel']} data-answers={answer.text}>
      <div className={styles['summary']} role="status">
        <Summary answer={answer} />
      </div>
      {answer.kind === 'found' && answer.hits.length > 0 && (
        <div ref={list} id={id} role="listbox" aria-label={t('search.results')} className={styles['list']}>
          {answer.hits.map((hit, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the search box's, which keeps the focus
            <div
              key={hit.id}
              id={optionId(id, index)}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={styles['result']}
              onPointerMove={() => onPoint(index)}
              onClick={() => onOpen(hit)}
            >
              <Result hit={hit} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
};
