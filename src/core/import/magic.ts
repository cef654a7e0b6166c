/** The first bytes of kinds of files that people try to import, and what to call them. */
const MAGIC: readonly (readonly [bytes: string, kind: string])[] = [
  ['%PDF-', 'a PDF file'],
  ['PK\x03\x04', 'a ZIP, EPUB or Office file'],
  ['PK\x05\x06', 'a ZIP file'],
  ['\x89PNG', 'a PNG picture'],
  ['GIF8', 'a GIF picture'],
  ['\xFF\xD8\xFF', 'a JPEG picture'],
  ['\xD0\xCF\x11\xE0', 'an old Office file'],
  ['\x1F\x8B', 'a gzip file'],
  ['7z\xBC\xAF', 'a 7-Zip file'],
  ['Rar!\x1A', 'a RAR file'],
  ['{\\rtf', 'a rich text document (RTF)'],
  ['SQLite format 3\0', 'a database file'],
  ['\x7FELF', 'a program'],
  ['OggS', 'a sound file'],
  ['RIFF', 'a sound, video or WebP file'],
  ['ID3', 'a sound file'],
  ['II*\0', 'a TIFF picture'],
  ['MM\0*', 'a TIFF picture'],
  ['%!PS', 'a PostScript file'],
];

/** Marks that are also words of a plain text: believed only with a NUL near them. */
const WORDS: ReadonlySet<string> = new Set(['RIFF', 'ID3', 'OggS', 'GIF8']);

/** What kind of file the bytes begin like, or undefined for none that is known here. */
export const magicOf = (bytes: Uint8Array): string | undefined => {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  // Some writers put a mark or a line break before the `%PDF-`.
  if (/^[\s\xEF\xBB\xBF]{0,8}%PDF-\d/.test(head)) return 'a PDF file';
  const found = MAGIC.find(([mark]) => head.startsWith(mark));
  return found && (!WORDS.has(found[0]) || head.includes('\0')) ? found[1] : undefined;
};
