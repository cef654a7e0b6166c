import type { ReactNode } from 'react';
import Markdown, { type Components, type Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useT } from '../app/i18n';
import { openableLink } from '../reader/links';
import styles from './NoteText.module.css';

const NoteLink = ({ href, children }: { href?: string | undefined; children?: ReactNode }) => {
  const link = openableLink(href);
  if (link === undefined) return <span>{children}</span>;
  return (
    <a href={link} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
};

/** Links open outside the app, and nothing is loaded from elsewhere to show a note. */
const components: Components = {
  a: NoteLink,
  img: ({ alt }) => <span>{alt}</span>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the panel is scrolled with the keyboard too.
    <div className={styles['table']} tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  // A note stands in a panel with its own headings.
  h1: ({ children }) => <p className={styles['heading']}>{children}</p>,
  h2: ({ children }) => <p className={styles['heading']}>{children}</p>,
  h3: ({ children }) => <p className={styles['heading']}>{children}</p>,
  h4: ({ children }) => <p className={styles['heading']}>{children}</p>,
  h5: ({ children }) => <p className={styles['heading']}>{children}</p>,
  h6: ({ children }) => <p className={styles['heading']}>{children}</p>,
};

// One tilde is a range, as in "2~3".
const plugins: Options['remarkPlugins'] = [[remarkGfm, { singleTilde: false }]];

/** A note as Markdown, with the tables, tasks and struck words that GitHub has added to it. HTML in it is shown as the text that it is. Loaded when the first note is shown. */
export default function NoteText({ note }: { note: string }) {
  const footnoteLabel = useT()('annotations.footnotes');
  return (
    <div className={styles['note']}>
      <Markdown components={components} remarkPlugins={plugins} remarkRehypeOptions={{ footnoteLabel }}>
        {note}
      </Markdown>
    </div>
  );
}
