import type { ReactNode } from 'react';
import Markdown, { type Components } from 'react-markdown';
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
  // A note stands in a panel with its own headings.
  h1: ({ children }) => <p className={styles['heading']}>{children}</p>,
  h2: ({ children }) => <p className={styles['heading']}>{children}</p>,
  h3: ({ children }) => <p className={styles['heading']}>{children}</p>,
  h4: ({ children }) => <p className={styles['heading']}>{children}</p>,
  h5: ({ children }) => <p className={styles['heading']}>{children}</p>,
  h6: ({ children }) => <p className={styles['heading']}>{children}</p>,
};

/** A note as Markdown. HTML in it is shown as the text that it is. Loaded when the first note is shown. */
export default function NoteText({ note }: { note: string }) {
  return (
    <div className={styles['note']}>
      <Markdown components={components}>{note}</Markdown>
    </div>
  );
}
