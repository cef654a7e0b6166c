import { useCallback, useState } from 'react';
import { useMarking } from '../annotations/use-marking';
import { useT } from '../app/i18n';
import { navigate, type View } from '../app/navigation';
import { useLibraryStatus } from '../app/state';
import { ArticleBack } from './ArticleBack';
import { ArticleFront } from './ArticleFront';
import { useAppearance } from './appearance';
import { FindBar } from './FindBar';
import { OverText } from './OverText';
import { usePanels } from './panels';
import { ReaderBar } from './ReaderBar';
import styles from './ReaderView.module.css';
import { ReadingFrame } from './ReadingFrame';
import { AnnotationsSide, ContentsSide } from './Sides';
import type { ReaderSession } from './session';
import { useArrival } from './use-arrival';
import type { OpenedArticle } from './use-article';
import { useArticleActions, useReaderCommands } from './use-reader-commands';
import { useReadingPlace } from './use-reading-place';

interface Props {
  readonly view: Extract<View, { name: 'article' }>;
  readonly opened: OpenedArticle;
}

/** Goes to where the reader left off, before the text is shown, and gives it the keyboard. */
const arrive = (session: ReaderSession, { article, document }: OpenedArticle): void => {
  const { language, reading } = article;
  const root = session.reading.document.documentElement;
  // Chinese is marked block by block, for much of it stands in records with an English abstract.
  if (language !== undefined && !/^zh/i.test(language)) root.lang = language;
  const { position } = reading;
  if (position?.documentId === document.id && position.block > 0) session.showBlock(position.block);
  if (window.document.activeElement === window.document.body) session.focus();
};

/** The frame with the text, and around it contents, annotations and the reader's tools. */
export const Reader = ({ view, opened }: Props) => {
  const { article, document, html, related, inTrash } = opened;
  const t = useT();
  const [session, setSession] = useState<ReaderSession>();
  const [findAsked, setFindAsked] = useState(0);
  const panels = usePanels();
  const canWrite = useLibraryStatus()?.state === 'ready';
  const writable = canWrite && !inTrash;
  const marking = useMarking(session, article.id, document);
  const actions = useArticleActions(article.id);
  const find = useCallback(() => setFindAsked((asked) => asked + 1), []);
  const dress = useAppearance(session);
  useReadingPlace(session, article.id, document.id, writable);
  useArrival(session, view, marking);
  useReaderCommands({ id: article.id, inTrash, panels, marking, actions, find });
  const onRestore = inTrash && canWrite ? actions.restore : undefined;
  const setStatus = actions.setStatus;
  return (
    <div className={styles['reader']} data-wide={panels.wide}>
      <ReaderBar
        {...{ article, panels, session, writable, onFind: find }}
        annotations={marking.placing.placed.length + marking.placing.orphans.length}
        onStatus={(status) => setStatus([article.id], status)}
      />
      {session !== undefined && <ContentsSide {...{ session, panels }} />}
      <div className={styles['text']}>
        <ReadingFrame
          key={`${document.id} ${document.textHash}`}
          html={html}
          title={t('reader.frame', { title: article.title })}
          front={<ArticleFront {...{ article, inTrash, onRestore }} empty={html === ''} />}
          back={
            <ArticleBack
              {...{ article, related, writable }}
              onMarkRead={() => setStatus([article.id], 'read')}
              onOpen={(id) => navigate({ name: 'article', id })}
              onPutOnList={(id) => setStatus([id], 'to-read')}
            />
          }
          onReady={(arrived) => {
            dress(arrived);
            arrive(arrived, opened);
            setSession(arrived);
          }}
          onGone={() => setSession(undefined)}
        />
        {session !== undefined && <OverText {...{ session, marking, panels, writable }} />}
        {session !== undefined && findAsked > 0 && (
          <FindBar
            session={session}
            asked={findAsked}
            onClose={() => {
              setFindAsked(0);
              session.focus();
            }}
          />
        )}
      </div>
      <AnnotationsSide {...{ session, marking, panels, writable, onRestore }} />
      <p className="visually-hidden" role="status">
        {marking.said}
      </p>
    </div>
  );
};
