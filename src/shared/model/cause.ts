/** Why a file of the library could not be read or written. The page words it; logs and scripts show it as it is. */
export const CAUSES = [
  // of what lies in a file
  'file-missing',
  'empty-file',
  'cut-short',
  'bad-head',
  'bad-checksum',
  'bad-content',
  'bad-record',
  'bad-lines',
  'no-library-id',
  // of the disk
  'disk-full',
  'quota-full',
  'disk-read-only',
  'no-permission',
  'folder-gone',
  'no-folder',
  'not-a-file',
  'disk-error',
  'lock-lost',
  'no-backup',
  'failed',
] as const;
export type CauseCode = (typeof CAUSES)[number];

/** A code, and after a colon what goes with it: the record and what is wrong with it, the numbers of lines, a message. */
export type Cause = CauseCode | `${CauseCode}: ${string}`;

/** The parts of a cause; a text that is none is taken for the detail of `failed`. */
export const partsOf = (cause: string): { readonly code: CauseCode; readonly detail: string } => {
  const [head = '', ...rest] = cause.split(': ');
  const code = CAUSES.find((each) => each === head);
  return code === undefined ? { code: 'failed', detail: cause } : { code, detail: rest.join(': ') };
};
