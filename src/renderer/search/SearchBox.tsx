import { type ChangeEvent, useId } from 'react';
import { useT } from '../app/i18n';
import { Icon } from '../ui/Icon';
import { IconButton } from '../ui/IconButton';
import styles from './SearchBox.module.css';
import { optionId, SearchResults } from './SearchResults';
import { useSearchBox } from './use-search-box';

/** The contract takes no more. */
const MAX_LENGTH = 1000;

const isComposing = ({ nativeEvent }: ChangeEvent): boolean =>
  nativeEvent instanceof InputEvent && nativeEvent.isComposing;

/** Finds articles while one types. A combobox: the focus stays in the field, arrows move among the results. */
export const SearchBox = () => {
  const t = useT();
  const listId = useId();
  const { input, answer, text, open, hits, active, setActive, type, show, close, openResult, onKeyDown } =
    useSearchBox();
  const hasList = open && hits.length > 0;
  const clear = (): void => {
    type('');
    input.current?.focus();
  };
  return (
    <search
      className={styles['box']}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <div className={styles['field']}>
        <Icon name="search" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          aria-autocomplete="list"
          aria-expanded={hasList}
          aria-controls={hasList ? listId : undefined}
          aria-activedescendant={hasList ? optionId(listId, active) : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={MAX_LENGTH}
          value={text}
          onChange={(event) => type(event.target.value, isComposing(event))}
          onCompositionEnd={(event) => type(event.currentTarget.value)}
          onFocus={() => text !== '' && show()}
          onKeyDown={onKeyDown}
        />
        {text !== '' && <IconButton icon="close" label={t('search.clear')} onClick={clear} />}
      </div>
      {open && answer !== undefined && (
        <SearchResults id={listId} answer={answer} active={active} onPoint={setActive} onOpen={openResult} />
      )}
    </search>
  );
};
