import { type Article, nameOf } from '#shared/model/article';
import { useT } from '../app/i18n';
import { showToast } from '../ui/toasts';
import { openableLink } from './links';

interface Props {
  readonly article: Article;
  readonly empty: boolean;
  readonly inTrash: boolean;
  /** Absent where the library is read-only. */
  readonly onRestore: (() => void) | undefined;
}

/** Chinese titles and names are marked as such, for fonts and for screen readers. */
const langOf = (text: string): 'zh' | undefined => (/\p{Script=Han}/u.test(text) ? 'zh' : undefined);

/** `Journal of Clinical Hepatology 2025; 41(3): 561-567`, as far as it is known. */
export const journalLine = (article: Article): string => {
  const date = article.issued?.['date-parts'][0]?.map((part) => String(part).padStart(2, '0')).join('-');
  const issue = article.issue === undefined ? '' : `(${article.issue})`;
  const volume = `${article.volume ?? ''}${issue}`;
  const place = [volume, article.page].filter(Boolean).join(': ');
  const when = [date, place].filter(Boolean).join('; ');
  return [article['container-title'], when].filter(Boolean).join(' ');
};

interface Identifier {
  readonly scheme: string;
  readonly value: string;
  readonly href?: string;
}

const linkOf = (value: string): { href?: string } => {
  const href = openableLink(value);
  return href === undefined ? {} : { href };
};

const identifiersOf = ({ DOI, PMID, PMCID, ISSN, URL, otherIds }: Article): Identifier[] => {
  const at = (scheme: string, value: string | undefined, base?: string): Identifier[] =>
    value === undefined ? [] : [{ scheme, value, ...(base === undefined ? {} : linkOf(base + value)) }];
  return [
    ...at('DOI', DOI, 'https://doi.org/'),
    ...at('PMID', PMID, 'https://pubmed.ncbi.nlm.nih.gov/'),
    ...at('PMCID', PMCID, 'https://pmc.ncbi.nlm.nih.gov/articles/'),
    ...at('ISSN', ISSN),
    ...(URL === undefined ? [] : [{ scheme: 'URL', value: URL, ...linkOf(URL) }]),
    ...otherIds,
  ];
};

/** What stands before the text, and scrolls with it: title, authors, where it appeared, and what is missing. */
export const ArticleFront = ({ article, empty, inTrash, onRestore }: Props) => {
  const t = useT();
  const { title, vernacularTitle, author, keyword, completeness } = article;
  const journal = journalLine(article);
  return (
    <>
      <h1 lang={langOf(title)}>{title}</h1>
      {vernacularTitle !== undefined && (
        <p className="vernacular" lang={langOf(vernacularTitle)}>
          {vernacularTitle}
        </p>
      )}
      {author.length > 0 && <p className="authors">{author.map(nameOf).join(', ')}</p>}
      {journal !== '' && <p className="journal">{journal}</p>}
      <Affiliations article={article} />
      {keyword.length > 0 && <p className="keywords">{t('reader.keywords', { list: keyword.join('; ') })}</p>}
      <Identifiers article={article} />
      {inTrash && (
        <p className="notice">
          {t('reader.inTrash')}{' '}
          {onRestore !== undefined && (
            <button type="button" className="copy" onClick={onRestore}>
              {t('reader.restore')}
            </button>
          )}
        </p>
      )}
      {completeness === 'stub' && <p className="notice">{t('reader.stub')}</p>}
      {completeness === 'unrecognised' && <p className="notice">{t('reader.unrecognised')}</p>}
      {article.abstractCutOff && <p className="notice">{t('reader.cutOff')}</p>}
      {empty && <p className="notice">{t('reader.noText')}</p>}
    </>
  );
};

const Affiliations = ({ article }: { article: Article }) => {
  const t = useT();
  const all = [...new Set(article.author.flatMap((author) => author.affiliation ?? []))];
  if (all.length === 0) return null;
  return (
    <details className="affiliations">
      <summary>{t('reader.affiliations')}</summary>
      <ol>
        {all.map((affiliation) => (
          <li key={affiliation}>{affiliation}</li>
        ))}
      </ol>
    </details>
  );
};

const Identifiers = ({ article }: { article: Article }) => {
  const t = useT();
  const identifiers = identifiersOf(article);
  if (identifiers.length === 0) return null;
  const copy = (value: string): void => {
    navigator.clipboard.writeText(value).then(
      () => showToast({ message: t('reader.copied', { what: value }) }),
      () => showToast({ message: t('reader.copyFailed'), kind: 'problem' }),
    );
  };
  return (
    <ul className="identifiers" aria-label={t('reader.identifiers')}>
      {identifiers.map(({ scheme, value, href }) => (
        <li key={`${scheme} ${value}`}>
          <span>{scheme}</span>
          {href === undefined ? <span>{value}</span> : <a href={href}>{value}</a>}
          <button
            type="button"
            className="copy"
            aria-label={t('reader.copyWhat', { what: scheme })}
            onClick={() => copy(value)}
          >
            {t('reader.copy')}
          </button>
        </li>
      ))}
    </ul>
  );
};
