import { lazy, Suspense } from 'react';
import type { Annotation, HighlightColour } from '#shared/model/annotation';
import { useT } from '../app/i18n';
import { IconButton } from '../ui/IconButton';
import styles from './AnnotationItem.module.css';
import { colours } from './colours';
import { NoteEditor } from './NoteEditor';
import { Swatch } from './Swatch';
import { TagEditor } from './TagEditor';
import type { AnnotationEdits } from './use-annotations';

const loadNoteText = () => import('./NoteText');
const NoteText = lazy(loadNoteText);
// Fetched as soon as annotations are shown: a note just written must not wait for a host that may have gone.
void loadNoteText().catch(() => undefined); // asked for again when the first note is shown

interface Props {
  readonly annotation: Annotation;
  /** Beside the colour: that it was moved, or why it was not found. */
  readonly remark?: string | undefined;
  readonly active: boolean;
  readonly editing: boolean;
  readonly writable: boolean;
  readonly edits: AnnotationEdits;
  /** Absent for one that has no place in the text. */
  readonly onGo?: () => void;
  readonly onEdit: (editing: boolean) => void;
}

/** One annotation in the panel: its colour by name, its words, its note and tags, and what can be done with it. */
export const AnnotationItem = (props: Props) => {
  const { annotation, remark, active, editing, writable, edits, onGo, onEdit } = props;
  const t = useT();
  const { exact } = annotation.target.selector.quote;
  const quote = <blockquote>{exact}</blockquote>;
  return (
    <div className={styles['item']} data-colour={annotation.colour} aria-current={active}>
      <div className={styles['head']}>
        <ColourChoice annotation={annotation} writable={writable} edits={edits} />
        {remark !== undefined && <span className={styles['remark']}>{remark}</span>}
        {writable && <Actions annotation={annotation} edits={edits} onEdit={onEdit} />}
      </div>
      {onGo === undefined ? (
        quote
      ) : (
        <button
          type="button"
          className={styles['quote']}
          aria-label={t('annotations.goTo', { quote: exact.slice(0, 80) })}
          onClick={onGo}
        >
          {quote}
        </button>
      )}
      {editing && writable && (
        <NoteEditor annotation={annotation} edits={edits} onClose={() => onEdit(false)} />
      )}
      {!editing && annotation.note.trim() !== '' && (
        <Suspense fallback={<p>{annotation.note}</p>}>
          <NoteText note={annotation.note} />
        </Suspense>
      )}
      <TagEditor
        tags={annotation.tags}
        writable={writable}
        onChange={(tags) => void edits.update(annotation.id, { tags })}
      />
    </div>
  );
};

type PartProps = Pick<Props, 'annotation' | 'edits'>;

const ColourChoice = ({ annotation, edits, writable }: PartProps & Pick<Props, 'writable'>) => {
  const t = useT();
  const name = (colour: HighlightColour) => t(`annotations.colours.${colour}`);
  return (
    <span className={styles['colour']}>
      <Swatch colour={annotation.colour} />
      {writable ? (
        <select
          aria-label={t('annotations.colour')}
          value={annotation.colour}
          onChange={(event) => {
            const colour = colours.find((each) => each === event.target.value);
            if (colour !== undefined) void edits.update(annotation.id, { colour });
          }}
        >
          {colours.map((colour) => (
            <option key={colour} value={colour}>
              {name(colour)}
            </option>
          ))}
        </select>
      ) : (
        name(annotation.colour)
      )}
    </span>
  );
};

const Actions = ({ annotation, edits, onEdit }: PartProps & Pick<Props, 'onEdit'>) => {
  const t = useT();
  return (
    <span className={styles['actions']}>
      <IconButton
        icon="note"
        label={annotation.note.trim() === '' ? t('annotations.addNote') : t('annotations.editNote')}
        onClick={() => onEdit(true)}
      />
      <IconButton
        icon="trash"
        label={t('annotations.remove')}
        onClick={() => void edits.remove(annotation.id)}
      />
    </span>
  );
};
