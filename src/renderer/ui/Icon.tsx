import styles from './Icon.module.css';

/** Drawn on a grid of 20, in strokes of 1.5, so that they sit well beside 14 px text. */
const paths = {
  add: 'M10 4v12M4 10h12',
  annotate: 'M4 16h12M5 12.5 12.5 5l2.5 2.5L7.5 15H5z',
  article: 'M5 3h7l3 3v11H5zM12 3v3h3M7.5 10h5M7.5 13h5',
  back: 'M12 4l-6 6 6 6',
  calendar: 'M4 5.5h12V16H4zM4 8.5h12M7 3.5v3M13 3.5v3',
  check: 'M4 10.5l4 4 8-9',
  'chevron-down': 'M5 8l5 5 5-5',
  'chevron-right': 'M8 5l5 5-5 5',
  close: 'M5 5l10 10M15 5L5 15',
  collection: 'M3 6V4.5h5l1.5 2H17V16H3z',
  contents: 'M4 5h12M4 10h8M4 15h10',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  drag: 'M7.5 5v.01M12.5 5v.01M7.5 10v.01M12.5 10v.01M7.5 15v.01M12.5 15v.01',
  edit: 'M4 16l.8-3.2L13 4.6l2.4 2.4-8.2 8.2z',
  folder: 'M3 6V4.5h5l1.5 2H17V16H3z',
  inbox: 'M3 11l2.5-7h9L17 11v5H3zM3 11h4l1 2h4l1-2h4',
  library: 'M4 4v12M8 4v12M11.5 4.5l4 11.5',
  link: 'M8.5 11.5l3-3M9 6.5l2-2a3.2 3.2 0 0 1 4.5 4.5l-2 2M11 13.5l-2 2A3.2 3.2 0 0 1 4.5 11l2-2',
  list: 'M8 5h9M8 10h9M8 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  move: 'M10 3v14M6.5 6.5L10 3l3.5 3.5M6.5 13.5L10 17l3.5-3.5',
  next: 'M8 4l6 6-6 6',
  note: 'M4 4h12v8l-4 4H4zM12 16v-4h4',
  paste: 'M6 4.5H4.5V17h11V4.5H14M7 3h6v3H7z',
  redo: 'M16 8H8a4 4 0 0 0 0 8h3M16 8l-4-4M16 8l-4 4',
  restore: 'M4 10a6 6 0 1 0 2-4.5M6 2.5v3.5h3.5',
  search: 'M8.5 3.5a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM12.5 12.5L17 17',
  settings:
    'M10 7.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M15.3 4.7l-1.4 1.4M6.1 13.9l-1.4 1.4',
  sidebar: 'M3 4h14v12H3zM8 4v12',
  tag: 'M3 3h7l7 7-7 7-7-7zM6.5 6.5h.01',
  text: 'M4 5h12M10 5v11',
  trash: 'M3.5 5.5h13M8 5.5v-2h4v2M5.5 5.5l.8 11h7.4l.8-11',
  undo: 'M4 8h8a4 4 0 0 1 0 8H9M4 8l4-4M4 8l4 4',
  warning: 'M10 3l7.5 13.5h-15zM10 8.5v4M10 14.5v.01',
} as const;

export type IconName = keyof typeof paths;

/** Decoration beside words: hidden from screen readers. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg className={styles['icon']} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
);
