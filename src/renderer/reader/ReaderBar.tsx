import { useStore } from 'zustand/react';
import { type Article, ReadingStatus } from '#shared/model/article';
import { useT } from '../app/i18n';
import { goBack } from '../app/navigation';
import { IconButton } from '../ui/IconButton';
import type { Panels } from './panels';
import styles from './ReaderBar.module.css';
import type { ReaderSession } from './session';

interface Props {
  readonly article: Article;
  readonly panels: Panels;
  readonly annotations: number;
  readonly session: ReaderSession | undefined;
  readonly writable: boolean;
  readonly onFind: () => void;
  readonly onStatus: (status: ReadingStatus | undefined) => void;
}

/** The reader's own tools: back, the two panels, find, where it stands on the reading list, and how far it is read. */
export const ReaderBar = (props: Props) => {
  const { article, panels, annotations, session, writable, onFind, onStatus } = props;
  const t = useT();
  return (
    <div className={styles['bar']}>
      <IconButton icon="back" label={t('reader.back')} onClick={goBack} />
      <IconButton
        icon="contents"
        label={t('reader.contents')}
        pressed={panels.contents}
        onClick={() => panels.toggle('contents')}
      />
      <IconButton icon="search" label={t('reader.find.label')} onClick={onFind} />
      <label className={styles['status']}>
        <span>{t('reader.status')}</span>
        <select
          value={article.reading.status ?? ''}
          disabled={!writable}
          onChange={(event) =>
            onStatus(ReadingStatus.options.find((status) => status === event.target.value))
          }
        >
          <option value="">{t('reader.statusNone')}</option>
          {ReadingStatus.options.map((status) => (
            <option key={status} value={status}>
              {t(`reader.statusOf.${status}`)}
            </option>
          ))}
        </select>
      </label>
      <IconButton
        icon="annotate"
        label={`${t('annotations.title')} (${annotations})`}
        pressed={panels.annotations}
        onClick={() => panels.toggle('annotations')}
      />
      {session !== undefined && <Progress session={session} />}
    </div>
  );
};

const Progress = ({ session }: { session: ReaderSession }) => {
  const t = useT();
  const fraction = useStore(session.state, (state) => state.fraction);
  return (
    <progress className={styles['progress']} aria-label={t('reader.progress')} max={1} value={fraction} />
  );
};
