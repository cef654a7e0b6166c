import type { HighlightColour } from '#shared/model/annotation';
import styles from './Swatch.module.css';

/** The colour itself; its name always stands beside it or on the button that holds it. */
export const Swatch = ({ colour }: { colour: HighlightColour }) => (
  <span className={styles['swatch']} data-colour={colour} aria-hidden="true" />
);
