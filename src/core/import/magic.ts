/** Kinds of files that are no text; the page words them, see `details` in `messages/problems.ts`. */
export type FileKind =
  | 'pdf'
  | 'office'
  | 'epub'
  | 'zip'
  | 'archive'
  | 'image'
  | 'media'
  | 'rtf'
  | 'postscript'
  | 'database'
  | 'program'
  | 'binary';

/** The first bytes of kinds of files that people try to import. */
const MAGIC: readonly (readonly [bytes: string, kind: FileKind])[] = [
  ['%PDF-', 'pdf'],
  ['PK\x03\x04', 'zip'],
  ['PK\x05\x06', 'zip'],
  ['\x89PNG', 'image'],
  ['GIF8', 'image'],
  ['\xFF\xD8\xFF', 'image'],
  ['II*\0', 'image'],
  ['MM\0*', 'image'],
  ['\xD0\xCF\x11\xE0', 'office'],
  ['\x1F\x8B', 'archive'],
  ['7z\xBC\xAF', 'archive'],
  ['Rar!\x1A', 'archive'],
  ['{\\rtf', 'rtf'],
  ['SQLite format 3\0', 'database'],
  ['\x7FELF', 'program'],
  ['MZ', 'program'],
  ['OggS', 'media'],
  ['RIFF', 'media'],
  ['ID3', 'media'],
  ['%!PS', 'postscript'],
];

/** Marks that are also words of a plain text: believed only with a NUL near them. */
const WORDS: ReadonlySet<string> = new Set(['RIFF', 'ID3', 'OggS', 'GIF8', 'MZ']);

/** What a file that begins as a ZIP does is in truth, by the name of its first parts. */
const zipKind = (bytes: Uint8Array): FileKind => {
  const names = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  if (names.includes('application/epub+zip')) return 'epub';
  return /\[Content_Types\]\.xml|mimetypeapplication\/vnd\.oasis/.test(names) ? 'office' : 'zip';
};

/** What kind of file the bytes begin like, or undefined for none that is known here. */
export const magicOf = (bytes: Uint8Array): FileKind | undefined => {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  // Some writers put a mark or a line break before the `%PDF-`.
  if (/^[\s\xEF\xBB\xBF]{0,8}%PDF-\d/.test(head)) return 'pdf';
  const found = MAGIC.find(([mark]) => head.startsWith(mark));
  if (!found || (WORDS.has(found[0]) && !head.includes('\0'))) return undefined;
  return found[1] === 'zip' ? zipKind(bytes) : found[1];
};
