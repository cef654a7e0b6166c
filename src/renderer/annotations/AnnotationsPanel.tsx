import type { AnnotationId } from '#shared/model/ids';
import { useT } from '../app/i18n';
import { EmptyState } from '../ui/EmptyState';
import { IconButton } from '../ui/IconButton';
import { AnnotationItem } from './AnnotationItem';
import styles from './AnnotationsPanel.module.css';
import type { PlacedAnnotation, Placing } from './placing';
import type { AnnotationEdits } from './use-annotations';

interface Props {
  readonly placing: Placing;
  readonly active: AnnotationId | undefined;
  readonly editing: AnnotationId | undefined;
  readonly writable: boolean;
  readonly edits: AnnotationEdits;
  readonly onGo: (placed: PlacedAnnotation) => void;
  readonly onEdit: (id: AnnotationId | undefined) => void;
  readonly onClose: () => void;
}

/** All annotations of the article in the order of its text; those that have no place in it last, with why. */
export const AnnotationsPanel = (props: Props) => {
  const { placing, active, editing, writable, edits, onGo, onEdit, onClose } = props;
  const t = useT();
  const { placed, orphans } = placing;
  const common = (id: AnnotationId) => ({
    active: id === active,
    editing: id === editing,
    writable,
    edits,
    onEdit: (open: boolean) => onEdit(open ? id : undefined),
  });
  return (
    <section className={styles['panel']} aria-label={t('annotations.title')}>
      <header className={styles['head']}>
        <h2>{t('annotations.title')}</h2>
        <span>{t('annotations.count', { count: placed.length + orphans.length })}</span>
        <IconButton icon="close" label={t('reader.panelClose')} onClick={onClose} />
      </header>
      {placed.length + orphans.length === 0 && (
        <EmptyState icon="annotate" title={t('annotations.empty')}>
          <p>{writable ? t('annotations.emptyHint') : t('annotations.readOnly')}</p>
        </EmptyState>
      )}
      <ul>
        {placed.map((each) => (
          <AnnotationItem
            key={each.annotation.id}
            annotation={each.annotation}
            remark={each.place.state === 'moved' ? t('annotations.moved') : undefined}
            onGo={() => onGo(each)}
            {...common(each.annotation.id)}
          />
        ))}
      </ul>
      {orphans.length > 0 && (
        <>
          <h3>{t('annotations.orphans')}</h3>
          <p className={styles['hint']}>{t('annotations.orphansHint')}</p>
          <ul>
            {orphans.map(({ annotation, orphan }) => (
              <AnnotationItem
                key={annotation.id}
                annotation={annotation}
                remark={t(`annotations.reasons.${orphan.reason}`)}
                {...common(annotation.id)}
              />
            ))}
          </ul>
        </>
      )}
    </section>
  );
};
