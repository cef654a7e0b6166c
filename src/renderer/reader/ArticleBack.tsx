import type { ArticleRow } from '#shared/contract/library';
import type { Article } from '#shared/model/article';
import type { ArticleId } from '#shared/model/ids';
import { useT } from '../app/i18n';

interface Props {
  readonly article: Article;
  readonly related: readonly ArticleRow[];
  readonly writable: boolean;
  readonly onMarkRead: () => void;
  readonly onOpen: (id: ArticleId) => void;
  readonly onPutOnList: (id: ArticleId) => void;
}

/** What stands after the text: that it ends, and the articles that its page named as related. */
export const ArticleBack = ({ article, related, writable, onMarkRead, onOpen, onPutOnList }: Props) => {
  const t = useT();
  return (
    <>
      <div className="end">
        <span>{t('reader.end')}</span>
        {article.reading.status === 'read' ? (
          <strong>{t('reader.isRead')}</strong>
        ) : (
          writable && (
            <button type="button" className="primary" onClick={onMarkRead}>
              {t('reader.markRead')}
            </button>
          )
        )}
      </div>
      {related.length > 0 && (
        <section aria-labelledby="related-heading">
          <h2 className="heading" id="related-heading">
            {t('reader.related')}
          </h2>
          <ul className="related">
            {related.map((row) => (
              <li key={row.id}>
                <button type="button" className="open" onClick={() => onOpen(row.id)}>
                  {row.title}
                </button>
                <p className="row">
                  {row.year !== undefined && <span>{row.year}</span>}
                  {row.completeness === 'stub' && <span>{t('reader.stubShort')}</span>}
                  {row.status !== undefined && (
                    <span>{t('reader.onList', { status: t(`reader.statusOf.${row.status}`) })}</span>
                  )}
                  {row.status === undefined && writable && (
                    <button
                      type="button"
                      className="copy"
                      aria-label={`${t('reader.addToList')}: ${row.title}`}
                      onClick={() => onPutOnList(row.id)}
                    >
                      {t('reader.addToList')}
                    </button>
                  )}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
};
